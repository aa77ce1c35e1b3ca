import { describe, expect, test } from "vitest";
import { emptyLog, hasGap, lastSeq, reduceLog, type Log, type LogInput } from "../src/log";
import type { ChatEvent } from "../src/types";

function event(seq: number, more: Partial<ChatEvent> = {}): ChatEvent {
  return { seq, author: "bot", name: "Digitale assistent", text: `tekst ${seq}`, choices: [], at: "2026-11-24T10:00:00Z", ...more };
}

const said = (seq: number, more: Partial<ChatEvent> = {}): LogInput => ({ kind: "event", event: event(seq, more) });

function told(...inputs: LogInput[]): Log {
  return inputs.reduce(reduceLog, emptyLog);
}

const seqs = (log: Log) => log.events.map((one) => one.seq);

/** Small repeatable shuffle: every run of the test tries the same orders. */
function shuffled<T>(values: readonly T[], seed: number): T[] {
  let state = seed;
  const keyed = values.map((value) => ({ value, key: (state = (state * 1103515245 + 12345) % 2147483648) }));
  return keyed.sort((a, b) => a.key - b.key).map(({ value }) => value);
}

describe("the log", () => {
  test("shows events in the order of their numbers", () => {
    expect(seqs(told(said(1), said(2), said(3)))).toEqual([1, 2, 3]);
  });

  test("drops an event it has already", () => {
    const log = told(said(1), said(2));
    expect(reduceLog(log, said(2))).toBe(log);
    expect(reduceLog(log, said(1))).toBe(log);
  });

  test("holds back an event that comes before its predecessor, and says there is a gap", () => {
    const log = told(said(1), said(3));
    expect(seqs(log)).toEqual([1]);
    expect(hasGap(log)).toBe(true);
    expect(lastSeq(log)).toBe(1);
  });

  test("shows what it held back once the gap is filled", () => {
    const log = told(said(1), said(4), said(3), said(2));
    expect(seqs(log)).toEqual([1, 2, 3, 4]);
    expect(hasGap(log)).toBe(false);
  });

  test("fills a gap from a snapshot that overlaps what it has", () => {
    const log = told(said(1), said(2), said(5), {
      kind: "snapshot",
      snapshot: { state: "held", events: [event(2), event(3), event(4)] },
    });
    expect(seqs(log)).toEqual([1, 2, 3, 4, 5]);
    expect(hasGap(log)).toBe(false);
  });

  test("is the same whatever the order and however often events arrive", () => {
    const events = Array.from({ length: 12 }, (_, index) => said(index + 1));
    for (let seed = 1; seed <= 200; seed++) {
      const log = told(...shuffled([...events, ...events.slice(3, 9)], seed));
      expect(seqs(log)).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12]);
      expect(log.ahead).toEqual([]);
    }
  });
});

describe("who answers", () => {
  test("follows the changes of holder in the log", () => {
    const states = ["waiting", "held", "bot", "closed"] as const;
    let log = told(said(1));
    states.forEach((state, index) => {
      log = reduceLog(log, said(index + 2, { author: "system", state }));
      expect(log.state).toBe(state);
    });
  });

  test("takes the state of a snapshot and of a hint", () => {
    expect(told({ kind: "snapshot", snapshot: { state: "waiting", events: [event(1)] } }).state).toBe("waiting");
    expect(told({ kind: "state", state: "closed" }).state).toBe("closed");
  });

  test("does not take the state of a snapshot older than the stream", () => {
    const log = told(said(1), said(2), said(3, { author: "system", state: "held" }), {
      kind: "snapshot",
      snapshot: { state: "waiting", events: [event(2)] },
    });
    expect(log.state).toBe("held");
  });

  test("knows the person by their words", () => {
    const log = told(said(1, { author: "system", state: "held" }), said(2, { author: "agent", name: "Fatma" }));
    expect(log.speaker).toBe("Fatma");
  });

  test("knows the person from the line that announces them", () => {
    const log = told(said(1, { author: "system", state: "held", name: "Fatma", text: "Fatma neemt het over." }));
    expect(log.speaker).toBe("Fatma");
  });

  test("does not take the corporation's signature for a person", () => {
    const log = told(said(1, { author: "system", state: "held", name: "De Linde", text: "Fatma neemt het over." }));
    expect(log.speaker).toBeNull();
  });

  test("forgets the person after handing back", () => {
    const log = told(
      said(1, { author: "system", state: "held" }),
      said(2, { author: "agent", name: "Fatma" }),
      said(3, { author: "system", state: "bot" }),
    );
    expect(log.speaker).toBeNull();
  });
});

describe("typing", () => {
  const typing = (author: "bot" | "agent", on: boolean): LogInput => ({ kind: "typing", hint: { author, typing: on } });

  test("is shown only on a hint of the server", () => {
    expect(told(said(1)).typing).toBeNull();
    expect(told(said(1), typing("bot", true)).typing).toBe("bot");
    expect(told(said(1), typing("bot", true), typing("bot", false)).typing).toBeNull();
  });

  test("ends when the one who typed has spoken", () => {
    expect(told(typing("bot", true), said(1)).typing).toBeNull();
    expect(told(typing("agent", true), said(1)).typing).toBe("agent");
  });

  test("ends when somebody else takes over and when the line drops", () => {
    expect(told(typing("bot", true), said(1, { author: "system", state: "waiting" })).typing).toBeNull();
    expect(told(typing("agent", true), { kind: "disconnected" }).typing).toBeNull();
  });

  test("one who stops does not silence the other", () => {
    expect(told(typing("agent", true), typing("bot", false)).typing).toBe("agent");
  });
});
