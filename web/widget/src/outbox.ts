/**
 * What the tenant wrote and the server has not confirmed. Pure: (outbox, ...) -> outbox.
 *
 * Messages leave in the order in which they were written. An entry keeps its id over every
 * attempt, so the server stores it once however often it is sent.
 */

import type { Body } from "./types";

export type EntryStatus = "waiting" | "sending" | "sent" | "failed";

/** What the tenant can do about a failed entry: send it again, change the text, or drop it. */
export type Remedy = "retry" | "edit" | "remove";

export interface Entry {
  readonly id: string;
  /** Place in the queue; grows with each message, also across reloads. */
  readonly order: number;
  readonly body: Body;
  /** What the tenant sees: the text, or the title of the chosen quick reply. */
  readonly shown: string;
  readonly at: string;
  readonly status: EntryStatus;
  readonly problem: string | null;
  readonly remedy: Remedy | null;
}

export type Outbox = readonly Entry[];

export interface Draft {
  readonly id: string;
  readonly body: Body;
  readonly shown: string;
  readonly at: Date;
}

export function add(box: Outbox, draft: Draft): Outbox {
  const newest = box.at(-1)?.order ?? 0;
  const entry: Entry = {
    id: draft.id,
    // The clock keeps the order over reloads; the predecessor keeps it if the clock jumps back.
    order: Math.max(newest + 1, draft.at.getTime()),
    body: draft.body,
    shown: draft.shown,
    at: draft.at.toISOString(),
    status: "waiting",
    problem: null,
    remedy: null,
  };
  return [...box, entry];
}

/** The oldest message still to be sent. A refused one does not hold up the others. */
export function nextToSend(box: Outbox): Entry | null {
  return box.find((entry) => entry.status === "waiting") ?? null;
}

export function isSending(box: Outbox): boolean {
  return box.some((entry) => entry.status === "sending");
}

export function markSending(box: Outbox, id: string): Outbox {
  return change(box, id, { status: "sending", problem: null, remedy: null });
}

export function markSent(box: Outbox, id: string): Outbox {
  return change(box, id, { status: "sent" });
}

/** Back to the queue, at its own place: the attempt failed for a reason that will pass. */
export function putBack(box: Outbox, id: string): Outbox {
  return change(box, id, { status: "waiting" });
}

export function markFailed(box: Outbox, id: string, problem: string, remedy: Remedy): Outbox {
  return change(box, id, { status: "failed", problem, remedy });
}

/** The tenant asked to send it again; a refused id is given up for `freshId`. */
export function retry(box: Outbox, id: string, freshId: string): Outbox {
  return change(box, id, { id: freshId, status: "waiting", problem: null, remedy: null });
}

export function without(box: Outbox, id: string): Outbox {
  return box.filter((entry) => entry.id !== id);
}

/** Drops what the log now shows; returns the same array when nothing changed. */
export function settle(box: Outbox, logged: ReadonlySet<string>): Outbox {
  return box.some((entry) => logged.has(entry.id))
    ? box.filter((entry) => !logged.has(entry.id))
    : box;
}

/** As found in storage after a reload: an attempt that was under way counts as not made. */
export function restore(entries: readonly Entry[]): Outbox {
  return [...entries]
    .sort((a, b) => a.order - b.order)
    .map((entry) => (entry.status === "sending" ? { ...entry, status: "waiting" } : entry));
}

/** For a new conversation: texts move along, quick replies of the old one mean nothing there. */
export function carryOver(box: Outbox, keepChoice: string): Outbox {
  return box
    .filter((entry) => entry.status !== "sent")
    .filter(({ body }) => !("choice_id" in body) || body.choice_id === keepChoice);
}

function change(box: Outbox, id: string, changes: Partial<Entry>): Outbox {
  return box.map((entry) => (entry.id === id ? { ...entry, ...changes } : entry));
}
