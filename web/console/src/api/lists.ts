import { at, call } from "./client";
import type { Conversation, HolderState } from "./types";

export const COLOURS = ["blue", "teal", "green", "amber", "red", "purple", "pink", "grey"] as const;
export type Colour = (typeof COLOURS)[number];

export interface Label {
  id: string;
  name: string;
  colour: Colour;
}

export interface TopicChoice {
  name: string;
  title: string;
  queue: string;
}

export interface Setup {
  labels: Label[];
  topics: TopicChoice[];
  channels: Record<string, string>;
  case_url: string | null;
}

/** Empty parts leave everything through. */
export interface Filters {
  state: HolderState[];
  channel: string[];
  queue: string[];
  label: string[];
  agent: string[];
  topic: string[];
  since: string | null;
  before: string | null;
  snoozed: boolean | null;
}

export interface SavedView {
  id: string;
  name: string;
  shared: boolean;
  mine: boolean;
  filters: Filters;
  count: number;
}

export interface Piece {
  text: string;
  hit: boolean;
}

export interface Hit {
  conversation: Conversation;
  message: { pos: number; author: string; note: boolean; at: string; pieces: Piece[] } | null;
}

export interface ListPage {
  conversations: Conversation[];
  next_cursor: string | null;
  total: number;
}

export type Doing = "viewing" | "typing" | "idle" | "gone";

export interface Viewer {
  id: string;
  name: string;
  doing: Doing;
  until: string;
}

interface Moved {
  conversation: Conversation;
}

export const noFilters = (): Filters => ({
  state: [], channel: [], queue: [], label: [], agent: [], topic: [],
  since: null, before: null, snoozed: null,
});

export function filterQuery(filters: Filters): URLSearchParams {
  const query = new URLSearchParams();
  for (const [name, value] of Object.entries(filters)) {
    if (Array.isArray(value)) for (const one of value) query.append(name, one);
    else if (value !== null) query.set(name, String(value));
  }
  return query;
}

const label = (id: string, of: string): string => at(id, `/labels/${encodeURIComponent(of)}`);

export const listsApi = {
  setup: () => call<Setup>("GET", "/lists/setup"),
  page: (filters: Filters, cursor: string | null) => {
    const query = filterQuery(filters);
    query.set("limit", "200");
    if (cursor !== null) query.set("cursor", cursor);
    return call<ListPage>("GET", `/lists/page?${query}`);
  },
  search: (typed: string, filters: Filters) => {
    const query = filterQuery(filters);
    query.set("q", typed);
    return call<{ hits: Hit[]; more: boolean }>("GET", `/search?${query}`);
  },
  views: () => call<{ views: SavedView[] }>("GET", "/views"),
  saveView: (name: string, shared: boolean, filters: Filters) =>
    call<SavedView>("POST", "/views", { name, shared, filters }),
  dropView: (id: string) => call<void>("DELETE", `/views/${encodeURIComponent(id)}`),
  makeLabel: (name: string, colour: Colour) => call<Label>("POST", "/labels", { name, colour }),
  addLabel: (id: string, of: string) => call<Moved>("PUT", label(id, of)),
  removeLabel: (id: string, of: string) => call<Moved>("DELETE", label(id, of)),
  snooze: (id: string, until: string) => call<Moved>("PUT", at(id, "/snooze"), { until }),
  wake: (id: string) => call<Moved>("DELETE", at(id, "/snooze")),
  correct: (id: string, topic: string) =>
    call<Moved & { other_queue: string | null }>("PUT", at(id, "/topic"), { topic }),
  move: (id: string, queue: string) => call<Moved>("PUT", at(id, "/queue"), { queue }),
  reopen: (id: string) => call<Moved>("POST", at(id, "/reopen")),
  viewing: (id: string, doing: Doing) =>
    call<{ viewers: Viewer[] }>("POST", at(id, "/viewing"), { doing }),
  allViewing: () => call<{ viewing: Record<string, Viewer[]> }>("GET", "/viewing"),
};
