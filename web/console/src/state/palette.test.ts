import { describe, expect, it } from "vitest";

import { found, inGroups, remembered, type Found } from "./palette";

const one = (id: string, kind: Found["kind"], name: string, hint = ""): Found => ({
  id, kind, name, words: "", hint, key: "",
});
const all = [
  one("take", "command", "Gesprek overnemen"),
  one("close", "command", "Gesprek sluiten"),
  one("c-1", "conversation", "Lekkage", "TB-7KQ2"),
  one("p-1", "colleague", "Overdragen aan Joris"),
];
const ids = (list: readonly Found[]): string[] => list.map(({ id }) => id);

describe("the palette", () => {
  it("shows what was used last above the commands when nothing is typed", () => {
    expect(ids(found(all, "", ["c-1", "gone"]))).toEqual(["c-1", "take", "close"]);
    expect(ids(found(all, " ", []))).toEqual(["take", "close"]);
  });

  it("finds a conversation by its reference and a colleague by name", () => {
    expect(ids(found(all, "7kq2", []))).toEqual(["c-1"]);
    expect(ids(found(all, "joris", []))).toEqual(["p-1"]);
    expect(found(all, "bestaat niet", [])).toEqual([]);
  });

  it("keeps the best line first, also in groups", () => {
    const list = found(all, "over", []);
    expect(inGroups(list).flatMap((group) => group.list)[0]).toEqual(list[0]);
  });

  it("remembers five choices, the last one first and each once", () => {
    expect(remembered(["a", "b", "c", "d", "e"], "f")).toEqual(["f", "a", "b", "c", "d"]);
    expect(remembered(["a", "b"], "b")).toEqual(["b", "a"]);
  });
});
