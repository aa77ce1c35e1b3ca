/**
 * The conversation as the server told it. Pure: (log, input) -> log.
 *
 * The server numbers events 1, 2, 3 ... without holes. That makes three promises cheap:
 * an event seen twice is dropped, an event that came too early is put aside, and a hole
 * is visible (`hasGap`), so that the caller can ask again from `lastSeq`.
 */

import type { ChatEvent, HolderState, Snapshot, TypingHint } from "./types";

export interface Log {
  readonly events: readonly ChatEvent[];
  /** Arrived before their predecessor; not shown until the hole is filled. */
  readonly ahead: readonly ChatEvent[];
  readonly state: HolderState;
  /** The name of the person who holds the conversation, once known. */
  readonly speaker: string | null;
  readonly typing: "bot" | "agent" | null;
}

export type LogInput =
  | { readonly kind: "event"; readonly event: ChatEvent }
  | { readonly kind: "snapshot"; readonly snapshot: Snapshot }
  | { readonly kind: "state"; readonly state: HolderState }
  | { readonly kind: "typing"; readonly hint: TypingHint }
  | { readonly kind: "disconnected" };

export const emptyLog: Log = {
  events: [],
  ahead: [],
  state: "bot",
  speaker: null,
  typing: null,
};

export function lastSeq(log: Log): number {
  return log.events.at(-1)?.seq ?? 0;
}

export function hasGap(log: Log): boolean {
  return log.ahead.length > 0;
}

export function reduceLog(log: Log, input: LogInput): Log {
  switch (input.kind) {
    case "event":
      return withEvent(log, input.event);
    case "snapshot":
      return withSnapshot(log, input.snapshot);
    case "state":
      return withState(log, input.state);
    case "typing":
      return withTyping(log, input.hint);
    case "disconnected":
      return log.typing === null ? log : { ...log, typing: null };
  }
}

function withEvent(log: Log, event: ChatEvent): Log {
  const expected = lastSeq(log) + 1;
  if (event.seq < expected) return log;
  if (event.seq > expected) return putAside(log, event);
  return drain(append(log, event));
}

function putAside(log: Log, event: ChatEvent): Log {
  if (log.ahead.some((known) => known.seq === event.seq)) return log;
  return { ...log, ahead: [...log.ahead, event].sort((a, b) => a.seq - b.seq) };
}

function drain(log: Log): Log {
  const [first, ...rest] = log.ahead;
  if (!first) return log;
  if (first.seq > lastSeq(log) + 1) return log;
  return drain(withEvent({ ...log, ahead: rest }, first));
}

function append(log: Log, event: ChatEvent): Log {
  const next = { ...log, events: [...log.events, event] };
  const moved = event.author === "system" && event.state ? withState(next, event.state) : next;
  return { ...moved, speaker: speakerAfter(moved, event), typing: typingAfter(moved, event) };
}

function speakerAfter(log: Log, event: ChatEvent): string | null {
  if (event.author === "agent" && event.name) return event.name;
  // A system line is signed by the corporation or by the person it is about: the text tells.
  const about = event.author === "system" && event.state === "held" && event.text.includes(event.name || "\n");
  return about ? event.name : log.speaker;
}

/** Whoever has just spoken is no longer typing, even if the hint that says so got lost. */
function typingAfter(log: Log, event: ChatEvent): Log["typing"] {
  return event.author === log.typing ? null : log.typing;
}

function withSnapshot(log: Log, snapshot: Snapshot): Log {
  const next = snapshot.events.reduce(withEvent, log);
  const newest = snapshot.events.at(-1)?.seq ?? lastSeq(log);
  // A slow answer may be older than what the stream brought meanwhile: then its state is old too.
  return newest >= lastSeq(next) ? withState(next, snapshot.state) : next;
}

function withState(log: Log, state: HolderState): Log {
  if (state === log.state) return log;
  return { ...log, state, speaker: state === "held" ? log.speaker : null, typing: null };
}

function withTyping(log: Log, hint: TypingHint): Log {
  const stopped = log.typing === hint.author ? null : log.typing;
  return { ...log, typing: hint.typing ? hint.author : stopped };
}
