import { describe, expect, it } from "vitest";

import { cleaned, standard } from "./preferences";
import { isQuiet, mayAlert } from "./quiet";

const at = (iso: string): number => Date.parse(iso);
const night = { on: true, start: "22:00", end: "07:00" };

describe("quiet hours", () => {
  it("follow the clock of Amsterdam, in winter and in summer", () => {
    expect(isQuiet(night, at("2026-01-15T21:00:00Z"))).toBe(true);
    expect(isQuiet(night, at("2026-01-15T20:59:00Z"))).toBe(false);
    expect(isQuiet(night, at("2026-07-15T20:00:00Z"))).toBe(true);
  });

  it("pass midnight and end on the minute", () => {
    expect(isQuiet(night, at("2026-01-15T05:59:00Z"))).toBe(true);
    expect(isQuiet(night, at("2026-01-15T06:00:00Z"))).toBe(false);
  });

  it("last the whole day when both moments are the same, and not at all when off", () => {
    expect(isQuiet({ on: true, start: "08:00", end: "08:00" }, at("2026-01-15T12:00:00Z"))).toBe(true);
    expect(isQuiet({ ...night, on: false }, at("2026-01-15T23:00:00Z"))).toBe(false);
  });

  it("let urgent through for who is on call, and nothing else", () => {
    const wishes = { ...standard(), quiet: night };
    const late = at("2026-01-15T23:00:00Z");
    expect(mayAlert(wishes, true, late)).toBe(false);
    expect(mayAlert({ ...wishes, on_call: true }, true, late)).toBe(true);
    expect(mayAlert({ ...wishes, on_call: true }, false, late)).toBe(false);
  });
});

describe("what was kept", () => {
  it("falls back part by part", () => {
    const wishes = cleaned({ volume: 900, theme: "pink", quiet: { on: true, start: "25:00" }, sound: "yes" });
    expect(wishes).toEqual({ ...standard(), volume: 100, quiet: { on: true, start: "18:00", end: "08:00" } });
    for (const wrong of [null, 3, "x", []]) expect(cleaned(wrong)).toEqual(standard());
  });
});
