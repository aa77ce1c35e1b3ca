import { replyWindow as words } from "../nl/window";

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const SOON = 2 * HOUR;

export interface ReplyWindow {
  tone: "open" | "soon" | "closed";
  text: string;
}

/** What staff read of it; null where free text is always taken. Whole hours, minutes at the end. */
export function replyWindow(closesAt: string | null | undefined, now: number): ReplyWindow | null {
  if (closesAt === null || closesAt === undefined) return null;
  const left = Date.parse(closesAt) - now;
  if (Number.isNaN(left)) return null;
  if (left <= 0) return { tone: "closed", text: words.closed };
  if (left < HOUR) return { tone: "soon", text: words.minutes(Math.ceil(left / MINUTE)) };
  return { tone: left < SOON ? "soon" : "open", text: words.hours(Math.floor(left / HOUR)) };
}
