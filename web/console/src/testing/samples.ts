import type { Conversation, Message } from "../api/types";

export function conversation(part: Partial<Conversation> = {}): Conversation {
  return {
    id: "c1",
    state: "waiting",
    queue: "huur",
    queue_label: "Huur",
    held_by: null,
    reason: "asked",
    reason_label: "Huurder vraagt om een medewerker",
    topic: null,
    topic_title: null,
    urgent: false,
    urgent_kind: null,
    urgent_label: null,
    waiting_since: "2026-11-24T09:00:00Z",
    last_message: null,
    unread: 0,
    said: 0,
    channel: "webchat",
    channel_label: "Webchat",
    labels: [],
    term: 1,
    opened_at: "2026-11-24T08:50:00Z",
    reference: "TB-1",
    ...part,
  };
}

export function message(pos: number, part: Partial<Message> = {}): Message {
  return {
    id: `m${pos}`,
    pos,
    author: "tenant",
    name: "Huurder",
    text: `tekst ${pos}`,
    choices: [],
    visibility: "tenant",
    at: "2026-11-24T09:00:00Z",
    kind: "text",
    client_msg_id: null,
    edited: false,
    files: [],
    ...part,
  };
}
