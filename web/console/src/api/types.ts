// The shapes of /console/api by the names the pages use. They stand in schema.ts, which the build
// makes from the product's own description: a field that is not there does not build here.

import type { components } from "./schema";

export type Schemas = components["schemas"];

/** Ids are strings; some come out of the address bar or the store of the browser. */
export type Id = string | number;
export type HolderState = Conversation["state"];
export type Author = Message["author"];
export type MessageKind = Message["kind"];

export type Agent = Schemas["AgentView"];
export type AgentRef = Schemas["Person"];
export type LastMessage = Schemas["LastMessage"];
export type Conversation = Schemas["ConversationView"];
export type ConversationPage = Schemas["ConversationList"];
export type ConversationDetail = Schemas["ConversationDetail"];
export type Choice = Schemas["MessageChoice"];
export type Message = Schemas["MessageView"];
/** A photo, voice note or file of a tenant. `detail` is a key for words, `size` is in bytes. */
export type MessageFile = Schemas["FileView"];
/** How far a message came on its way to a provider. */
export type Delivery = Schemas["DeliveryView"];
export type Briefing = Schemas["BriefingView"];
export type TriedStep = Briefing["tried"][number];
export type LikelyTopic = Schemas["Likely"];
export type FormField = Schemas["FormField"];
/** Something a person will still do for the tenant. */
export type PromiseMade = Schemas["PromiseView"];
/** What may be left out has a default at the other side. */
export type Release = Partial<Schemas["Release"]> & Pick<Schemas["Release"], "to">;

/** Of the event stream, which OpenAPI does not describe. */
export interface ConversationHint {
  id: string;
  state: HolderState;
  term: number;
  pos: number;
  urgent: boolean;
}

/** A row as the stream brings it to everybody: what this reader has not read is not in it. */
export type SharedRow = Omit<Conversation, "unread">;

/** Of a refusal; `held_by` when a colleague was first. */
export interface ErrorBody {
  error: { code: string; message: string; held_by?: AgentRef };
}
