import type { Mode } from "../state/drafts";
import { at, call } from "./client";
import type { Conversation, Message } from "./types";

export interface ServerDraft {
  kind: Mode;
  text: string;
  revision: number;
}

export interface MacroAction {
  kind: "close" | "transfer" | "label" | "snooze";
  value: string;
  label: string;
}

/** `text` is filled in; `missing` names the places that are not known. */
export interface CannedReply {
  key: string;
  title: string;
  text: string;
  queue: string | null;
  missing: string[];
  actions: MacroAction[];
}

export interface Suggestion {
  intent: string;
  title: string;
  text: string;
  confidence: number | null;
}

/** Places are in UTF-16 units, as in the text box. */
export interface PlainMarks {
  plain: boolean;
  hard_to_read: boolean;
  longest_sentence: number;
  sentences: { start: number; end: number; words: number }[];
  words: { start: number; end: number; word: string; better: string }[];
}

export interface Mention {
  message: string;
  conversation: string;
  reference: string;
  named_by: string;
  named_at: string;
  excerpt: string;
  seen: boolean;
}

export interface MacroRun {
  key: string;
  client_msg_id: string;
  text: string;
  term: number;
}

export const writingApi = {
  drafts: (id: string) => call<{ drafts: ServerDraft[] }>("GET", at(id, "/draft")),
  putDraft: (id: string, draft: ServerDraft) => call<ServerDraft>("PUT", at(id, "/draft"), draft),
  canned: (id: string) => call<{ replies: CannedReply[] }>("GET", at(id, "/canned-replies")),
  suggestions: (id: string) =>
    call<{ suggestions: Suggestion[] }>("GET", at(id, "/suggestions")),
  answers: (query: string) =>
    call<{ suggestions: Suggestion[] }>("GET", `/answers?q=${encodeURIComponent(query)}`),
  macro: (id: string, run: MacroRun) =>
    call<{ message: Message; conversation: Conversation }>("POST", at(id, "/macro"), run),
  plainCheck: (text: string) => call<PlainMarks>("POST", "/plain-check", { text }),
  mentions: () => call<{ mentions: Mention[] }>("GET", "/mentions"),
};
