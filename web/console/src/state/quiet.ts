import type { Preferences, QuietHours } from "./preferences";
import { ZONE } from "./zone";

const clock = new Intl.DateTimeFormat("en-GB", {
  hour: "2-digit", minute: "2-digit", hourCycle: "h23", timeZone: ZONE,
});

/** From `start` up to `end`, by the clock on the wall; the same moment twice means the whole day. */
export function isQuiet(hours: QuietHours, now: number): boolean {
  if (!hours.on) return false;
  const time = clock.format(now);
  const { start, end } = hours;
  if (start === end) return true;
  return start < end ? time >= start && time < end : time >= start || time < end;
}

/** Whether something new may make itself heard; urgent also in quiet hours for who is on call. */
export function mayAlert(wishes: Preferences, isUrgent: boolean, now: number): boolean {
  return !isQuiet(wishes.quiet, now) || (isUrgent && wishes.on_call);
}
