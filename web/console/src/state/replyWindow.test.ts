import { describe, expect, it } from "vitest";

import { replyWindow } from "./replyWindow";

const NOW = Date.parse("2026-11-24T10:00:00Z");
const CLOSED = "Vrij antwoorden kan niet meer. Uw antwoord wacht tot de huurder weer schrijft.";
const at = (minutes: number): string => new Date(NOW + minutes * 60_000).toISOString();

describe("the countdown of free answering", () => {
  it.each([
    [24 * 60, "open", "Vrij antwoorden kan nog 24 uur"],
    [3 * 60 + 59, "open", "Vrij antwoorden kan nog 3 uur"],
    [119, "soon", "Vrij antwoorden kan nog 1 uur"],
    [59, "soon", "Vrij antwoorden kan nog 59 minuten"],
    [0.5, "soon", "Vrij antwoorden kan nog 1 minuut"],
    [0, "closed", CLOSED],
    [-600, "closed", CLOSED],
  ])("says with %s minutes left that it is %s", (minutes, tone, text) => {
    expect(replyWindow(at(minutes), NOW)).toEqual({ tone, text });
  });

  it("says nothing where free text is always taken", () => {
    expect(replyWindow(null, NOW)).toBeNull();
    expect(replyWindow(undefined, NOW)).toBeNull();
    expect(replyWindow("morgen", NOW)).toBeNull();
  });
});
