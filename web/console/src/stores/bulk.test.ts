import { createPinia, setActivePinia } from "pinia";
import { beforeEach, describe, expect, it } from "vitest";

import { conversation } from "../testing/samples";
import { useBulk } from "./bulk";

const list = ["a", "b", "c", "d"].map((id) => conversation({ id }));

describe("choosing several conversations", () => {
  beforeEach(() => setActivePinia(createPinia()));

  it("takes one, and with shift all between it and the last choice, up or down", () => {
    const bulk = useBulk();
    bulk.pick(list, "c", false);
    bulk.pick(list, "a", true);
    expect([...bulk.chosen.keys()].sort()).toEqual(["a", "b", "c"]);
  });

  it("lets go of one that is chosen again", () => {
    const bulk = useBulk();
    bulk.pick(list, "b", false);
    bulk.pick(list, "b", false);
    expect(bulk.count).toBe(0);
  });

  it("says per conversation what did not work, and keeps only those chosen", async () => {
    const bulk = useBulk();
    list.forEach((one) => bulk.pick(list, one.id, false));
    await bulk.each((one) =>
      one.id === "c" ? Promise.reject(new Error("weg")) : Promise.resolve({ conversation: one }),
    );
    expect([...bulk.failed.keys()]).toEqual(["c"]);
    expect([...bulk.chosen.keys()]).toEqual(["c"]);
    expect(bulk.progress).toBeNull();
  });
});
