import { at, call } from "./client";
import type { Schemas } from "./types";

export type ServerDraft = Schemas["DraftView"];

export type MacroAction = Schemas["ActionView"];

/** `text` is filled in; `missing` names the places that are not known. */
export type CannedReply = Schemas["CannedView"];

export type Suggestion = Schemas["SuggestionView"];

/** Places are in UTF-16 units, as in the text box. */
export type PlainMarks = Schemas["PlainView"];

export type Mention = Schemas["MentionView"];

export type MacroRun = Schemas["RunMacro"];

export const writingApi = {
  drafts: (id: string) => call<Schemas["DraftList"]>("GET", at(id, "/draft")),
  putDraft: (id: string, draft: ServerDraft) => call<ServerDraft>("PUT", at(id, "/draft"), draft),
  canned: (id: string) => call<Schemas["CannedList"]>("GET", at(id, "/canned-replies")),
  suggestions: (id: string) =>
    call<Schemas["SuggestionList"]>("GET", at(id, "/suggestions")),
  answers: (query: string) =>
    call<Schemas["SuggestionList"]>("GET", `/answers?q=${encodeURIComponent(query)}`),
  macro: (id: string, run: MacroRun) =>
    call<Schemas["MacroDone"]>("POST", at(id, "/macro"), run),
  plainCheck: (text: string) => call<PlainMarks>("POST", "/plain-check", { text }),
  mentions: () => call<Schemas["MentionList"]>("GET", "/mentions"),
};
