/** Times as a tenant in the Netherlands reads them, wherever the phone thinks it is. */

import { nl } from "./nl";

const timeZone = "Europe/Amsterdam";
const clock = new Intl.DateTimeFormat("nl-NL", { timeZone, hour: "2-digit", minute: "2-digit" });
const longDay = new Intl.DateTimeFormat("nl-NL", { timeZone, weekday: "long", day: "numeric", month: "long" });
const calendar = new Intl.DateTimeFormat("sv-SE", { timeZone });

const DAY_MS = 86_400_000;

export function timeOf(at: string): string {
  return valid(at, (date) => clock.format(date));
}

/** 2026-11-24: the same for two moments on one Dutch day. */
export function dayOf(at: string): string {
  return valid(at, (date) => calendar.format(date));
}

export function dayLabel(at: string, now: Date): string {
  const day = dayOf(at);
  if (day === calendar.format(now)) return nl.today;
  if (day === calendar.format(new Date(now.getTime() - DAY_MS))) return nl.yesterday;
  return valid(at, (date) => longDay.format(date));
}

function valid(at: string, write: (date: Date) => string): string {
  const date = new Date(at);
  return Number.isNaN(date.getTime()) ? "" : write(date);
}
