import type { ServiceClock } from "../api/service";
import { service as words } from "../nl/service";
import { spokenSpan } from "./wording";

export interface Countdown {
  tone: "calm" | "soon" | "late";
  text: string;
}

/** What staff read of the clock that is due first; null while we wait for the tenant. */
export function countdown(clock: ServiceClock | null | undefined, now: number): Countdown | null {
  if (clock === null || clock === undefined) return null;
  const left = Date.parse(clock.due_at) - now;
  if (Number.isNaN(left)) return null;
  if (left <= 0) return { tone: "late", text: words.late(clock.kind, spokenSpan(-left)) };
  const warned = clock.warn_at !== null && Date.parse(clock.warn_at) <= now;
  return { tone: warned ? "soon" : "calm", text: words.within(clock.kind, spokenSpan(left)) };
}
