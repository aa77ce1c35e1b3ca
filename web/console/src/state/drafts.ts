export type Mode = "reply" | "note";

/** Another channel that was chosen for the reply: the conversation there, and why. */
export interface Way {
  conversation: string;
  /** A key of the ready reasons, "own" for words of one's own, "" as long as none is chosen. */
  why: string;
  own: string;
}

export interface Draft {
  reply: string;
  note: string;
  mode: Mode;
  savedAt: number;
  /** Per mode the revision of the server that this text goes on from. */
  revisions?: Partial<Record<Mode, number>>;
  /** Modes that were typed in and that the server does not know of yet. */
  dirty?: Mode[];
  way?: Way | null;
}

const KEEP_MS = 7 * 24 * 60 * 60 * 1000;

export function emptyDraft(): Draft {
  return { reply: "", note: "", mode: "reply", savedAt: 0 };
}

export function isDraft(value: unknown): value is Draft {
  if (typeof value !== "object" || value === null) return false;
  const draft = value as Partial<Draft>;
  return (
    typeof draft.reply === "string" &&
    typeof draft.note === "string" &&
    (draft.mode === "reply" || draft.mode === "note") &&
    typeof draft.savedAt === "number"
  );
}

/** A draft belongs to one staff member: the next one at the same desk does not see it. */
export function draftKey(agentId: string, conversationId: string): string {
  return `draft.${agentId}.${conversationId}`;
}

export function hasText(draft: Draft): boolean {
  return draft.reply.trim() !== "" || draft.note.trim() !== "";
}

export function isStale(draft: Draft, now: number): boolean {
  return now - draft.savedAt > KEEP_MS;
}
