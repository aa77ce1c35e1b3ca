/** Something to choose for the text box: a reply, a macro, an answer, a colleague. */
export interface Pick {
  /** Unique in the list. */
  id: string;
  group: string;
  title: string;
  text: string;
  hint?: string;
}

const plain = (text: string): string => text.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase();

function place(pick: Pick, sought: readonly string[]): number | null {
  const title = plain(pick.title);
  const whole = `${title} ${plain(pick.text)}`;
  if (!sought.every((word) => whole.includes(word))) return null;
  return sought.every((word) => title.includes(word)) ? 0 : 1;
}

/** What holds every word of the query, titles first within a group; `more` was found elsewhere. */
export function matching(picks: readonly Pick[], more: readonly Pick[], query: string): Pick[] {
  const sought = plain(query).split(/\s+/).filter((word) => word !== "");
  const placed = picks.flatMap((pick) => {
    const at = place(pick, sought);
    return at === null ? [] : [{ pick, at }];
  });
  const order = [...new Set(picks.map((pick) => pick.group))];
  placed.sort((a, b) => order.indexOf(a.pick.group) - order.indexOf(b.pick.group) || a.at - b.at);
  const known = new Set(placed.map(({ pick }) => pick.id));
  return [...placed.map(({ pick }) => pick), ...more.filter((pick) => !known.has(pick.id))];
}

export interface PickGroup {
  title: string;
  picks: Pick[];
}

/** In the order in which the groups first appear. */
export function grouped(picks: readonly Pick[]): PickGroup[] {
  const titles = [...new Set(picks.map((pick) => pick.group))];
  return titles.map((title) => ({ title, picks: picks.filter((pick) => pick.group === title) }));
}
