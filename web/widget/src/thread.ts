/** What stands in the log on the screen. Pure: (log, outbox, now) -> items, each with a stable key. */

import { dayLabel, dayOf, timeOf } from "./dates";
import type { Progress } from "./conversation";
import type { Log } from "./log";
import { nl } from "./nl";
import type { Entry, EntryStatus, Outbox, Remedy } from "./outbox";
import type { Author, ChatEvent, Choice } from "./types";

export interface DayItem {
  readonly kind: "day";
  readonly key: string;
  readonly label: string;
}

/** Something that happened, told by nobody in particular. */
export interface LineItem {
  readonly kind: "line";
  readonly key: string;
  readonly text: string;
  readonly time: string;
}

export interface MessageItem {
  readonly kind: "message";
  readonly key: string;
  readonly author: Exclude<Author, "system">;
  readonly name: string;
  readonly text: string;
  readonly at: string;
  readonly time: string;
  /** The first of a row by the same author: the name is shown. */
  readonly first: boolean;
  readonly choices: readonly ChoiceItem[];
  readonly photos: readonly Photo[];
  readonly delivery: Delivery | null;
}

/** Known to the server under an id, or still here as a JPEG in base64. */
/** One of the server, which is a document when it has a name, or one that is not sent yet. */
export type Photo = { readonly file: string; readonly name?: string | null } | { readonly unsent: string };

export interface ChoiceItem extends Choice {
  readonly active: boolean;
  readonly chosen: boolean;
}

export interface Delivery {
  readonly status: EntryStatus;
  readonly problem: string | null;
  readonly remedy: Remedy | null;
  /** Share of a photo that has gone up; null for what needs no waiting. */
  readonly progress: number | null;
}

export type Item = DayItem | LineItem | MessageItem;

export function thread(log: Log, outbox: Outbox, now: Date, progress: Progress | null = null): Item[] {
  const said = log.events.map((event, index) => fromEvent(event, choicesOf(log, outbox, index)));
  const pending = outbox.map((entry) => fromEntry(entry, progress));
  return withDays(withFirsts([...said, ...pending]), now);
}

/** Whose words these are, as read on the screen and heard from the announcer. */
export function authorName(event: Pick<ChatEvent, "author" | "name">): string {
  switch (event.author) {
    case "tenant":
      return nl.you;
    case "bot":
      return nl.assistant;
    case "agent":
      return event.name ? nl.personNamed(event.name) : nl.person;
    case "system":
      return nl.notice;
  }
}

type Dated = { readonly item: LineItem | MessageItem; readonly at: string };

function fromEvent(event: ChatEvent, choices: readonly ChoiceItem[]): Dated {
  const time = timeOf(event.at);
  if (event.author === "system") {
    return { item: { kind: "line", key: `s${event.seq}`, text: event.text, time }, at: event.at };
  }
  const own = event.author === "tenant";
  const item: MessageItem = {
    kind: "message",
    // A pending message keeps its place on the screen when the server confirms it.
    key: event.client_msg_id ? `m${event.client_msg_id}` : `s${event.seq}`,
    author: event.author,
    name: authorName(event),
    text: event.text,
    at: event.at,
    time,
    first: true,
    choices,
    photos: (event.files ?? []).map(({ id, name }) => ({ file: id, name: name ?? null })),
    delivery: own ? { status: "sent", problem: null, remedy: null, progress: null } : null,
  };
  return { item, at: event.at };
}

function fromEntry(entry: Entry, progress: Progress | null): Dated {
  const going = "photo" in entry.body && entry.status === "sending";
  const item: MessageItem = {
    kind: "message",
    key: `m${entry.id}`,
    author: "tenant",
    name: nl.you,
    text: entry.shown,
    at: entry.at,
    time: timeOf(entry.at),
    first: true,
    choices: [],
    photos: "photo" in entry.body ? [{ unsent: entry.body.photo }] : [],
    delivery: {
      status: entry.status,
      problem: entry.problem,
      remedy: entry.remedy,
      progress: going ? (progress?.id === entry.id ? progress.share : 0) : null,
    },
  };
  return { item, at: entry.at };
}

/** Quick replies can be used until somebody answers, or until newer ones are offered. */
function choicesOf(log: Log, outbox: Outbox, index: number): ChoiceItem[] {
  const event = log.events[index]!;
  if (!event.choices?.length) return [];
  const later = log.events.slice(index + 1);
  const pending = outbox.filter((entry) => entry.status !== "failed");
  const overtaken = later.some((one) => one.author === "tenant" || one.author === "agent" || one.choices?.length);
  const active = !overtaken && pending.length === 0;
  const answer = later.find((one) => one.author === "tenant")?.text ?? pending[0]?.shown ?? null;
  return event.choices.map((choice) => ({ ...choice, active, chosen: !active && choice.title === answer }));
}

function withFirsts(dated: readonly Dated[]): Dated[] {
  return dated.map(({ item, at }, index) => {
    const before = dated[index - 1]?.item;
    if (item.kind === "line" || before?.kind !== "message") return { item, at };
    return { item: { ...item, first: before.name !== item.name }, at };
  });
}

function withDays(dated: readonly Dated[], now: Date): Item[] {
  let day = "";
  return dated.flatMap(({ item, at }) => {
    if (dayOf(at) === day) return [item];
    day = dayOf(at);
    const separator: DayItem = { kind: "day", key: `d${day}-${item.key}`, label: dayLabel(at, now) };
    return [separator, item];
  });
}
