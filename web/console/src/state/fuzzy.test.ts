import { describe, expect, it } from "vitest";

import { score } from "./fuzzy";

const of = (query: string, name: string, more = ""): number => score(query, name, more) ?? -1;

describe("searching in the palette", () => {
  it("puts the start of a word above its middle, and that above loose letters", () => {
    expect(of("over", "Overdragen")).toBeGreaterThan(of("over", "Huur overzicht"));
    expect(of("dragen", "Overdragen")).toBeGreaterThan(of("drgn", "Overdragen"));
    expect(of("drgn", "Overdragen")).toBeGreaterThan(0);
  });

  it("wants every word, in any order, and does not mind accents", () => {
    expect(of("sluiten volgende", "Sluiten en naar het volgende")).toBeGreaterThan(0);
    expect(of("volgende huur", "Sluiten en naar het volgende")).toBe(-1);
    expect(of("renee", "Renée de Wit")).toBeGreaterThan(0);
  });

  it("does not take scattered letters for a word", () => {
    expect(of("gas", "Gesprek overdragen aan Joris")).toBe(-1);
  });
});
