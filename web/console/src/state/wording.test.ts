import { describe, expect, it } from "vitest";

import { ago, dayName, percent, shortSpan, spokenSpan } from "./wording";

const SECOND = 1000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;
const now = Date.parse("2026-11-24T12:00:00Z");

describe("times in words", () => {
  it("tick in seconds below an hour and never run below zero", () => {
    expect(shortSpan(42 * SECOND)).toBe("0:42");
    expect(shortSpan(12 * MINUTE + 5 * SECOND)).toBe("12:05");
    expect(shortSpan(HOUR + 12 * MINUTE)).toBe("1 u 12 min");
    expect(shortSpan(50 * HOUR)).toBe("2 d");
    expect(shortSpan(-5 * SECOND)).toBe("0:00");
  });

  it("are spoken in one unit, single or plural", () => {
    expect(spokenSpan(1 * MINUTE)).toBe("1 minuut");
    expect(spokenSpan(120 * SECOND)).toBe("2 minuten");
    expect(spokenSpan(3 * HOUR)).toBe("3 uur");
  });

  it("name today, yesterday and other days", () => {
    expect(dayName("2026-11-24T08:00:00Z", now)).toBe("Vandaag");
    expect(dayName("2026-11-23T08:00:00Z", now)).toBe("Gisteren");
    expect(dayName("2026-11-20T08:00:00Z", now)).toBe("vrijdag 20 november");
  });

  it("tell how long ago on a card", () => {
    expect(ago("2026-11-24T11:59:40Z", now)).toBe("nu");
    expect(ago("2026-11-24T11:30:00Z", now)).toBe("30 min");
    expect(ago("2026-11-24T08:05:00Z", now)).toBe("09:05");
    expect(ago("2026-11-21T08:05:00Z", now)).toBe("3 d");
  });

  it("keep a share between 0 and 100", () => {
    expect([percent(0.305), percent(-1), percent(7)]).toEqual([31, 0, 100]);
  });
});
