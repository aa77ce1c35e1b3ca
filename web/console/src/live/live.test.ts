import { describe, expect, it } from "vitest";

import { coalesce } from "./coalesce";
import { cutEvents, type StreamEvent } from "./sse";

describe("the hint stream", () => {
  it("is read the same however the network cuts it", () => {
    const text = ': ping\r\n\r\nevent: hello\r\ndata: {}\r\n\r\nevent: conversation\r\ndata: {"id":"c1"}\r\n\r\n';
    const whole = cutEvents(text).events;
    expect(whole.map((event) => event.event)).toEqual(["hello", "conversation"]);
    let rest = "";
    const pieces: StreamEvent[] = [];
    for (const character of text) {
      const cut = cutEvents(rest + character);
      rest = cut.rest;
      pieces.push(...cut.events);
    }
    expect(pieces).toEqual(whole);
  });

  it("joins the lines of one event and leaves out comments", () => {
    const { events } = cutEvents(": comment\ndata: a\ndata: b\n\n");
    expect(events).toEqual([{ event: "message", data: "a\nb" }]);
  });
});

describe("a burst of hints", () => {
  it("costs the run under way and one more", async () => {
    let runs = 0;
    const gates: (() => void)[] = [];
    const refresh = coalesce(() => {
      runs += 1;
      return new Promise((resolve) => gates.push(resolve));
    });
    const all = [refresh(), refresh(), refresh(), refresh()];
    gates[0]?.();
    await all[0];
    await Promise.resolve();
    expect(gates).toHaveLength(2);
    gates[1]?.();
    await Promise.all(all);
    expect(runs).toBe(2);
  });

  it("goes on after a run that failed", async () => {
    let runs = 0;
    const refresh = coalesce(async () => {
      runs += 1;
      if (runs === 1) throw new Error("first");
    });
    const first = refresh();
    const second = refresh();
    await expect(first).rejects.toThrow("first");
    await second;
    expect(runs).toBe(2);
  });
});
