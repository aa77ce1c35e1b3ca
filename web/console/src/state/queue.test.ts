import { describe, expect, it } from "vitest";

import { conversation } from "../testing/samples";
import { awaitsAnswer, bucketOf, inOrder, isNewer, neighbour, newlyUrgent, newlyWaiting, split, unreadOf, waitingIds } from "./queue";

const held = (id: string, name: string) => conversation({ state: "held", held_by: { id, name } });

describe("the queue", () => {
  it("puts each conversation with whoever has it", () => {
    expect(bucketOf(conversation(), "a1")).toBe("waiting");
    expect(bucketOf(held("a1", "Sanne"), "a1")).toBe("mine");
    expect(bucketOf(held("a2", "Fatma"), "a1")).toBe("colleagues");
    expect(bucketOf(conversation({ state: "bot" }), "a1")).toBe("assistant");
    expect(bucketOf(conversation({ state: "closed" }), "a1")).toBeNull();
  });

  it("knows itself by its id", () => {
    const mine = conversation({ state: "held", held_by: { id: "7", name: "Sanne" } });
    expect(bucketOf(mine, "7")).toBe("mine");
  });

  it("shows urgent ones first and then who waits longest", () => {
    const late = conversation({ id: "late", waiting_since: "2026-11-24T09:05:00Z" });
    const early = conversation({ id: "early", waiting_since: "2026-11-24T09:01:00+00:00" });
    const urgent = conversation({ id: "urgent", urgent: true, waiting_since: "2026-11-24T09:09:00Z" });
    expect(inOrder("waiting", [late, early, urgent]).map((c) => c.id)).toEqual(["urgent", "early", "late"]);
  });

  it("orders by moment and not by spelling of the time zone", () => {
    const winter = conversation({ id: "later", waiting_since: "2026-11-24T10:30:00+01:00" });
    const utc = conversation({ id: "sooner", waiting_since: "2026-11-24T09:10:00Z" });
    expect(inOrder("waiting", [winter, utc]).map((c) => c.id)).toEqual(["sooner", "later"]);
  });

  it("names only the conversations that are new among the waiting", () => {
    const known = waitingIds([conversation({ id: "a" })]);
    const now = [conversation({ id: "a" }), conversation({ id: "b" }), conversation({ id: "c", state: "held" })];
    expect(newlyWaiting(known, now).map((c) => c.id)).toEqual(["b"]);
  });

  it("notices what turned urgent, whoever holds it", () => {
    const now = [conversation({ id: "a", urgent: true, state: "held" }), conversation({ id: "b", urgent: true })];
    expect(newlyUrgent(new Set(["b"]), now).map((c) => c.id)).toEqual(["a"]);
  });

  it("refuses an older term and accepts the same one", () => {
    const known = conversation({ term: 4 });
    expect(isNewer(conversation({ term: 3 }), known)).toBe(false);
    expect(isNewer(conversation({ term: 4 }), known)).toBe(true);
  });

  it("marks a held conversation in which the tenant spoke last", () => {
    const last_message = { author: "tenant", text: "hallo?", at: "2026-11-24T09:00:00Z" } as const;
    expect(awaitsAnswer(conversation({ state: "held", last_message }))).toBe(true);
    expect(awaitsAnswer(conversation({ state: "waiting", last_message }))).toBe(false);
  });

  it("walks to the neighbour and stops at the ends", () => {
    const list = ["a", "b"].map((id) => conversation({ id }));
    expect(neighbour(list, null, 1)?.id).toBe("a");
    expect(neighbour(list, "a", 1)?.id).toBe("b");
    expect(neighbour(list, "b", 1)).toBeUndefined();
    expect(neighbour([], "a", -1)).toBeUndefined();
  });

  it("leaves nobody out and nobody twice when it splits", () => {
    const list = [conversation({ id: "a" }), held("a1", "Sanne"), conversation({ id: "b", state: "bot" })];
    expect(Object.values(split(list, "a1")).flat()).toHaveLength(3);
  });
});

describe("what is unread of a row that was written for everybody", () => {
  const row = (said: number) => conversation({ id: "a", said });

  it("grows by what the tenant said since this reader's own count", () => {
    const known = conversation({ id: "a", said: 4, unread: 1 });
    expect(unreadOf(row(6), known, null)).toBe(3);
    expect(unreadOf(row(4), known, null)).toBe(1);
  });

  it("is everything of a conversation not known before, and nothing of the open one", () => {
    expect(unreadOf(row(2), undefined, null)).toBe(2);
    expect(unreadOf(row(6), conversation({ id: "a", said: 4 }), "a")).toBe(0);
  });
});
