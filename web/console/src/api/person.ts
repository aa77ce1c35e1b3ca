import { at, call } from "./client";
import type { HolderState, Message } from "./types";

/** One address of a person; `conversation` is the last one there. */
export interface PersonAddress {
  channel: string;
  channel_label: string;
  address: string;
  conversation: string;
  reference: string;
  here: boolean;
  can_send: boolean;
  /** Until when free text is taken there; null or left out where it always is. */
  window_closes_at?: string | null;
}

export interface EarlierConversation {
  id: string;
  reference: string;
  channel: string;
  channel_label: string;
  state: HolderState;
  topic_title: string | null;
  opened_at: string;
  changed_at: string;
}

export interface Person {
  joined: PersonAddress[];
  earlier: EarlierConversation[];
  proposals: PersonAddress[];
}

export interface Elsewhere {
  conversation: string;
  client_msg_id: string;
  text: string;
  reason: string;
  files: string[];
  term: number;
}

export const personApi = {
  read: (id: string) => call<Person>("GET", at(id, "/person")),
  join: (id: string, conversation: string) =>
    call<Person>("POST", at(id, "/person/join"), { conversation }),
  part: (id: string, conversation: string) =>
    call<Person>("POST", at(id, "/person/part"), { conversation }),
  sayElsewhere: (id: string, what: Elsewhere) =>
    call<{ conversation: string; message: Message }>("POST", at(id, "/say-elsewhere"), what),
};
