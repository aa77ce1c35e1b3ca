import { at, call } from "./client";
import type { Schemas } from "./types";

export const COLOURS = ["blue", "teal", "green", "amber", "red", "purple", "pink", "grey"] as const;
export type Colour = (typeof COLOURS)[number];

export type Label = Schemas["LabelView"];

export type TopicChoice = Schemas["TopicChoice"];

export type Setup = Schemas["Setup"];

/** Empty parts leave everything through. */
export type Filters = Required<Schemas["ListFilters"]>;

export type SavedView = Omit<Schemas["ViewOfList"], "filters"> & { filters: Filters };

export type Piece = Schemas["Piece"];

export type Hit = Schemas["HitView"];

export type ListPage = Schemas["Page"];

export type Doing = Schemas["Doing"]["doing"];

export type Viewer = Schemas["ViewerView"];

type Moved = Schemas["Moved"];

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
    return call<Schemas["Found"]>("GET", `/search?${query}`);
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
    call<Schemas["Corrected"]>("PUT", at(id, "/topic"), { topic }),
  move: (id: string, queue: string) => call<Moved>("PUT", at(id, "/queue"), { queue }),
  reopen: (id: string) => call<Moved>("POST", at(id, "/reopen")),
  viewing: (id: string, doing: Doing) =>
    call<Schemas["Viewers"]>("POST", at(id, "/viewing"), { doing }),
  allViewing: () => call<Schemas["AllViewers"]>("GET", "/viewing"),
};
