import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";

import { gather } from "./gather";

describe("gathering what changed", () => {
  beforeEach(() => vi.useFakeTimers());
  afterEach(() => vi.useRealTimers());

  it("asks for the first at once, and for what follows together after a pause", async () => {
    const asked: string[][] = [];
    const note = gather((names) => Promise.resolve(void asked.push(names)), 1_000);
    note("a", false);
    await vi.advanceTimersByTimeAsync(0);
    note("b", false);
    note("c", false);
    note("b", false);
    await vi.advanceTimersByTimeAsync(900);
    expect(asked).toEqual([["a"]]);
    await vi.advanceTimersByTimeAsync(200);
    expect(asked).toEqual([["a"], ["b", "c"]]);
  });

  it("does not let wait what matters now, and takes the others along", async () => {
    const asked: string[][] = [];
    const note = gather((names) => Promise.resolve(void asked.push(names)), 1_000);
    note("a", false);
    await vi.advanceTimersByTimeAsync(0);
    note("b", false);
    note("c", true);
    await vi.advanceTimersByTimeAsync(0);
    expect(asked).toEqual([["a"], ["b", "c"]]);
  });

  it("runs once at a time and keeps what comes meanwhile", async () => {
    const asked: string[][] = [];
    let finish: () => void = () => undefined;
    const note = gather((names) => {
      asked.push(names);
      return new Promise((done) => (finish = done));
    }, 0);
    note("a", true);
    await vi.advanceTimersByTimeAsync(0);
    note("b", true);
    await vi.advanceTimersByTimeAsync(100);
    expect(asked).toEqual([["a"]]);
    finish();
    await vi.advanceTimersByTimeAsync(0);
    expect(asked).toEqual([["a"], ["b"]]);
  });

  it("asks again for what could not be had", async () => {
    const asked: string[][] = [];
    const note = gather((names) => {
      asked.push(names);
      return asked.length === 1 ? Promise.reject(new Error("weg")) : Promise.resolve();
    }, 1_000);
    note("a", true);
    await vi.advanceTimersByTimeAsync(1_100);
    expect(asked).toEqual([["a"], ["a"]]);
  });
});
