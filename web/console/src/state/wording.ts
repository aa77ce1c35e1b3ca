import { nl } from "../nl";
import { dayKey } from "./thread";
import { ZONE } from "./zone";

const clockFormat = new Intl.DateTimeFormat("nl-NL", { timeZone: ZONE, hour: "2-digit", minute: "2-digit" });
const dayFormat = new Intl.DateTimeFormat("nl-NL", { timeZone: ZONE, weekday: "long", day: "numeric", month: "long" });
const fullFormat = new Intl.DateTimeFormat("nl-NL", {
  timeZone: ZONE, weekday: "long", day: "numeric", month: "long", hour: "2-digit", minute: "2-digit",
});

const SECOND = 1000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

export function clockTime(iso: string): string {
  return clockFormat.format(new Date(iso));
}

export function fullTime(iso: string): string {
  return fullFormat.format(new Date(iso));
}

export function dayName(iso: string, now: number): string {
  const key = dayKey(iso);
  if (key === dayKey(now)) return nl.time.today;
  if (key === dayKey(now - DAY)) return nl.time.yesterday;
  return dayFormat.format(new Date(iso));
}

export function dayAndTime(iso: string, now: number): string {
  return `${dayName(iso, now).toLowerCase()} ${clockTime(iso)}`;
}

/** For the eye: 0:42, 12:05, 1 u 12 min, 2 d. Never below zero. */
export function shortSpan(ms: number): string {
  const span = Math.max(0, ms);
  if (span >= DAY) return nl.time.short.days(Math.floor(span / DAY));
  const minutes = Math.floor(span / MINUTE);
  if (span >= HOUR) {
    return `${nl.time.short.hours(Math.floor(minutes / 60))} ${nl.time.short.minutes(minutes % 60)}`;
  }
  const seconds = Math.floor((span % MINUTE) / SECOND);
  return `${minutes}:${String(seconds).padStart(2, "0")}`;
}

/** For the ear: one unit is enough. */
export function spokenSpan(ms: number): string {
  const span = Math.max(0, ms);
  if (span >= DAY) return nl.time.days(Math.floor(span / DAY));
  if (span >= HOUR) return nl.time.hours(Math.floor(span / HOUR));
  if (span >= MINUTE) return nl.time.minutes(Math.floor(span / MINUTE));
  return nl.time.seconds(Math.floor(span / SECOND));
}

/** How long ago, on a card: nu, 5 min, 2 u, then the day. */
export function ago(iso: string, now: number): string {
  const span = now - Date.parse(iso);
  if (span < MINUTE) return nl.time.now;
  if (span < HOUR) return nl.time.short.minutes(Math.floor(span / MINUTE));
  if (dayKey(iso) === dayKey(now)) return clockTime(iso);
  return nl.time.short.days(Math.max(1, Math.floor(span / DAY)));
}

export function percent(confidence: number): number {
  return Math.round(Math.min(1, Math.max(0, confidence)) * 100);
}
