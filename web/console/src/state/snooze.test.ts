import { describe, expect, it } from "vitest";

import { amsterdamMoment, inAnHour, mondayNine, tomorrowNine } from "./snooze";

const iso = (at: number): string => new Date(at).toISOString();
const TUESDAY = Date.parse("2026-11-24T10:00:00Z");

describe("putting off", () => {
  it("says the moments in Dutch time, winter and summer", () => {
    expect(iso(inAnHour(TUESDAY))).toBe("2026-11-24T11:00:00.000Z");
    expect(iso(tomorrowNine(TUESDAY))).toBe("2026-11-25T08:00:00.000Z");
    expect(iso(mondayNine(TUESDAY))).toBe("2026-11-30T08:00:00.000Z");
    expect(iso(tomorrowNine(Date.parse("2026-06-10T10:00:00Z")))).toBe("2026-06-11T07:00:00.000Z");
  });

  it("takes the next Monday on a Monday and on a Sunday", () => {
    expect(iso(mondayNine(Date.parse("2026-11-30T10:00:00Z")))).toBe("2026-12-07T08:00:00.000Z");
    expect(iso(mondayNine(Date.parse("2026-11-29T10:00:00Z")))).toBe("2026-11-30T08:00:00.000Z");
  });

  it("is right over the change to summer time and late in the evening", () => {
    expect(iso(tomorrowNine(Date.parse("2026-03-28T12:00:00Z")))).toBe("2026-03-29T07:00:00.000Z");
    expect(iso(tomorrowNine(Date.parse("2026-11-24T23:30:00Z")))).toBe("2026-11-26T08:00:00.000Z");
  });

  it("knows no moment for what is no date", () => {
    expect(amsterdamMoment("")).toBeNaN();
  });
});
