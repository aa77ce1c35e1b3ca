import { call } from "./client";
import type { Conversation } from "./types";

export type PresenceStatus = "online" | "away" | "wrap_up" | "offline";

export interface Offer {
  id: string;
  conversation_id: string;
  reference: string;
  queue: string | null;
  queue_label: string | null;
  topic_title: string | null;
  urgent: boolean;
  waiting_since: string | null;
  expires_at: string;
}

export interface Alarm {
  conversation_id: string;
  reference: string;
  urgent_label: string | null;
  raised_at: string;
  times: number;
}

export interface Standing {
  status: PresenceStatus;
  until: string | null;
  offers: Offer[];
  alarms: Alarm[];
  now: string;
}

export interface Colleague {
  id: string;
  name: string;
  status: PresenceStatus;
  load: number;
  capacity: number;
}

export interface Transfer {
  agent?: string;
  queue?: string;
  note?: string;
}

const conversation = (id: string, rest: string): string =>
  `/conversations/${encodeURIComponent(id)}${rest}`;

export const routingApi = {
  presence: (status?: PresenceStatus, reassign = false) =>
    call<Standing>("POST", "/presence", status === undefined ? {} : { status, reassign }),
  colleagues: () => call<{ colleagues: Colleague[] }>("GET", "/colleagues"),
  accept: (id: string) =>
    call<{ conversation: Conversation }>("POST", `/offers/${encodeURIComponent(id)}/accept`),
  decline: (id: string) => call<void>("POST", `/offers/${encodeURIComponent(id)}/decline`),
  transfer: (id: string, term: number, how: Transfer) =>
    call<{ conversation: Conversation }>("POST", conversation(id, "/transfer"), { term, ...how }),
  acknowledge: (id: string) => call<void>("POST", conversation(id, "/alarm/acknowledge")),
};
