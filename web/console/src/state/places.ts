const PLACE = /\{([a-z_]+)\}/g;

export interface Place {
  name: string;
  start: number;
  end: number;
}

/** Places of a canned reply that nobody filled in yet. */
export function openPlaces(text: string): Place[] {
  return [...text.matchAll(PLACE)].map((found) => ({
    name: found[1] ?? "",
    start: found.index,
    end: found.index + found[0].length,
  }));
}

export interface Insertion {
  text: string;
  /** Where the cursor goes. */
  caret: number;
}

/** Puts `words` in place of a stretch of the text. */
export function replaceAt(text: string, start: number, end: number, words: string): Insertion {
  return { text: text.slice(0, start) + words + text.slice(end), caret: start + words.length };
}

export type Trigger = { kind: "reply" | "mention"; start: number };

/** What was just typed before the cursor: "::" asks for a reply, "@" in a note for a colleague. */
export function triggerAt(text: string, caret: number, mode: "reply" | "note"): Trigger | null {
  const before = text.slice(0, caret);
  if (before.endsWith("::")) return { kind: "reply", start: caret - 2 };
  if (mode === "note" && /(^|[\s(])@$/.test(before)) return { kind: "mention", start: caret - 1 };
  return null;
}
