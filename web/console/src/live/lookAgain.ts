import { readStream } from "./stream";

const AGAIN_MS = 5_000;

export interface Pace {
  /** However many hints come, not sooner than this after the last look. */
  readonly leastMs: number;
  /** Time passes without a hint as well. */
  readonly mostMs: number;
  /** Who reads no conversations has no line; the clock alone is enough for them. */
  readonly hasLine: boolean;
  /** Whether the line is tried again after it broke. */
  readonly goesOn: () => boolean;
}

/**
 * Looks at once, and again when something changed anywhere or time went by. `look` handles its own
 * failures. Gives what ends it.
 */
export function lookAgain(look: () => Promise<void>, pace: Pace): () => void {
  const stop = new AbortController();
  let next: ReturnType<typeof setTimeout> | undefined;
  let line: ReturnType<typeof setTimeout> | undefined;
  let due = Infinity;

  function plan(after: number): void {
    const at = Date.now() + after;
    if (stop.signal.aborted || (next !== undefined && due <= at)) return;
    clearTimeout(next);
    due = at;
    next = setTimeout(() => void now(), after);
  }

  async function now(): Promise<void> {
    next = undefined;
    await look();
    plan(pace.mostMs);
  }

  async function follow(): Promise<void> {
    try {
      await readStream(stop.signal, { onOpen: () => plan(0), onEvent: () => plan(pace.leastMs) });
    } catch {
      // The line is tried again below; until then the clock does it.
    }
    if (!stop.signal.aborted && pace.goesOn()) line = setTimeout(() => void follow(), AGAIN_MS);
  }

  void now();
  if (pace.hasLine) void follow();
  return () => {
    stop.abort();
    clearTimeout(next);
    clearTimeout(line);
  };
}
