import { call } from "./client";

export type EditKind = "answer" | "text" | "canned" | "hours" | "promise";
export type EditState = "draft" | "proposed" | "approved" | "rejected" | "withdrawn";

export interface Edit {
  id: string;
  state: EditState;
  before: string;
  after: string;
  reason: string;
  author: string;
  mine: boolean;
  written_at: string;
  decided_by: string;
  decided_at: string | null;
  refusal: string;
  alone: boolean;
}

export interface Subject {
  kind: EditKind;
  key: string;
  title: string;
  group: string;
  text: string;
  spoken: boolean;
  edited: boolean;
  open: Edit | null;
}

export interface SubjectDetail extends Subject {
  shipped: string;
  version: string;
  places: string[];
  history: Edit[];
}

export interface Tried {
  remarks: { code: string; about: string; hard: boolean }[];
  chat: string;
  spoken: string;
  segments: number;
}

type Name = Pick<Subject, "kind" | "key">;

export const editingApi = {
  list: () =>
    call<{ subjects: Subject[]; may_edit: boolean; may_approve: boolean }>("GET", "/content"),
  read: (kind: EditKind, key: string) =>
    call<SubjectDetail>("GET", `/content/subject?${new URLSearchParams({ kind, key })}`),
  tryOut: ({ kind, key }: Name, text: string) =>
    call<Tried>("POST", "/content/try", { kind, key, text }),
  save: ({ kind, key, version }: SubjectDetail, text: string, reason: string, propose: boolean) =>
    call<Edit>("POST", "/content/edits", { kind, key, text, reason, base: version, propose }),
  withdraw: (id: string) => call<void>("POST", `/content/edits/${encodeURIComponent(id)}/withdraw`),
  approve: (id: string) => call<void>("POST", `/content/approve/edits/${encodeURIComponent(id)}`),
  reject: (id: string, reason: string) =>
    call<void>("POST", `/content/approve/edits/${encodeURIComponent(id)}/reject`, { reason }),
  closeToday: (reason: string) =>
    call<{ day: string }>("POST", "/content/approve/close-today", { reason }),
};
