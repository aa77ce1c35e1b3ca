import { score } from "./fuzzy";

export const KINDS = ["recent", "command", "conversation", "colleague", "reply"] as const;
export type Kind = (typeof KINDS)[number];

/** Something that the palette can find. */
export interface Found {
  /** Unique, and the same tomorrow: recent choices are kept by it. */
  id: string;
  kind: Kind;
  name: string;
  /** Also searched, not shown. */
  words: string;
  hint: string;
  key: string;
}

const MOST_SHOWN = 40;
export const MOST_RECENT = 5;

/** Without a query: what was used last, then the commands. With one: the best first. */
export function found(all: readonly Found[], query: string, recent: readonly string[]): Found[] {
  if (query.trim() === "") {
    const last = recent.flatMap((id) => all.filter((one) => one.id === id));
    const rest = all.filter((one) => one.kind === "command" && !recent.includes(one.id));
    return [...last.map((one): Found => ({ ...one, kind: "recent" })), ...rest];
  }
  const fitting = all.flatMap((one) => {
    const points = score(query, one.name, `${one.words} ${one.hint}`);
    return points === null ? [] : [{ one, points: points + (recent.includes(one.id) ? 5 : 0) }];
  });
  fitting.sort((a, b) => b.points - a.points);
  return fitting.slice(0, MOST_SHOWN).map(({ one }) => one);
}

/** Groups in the order of their best choice, so that the first line is always the best. */
export function inGroups(list: readonly Found[]): { kind: Kind; list: Found[] }[] {
  const kinds = [...new Set(list.map((one) => one.kind))];
  return kinds.map((kind) => ({ kind, list: list.filter((one) => one.kind === kind) }));
}

export function remembered(recent: readonly string[], id: string): string[] {
  return [id, ...recent.filter((one) => one !== id)].slice(0, MOST_RECENT);
}
