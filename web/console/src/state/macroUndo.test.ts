import { describe, expect, it, vi } from "vitest";

import { listsApi } from "../api/lists";
import type { Conversation } from "../api/types";
import type { CannedReply } from "../api/writing";
import { undoSteps } from "./macroUndo";

const macro = (...kinds: CannedReply["actions"][number]["kind"][]): CannedReply => ({
  key: "m", title: "M", text: "", queue: null, missing: [],
  actions: kinds.map((kind) => ({ kind, value: "", label: "" })),
});
const after = { id: "c", term: 4, state: "held", labels: ["old", "new"] } as unknown as Conversation;

describe("taking a macro back", () => {
  it("wakes it before the label goes, and leaves a label that was there", async () => {
    const order: string[] = [];
    const done = (name: string) => () => {
      order.push(name);
      return Promise.resolve({ conversation: after });
    };
    vi.spyOn(listsApi, "wake").mockImplementation(done("wake"));
    const remove = vi.spyOn(listsApi, "removeLabel").mockImplementation(done("label"));
    for (const step of undoSteps(macro("label", "snooze"), after, ["old"])) await step();
    expect(order).toEqual(["wake", "label"]);
    expect(remove).toHaveBeenCalledWith("c", "new");
  });

  it("offers nothing for what nobody can take back", () => {
    expect(undoSteps(macro("transfer"), after, [])).toEqual([]);
    expect(undoSteps(macro("label"), after, ["old", "new"])).toEqual([]);
  });
});
