import { call } from "./client";
import type { Schemas } from "./types";

export type EditKind = Subject["kind"];
export type EditState = Edit["state"];

export type Edit = Schemas["EditView"];

export type Subject = Schemas["SubjectView"];

export type SubjectDetail = Schemas["SubjectDetail"];

export type Tried = Schemas["TriedView"];

type Name = Pick<Subject, "kind" | "key">;

export const editingApi = {
  list: () =>
    call<Schemas["SubjectList"]>("GET", "/content"),
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
