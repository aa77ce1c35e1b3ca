// The shapes of /console/api. Written by hand until `npm run api` generates them from OpenAPI.

import type { ServiceClock } from "./service";

export type Id = string | number;
export type HolderState = "bot" | "waiting" | "held" | "closed";
export type Author = "tenant" | "bot" | "agent" | "system";
export type MessageKind = "text" | "note" | "withheld" | "event";

export interface Agent {
  id: Id;
  name: string;
  login: string;
  roles: string[];
}

export interface AgentRef {
  id: Id;
  name: string;
}

export interface LastMessage {
  author: Author;
  text: string | null;
  at: string;
}

export interface Conversation {
  id: string;
  state: HolderState;
  queue: string | null;
  queue_label?: string | null;
  held_by: AgentRef | null;
  reason: string | null;
  reason_label: string | null;
  topic: string | null;
  topic_title: string | null;
  urgent: boolean;
  urgent_kind: string | null;
  urgent_label?: string | null;
  waiting_since: string | null;
  last_message: LastMessage | null;
  unread: number;
  channel: string;
  channel_label?: string | null;
  term: number;
  opened_at: string;
  /** Until when free text is taken there; null where it always is. */
  window_closes_at?: string | null;
  reference: string | null;
  /** Ids of labels. */
  labels?: string[];
  /** Put off until then by who holds it; null when it is not, or no longer. */
  snoozed_until?: string | null;
  /** What the tenant is owed first; null while we wait for the tenant. */
  service?: ServiceClock | null;
}

export interface ConversationPage {
  conversations: Conversation[];
  next_cursor: string | null;
  now?: string;
}

export interface Choice {
  id?: string;
  title: string;
}

export interface Message {
  id: Id;
  pos: number;
  author: Author;
  name: string | null;
  text: string | null;
  choices: Choice[] | null;
  visibility: "tenant" | "desk";
  at: string;
  kind: MessageKind;
  client_msg_id?: string | null;
  /** It replaces what the tenant wrote before. */
  edited?: boolean;
  delivery?: Delivery | null;
  files?: MessageFile[];
}

/** A photo, voice note or file of a tenant. `detail` is a key for words, `size` is in bytes. */
export interface MessageFile {
  id: string;
  kind: "photo" | "voice" | "file";
  state: "waiting" | "kept" | "refused" | "gone";
  content_type: string;
  size: number;
  detail: string;
}

/** How far a message came on its way to a provider. */
export interface Delivery {
  message: Id;
  state: string;
  reason: string;
  attempt: number;
  may_resend: boolean;
  changed_at: string | null;
}

export interface TriedStep {
  at: string;
  tenant: string;
  intent: string | null;
  topic_title: string | null;
  confidence: number | null;
  outcome: string;
  outcome_label: string;
}

export interface LikelyTopic {
  intent: string;
  title: string;
  confidence: number;
}

export interface FormField {
  slot: string;
  label: string;
  value: string;
}

/** Something a person will still do for the tenant. */
export interface PromiseMade {
  text: string;
  due_at: string | null;
}

export interface Briefing {
  reason: string | null;
  reason_label: string | null;
  note: string | null;
  tried: TriedStep[];
  likely: LikelyTopic[];
  form: { name: string; fields: FormField[] } | null;
  promises: PromiseMade[];
  urgent_kind: string | null;
  asked_at: string | null;
}

export interface ConversationDetail {
  conversation: Conversation;
  briefing: Briefing | null;
  messages: Message[];
}

export interface ConversationHint {
  id: string;
  state: HolderState;
  term: number;
  pos: number;
  urgent: boolean;
}

export interface Release {
  term?: number;
  to: "assistant" | "queue";
  queue?: string;
  note?: string;
}

export interface ErrorBody {
  error: { code: string; message: string; held_by?: AgentRef };
}
