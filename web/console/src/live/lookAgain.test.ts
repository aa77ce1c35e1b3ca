import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";

import { lookAgain } from "./lookAgain";

const PACE = { leastMs: 1_000, mostMs: 15_000, hasLine: false, goesOn: () => true };

describe("a page that follows what happens elsewhere", () => {
  beforeEach(() => void vi.useFakeTimers());
  afterEach(() => void vi.useRealTimers());

  it("looks at once, and again when time went by", async () => {
    let looks = 0;
    const stop = lookAgain(async () => void (looks += 1), PACE);
    expect(looks).toBe(1);
    await vi.advanceTimersByTimeAsync(14_999);
    expect(looks).toBe(1);
    await vi.advanceTimersByTimeAsync(15_001);
    expect(looks).toBe(3);
    stop();
    await vi.advanceTimersByTimeAsync(60_000);
    expect(looks).toBe(3);
  });

  it("does not look again while a look is still under way, nor after its end", async () => {
    let looks = 0;
    let answer = (): void => undefined;
    const stop = lookAgain(() => new Promise((done) => ((looks += 1), (answer = done))), PACE);
    await vi.advanceTimersByTimeAsync(60_000);
    expect(looks).toBe(1);
    stop();
    answer();
    await vi.advanceTimersByTimeAsync(60_000);
    expect(looks).toBe(1);
  });
});
