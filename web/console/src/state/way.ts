import type { PersonAddress } from "../api/person";
import { sendBy as words } from "../nl/sendBy";
import type { Way } from "./drafts";

/** Shorter than the server's limit, so that nobody writes what is then refused. */
export const LONGEST_REASON = 200;

/** The reason as colleagues will read it; "" as long as there is none. */
export function reasonOf(way: Way): string {
  if (way.why === "own") return way.own.trim();
  return (words.reasons as Record<string, string>)[way.why] ?? "";
}

export function isClosed(closesAt: string | null | undefined, now: number): boolean {
  return closesAt !== null && closesAt !== undefined && Date.parse(closesAt) <= now;
}

/** Where an answer arrives at once, when it would have to wait here; null when there is no need. */
export function betterWay(
  closesAt: string | null | undefined,
  reachable: readonly PersonAddress[],
  now: number,
): PersonAddress | null {
  if (!isClosed(closesAt, now)) return null;
  return reachable.find((one) => !isClosed(one.window_closes_at, now)) ?? null;
}
