// Moments to put a conversation off to, as the desk's clock on the wall in Amsterdam says them.

const ZONE = "Europe/Amsterdam";
const LOCAL = /^\d{4}-\d\d-\d\dT\d\d:\d\d$/;
const HOUR = 3_600_000;
const PARTS = new Intl.DateTimeFormat("en-GB", {
  timeZone: ZONE, year: "numeric", month: "2-digit", day: "2-digit",
  hour: "2-digit", minute: "2-digit", weekday: "short", hourCycle: "h23",
});
const DAYS = ["Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"];

function parts(at: number): Record<string, string> {
  return Object.fromEntries(PARTS.formatToParts(at).map((part) => [part.type, part.value]));
}

function wallClock(at: number): number {
  const p = parts(at);
  return Date.parse(`${p["year"]}-${p["month"]}-${p["day"]}T${p["hour"]}:${p["minute"]}:00Z`);
}

/** The moment (ms) at which the clock in Amsterdam shows `local`, "2026-11-25T09:00"; NaN if none. */
export function amsterdamMoment(local: string): number {
  // A browser reads more into half a date than there is.
  if (!LOCAL.test(local)) return NaN;
  const wanted = Date.parse(`${local}:00Z`);
  const first = wanted - (wallClock(wanted) - wanted);
  return first - (wallClock(first) - wanted);
}

function dayAhead(now: number, days: number): string {
  return new Date(wallClock(now) + days * 24 * HOUR).toISOString().slice(0, 10);
}

export const inAnHour = (now: number): number => now + HOUR;
export const tomorrowNine = (now: number): number => amsterdamMoment(`${dayAhead(now, 1)}T09:00`);

/** The first Monday after today. */
export function mondayNine(now: number): number {
  const today = DAYS.indexOf(parts(now)["weekday"] ?? "Sun");
  return amsterdamMoment(`${dayAhead(now, (8 - today) % 7 || 7)}T09:00`);
}
