import { describe, expect, it } from "vitest";

import type { ServiceClock } from "../api/service";
import { countdown } from "./serviceClock";

const NOW = Date.parse("2026-11-24T10:00:00Z");
const at = (minutes: number): string => new Date(NOW + minutes * 60_000).toISOString();

describe("the countdown to an answer", () => {
  it.each([
    [-20, 12, "calm"],
    [-1, 3, "soon"],
    [-10, 0, "late"],
    [-60, -50, "late"],
  ])("with the warning at %s and the end at %s minutes is %s", (warn, due, tone) => {
    const warnAt = tone === "calm" ? at(10) : at(warn);
    const clock: ServiceClock = { kind: "first_answer", warn_at: warnAt, due_at: at(due) };
    expect(countdown(clock, NOW)?.tone).toBe(tone);
  });

  it("names what is owed", () => {
    const clock: ServiceClock = { kind: "next_answer", warn_at: null, due_at: at(12) };
    expect(countdown(clock, NOW)?.text).toContain("Volgende antwoord binnen 12 minuten");
  });

  it("says nothing while we wait for the tenant, or of a moment that is none", () => {
    expect(countdown(null, NOW)).toBeNull();
    expect(countdown(undefined, NOW)).toBeNull();
    expect(countdown({ kind: "promise", warn_at: null, due_at: "?" }, NOW)).toBeNull();
  });
});
