import { sameId } from "../api/ids";
import type { Conversation, Id, SharedRow } from "../api/types";

export const BUCKETS = ["waiting", "mine", "colleagues", "assistant"] as const;
export type Bucket = (typeof BUCKETS)[number];

export function isBucket(value: unknown): value is Bucket {
  return BUCKETS.some((bucket) => bucket === value);
}

export function bucketOf(conversation: Conversation, me: Id | null): Bucket | null {
  switch (conversation.state) {
    case "waiting":
      return "waiting";
    case "held":
      if (conversation.snoozed_until) return null;
      return sameId(conversation.held_by?.id, me) ? "mine" : "colleagues";
    case "bot":
      return "assistant";
    case "closed":
      return null;
  }
}

/** A tenant spoke last: somebody has to answer. */
export function awaitsAnswer(conversation: Conversation): boolean {
  return conversation.state === "held" && conversation.last_message?.author === "tenant";
}

function waitingKey(conversation: Conversation): string {
  return conversation.waiting_since ?? conversation.opened_at;
}

function newestFirstKey(conversation: Conversation): string {
  return conversation.last_message?.at ?? conversation.opened_at;
}

/** Urgent on top, then who waits longest; conversations with the assistant newest first. */
export function inOrder(bucket: Bucket, list: readonly Conversation[]): Conversation[] {
  return [...list].sort((a, b) => {
    if (a.urgent !== b.urgent) return a.urgent ? -1 : 1;
    if (bucket === "assistant") return instant(newestFirstKey(b)) - instant(newestFirstKey(a));
    return instant(waitingKey(a)) - instant(waitingKey(b)) || a.id.localeCompare(b.id);
  });
}

function instant(iso: string): number {
  return Date.parse(iso);
}

export function split(
  list: readonly Conversation[],
  me: Id | null,
): Record<Bucket, Conversation[]> {
  const parts: Record<Bucket, Conversation[]> = {
    waiting: [],
    mine: [],
    colleagues: [],
    assistant: [],
  };
  for (const conversation of list) {
    const bucket = bucketOf(conversation, me);
    if (bucket !== null) parts[bucket].push(conversation);
  }
  for (const bucket of BUCKETS) parts[bucket] = inOrder(bucket, parts[bucket]);
  return parts;
}

export function waitingIds(list: readonly Conversation[]): Set<string> {
  return new Set(list.filter((c) => c.state === "waiting").map((c) => c.id));
}

/** The conversations that started to wait since `before` was taken. */
export function newlyWaiting(
  before: ReadonlySet<string>,
  list: readonly Conversation[],
): Conversation[] {
  return list.filter((c) => c.state === "waiting" && !before.has(c.id));
}

export function urgentIds(list: readonly Conversation[]): Set<string> {
  return new Set(list.filter((c) => c.urgent).map((c) => c.id));
}

/** Turned urgent since `before` was taken, also when a person already holds it. */
export function newlyUrgent(
  before: ReadonlySet<string>,
  list: readonly Conversation[],
): Conversation[] {
  return list.filter((c) => c.urgent && !before.has(c.id));
}

/** What this reader has not read of a row that was written for everybody. */
export function unreadOf(row: SharedRow, known: Conversation | undefined, openId: string | null): number {
  if (row.id === openId) return 0;
  return (known?.unread ?? 0) + Math.max(0, row.said - (known?.said ?? 0));
}

/** An answer that was under way must not undo a newer one. */
export function isNewer(next: Conversation, known: Conversation | undefined): boolean {
  return known === undefined || next.term >= known.term;
}

export function neighbour(
  list: readonly Conversation[],
  current: string | null,
  step: 1 | -1,
): Conversation | undefined {
  const index = list.findIndex((c) => c.id === current);
  if (index === -1) return step === 1 ? list[0] : list[list.length - 1];
  return list[index + step];
}
