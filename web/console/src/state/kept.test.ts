import { describe, expect, it } from "vitest";

import type { Kept } from "../api/office";
import { mayHaveChanged, undone } from "./kept";

const kept = (state: string): Kept => ({
  id: state, conversation: "c", reference: "A1", kind: "repair", what: "kraan", state, attempts: 1,
  asked_at: "2026-11-24T09:00:00Z", next_at: "2026-11-24T10:00:00Z", number: "",
});

describe("requests that wait", () => {
  it("shows what waits and what a person must do, in the order they came", () => {
    const rows = ["done", "waiting", "given_up"].map(kept);
    expect(undone(rows).map((one) => one.id)).toEqual(["waiting", "given_up"]);
  });

  it("is read again while something waits, and when the assistant may have kept something", () => {
    expect(mayHaveChanged([kept("waiting")], "tenant")).toBe(true);
    expect(mayHaveChanged([], "bot")).toBe(true);
    expect(mayHaveChanged([kept("done")], "system")).toBe(true);
  });

  it("is not read again at each word of a tenant or a colleague", () => {
    expect(mayHaveChanged([kept("done")], "tenant")).toBe(false);
    expect(mayHaveChanged([], "agent")).toBe(false);
    expect(mayHaveChanged([], undefined)).toBe(false);
  });
});
