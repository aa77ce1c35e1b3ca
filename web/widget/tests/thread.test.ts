import { describe, expect, test } from "vitest";
import { emptyLog, reduceLog, type Log } from "../src/log";
import * as outbox from "../src/outbox";
import { thread, type MessageItem } from "../src/thread";
import type { ChatEvent } from "../src/types";

const now = new Date("2026-11-24T12:00:00Z");
const offered = [
  { id: "c1", title: "Reparatie" },
  { id: "c2", title: "Huur" },
];

function log(...events: Partial<ChatEvent>[]): Log {
  return events.reduce<Log>((before, more, index) => {
    const event: ChatEvent = {
      seq: index + 1, author: "bot", name: "", text: "tekst", choices: [], at: "2026-11-24T10:00:00Z", ...more,
    };
    return reduceLog(before, { kind: "event", event });
  }, emptyLog);
}

function pending(text: string): outbox.Outbox {
  return outbox.add([], { id: "mijn", body: { text }, shown: text, at: now });
}

const messages = (items: ReturnType<typeof thread>) => items.filter((item) => item.kind === "message") as MessageItem[];

describe("quick replies", () => {
  const active = (item: MessageItem | undefined) => item?.choices.map((choice) => choice.active);

  test("can be used while they are the newest", () => {
    expect(active(messages(thread(log({ choices: offered }), [], now))[0])).toEqual([true, true]);
  });

  test("stay usable when the assistant adds a line", () => {
    expect(active(messages(thread(log({ choices: offered }, {}), [], now))[0])).toEqual([true, true]);
  });

  test("are spent after an answer, and show which was chosen", () => {
    const [first] = messages(thread(log({ choices: offered }, { author: "tenant", text: "Huur" }), [], now));
    expect(active(first)).toEqual([false, false]);
    expect(first?.choices.map((choice) => choice.chosen)).toEqual([false, true]);
  });

  test("are spent at once, before the server has confirmed the choice", () => {
    expect(active(messages(thread(log({ choices: offered }), pending("Huur"), now))[0])).toEqual([false, false]);
  });

  test("are spent when newer ones are offered", () => {
    const items = messages(thread(log({ choices: offered }, { choices: offered }), [], now));
    expect(active(items[0])).toEqual([false, false]);
    expect(active(items[1])).toEqual([true, true]);
  });
});

describe("own messages", () => {
  test("keep their place and key when the server confirms them", () => {
    const before = messages(thread(log({}), pending("Hallo"), now)).at(-1);
    const after = messages(thread(log({}, { author: "tenant", text: "Hallo", client_msg_id: "mijn" }), [], now)).at(-1);
    expect(before?.key).toBe(after?.key);
    expect(before?.delivery?.status).toBe("waiting");
    expect(after?.delivery?.status).toBe("sent");
  });
});

describe("the thread", () => {
  test("puts the day above the first message of each day", () => {
    const items = thread(log({ at: "2026-11-23T10:00:00Z" }, {}, {}), [], now);
    expect(items.map((item) => item.kind)).toEqual(["day", "message", "day", "message", "message"]);
  });

  test("names an author once in a row", () => {
    const items = messages(thread(log({}, {}, { author: "agent", name: "Fatma" }), [], now));
    expect(items.map((item) => item.first)).toEqual([true, false, true]);
    expect(items.at(-1)?.name).toBe("Fatma, medewerker");
  });

  test("gives every item a key of its own", () => {
    const items = thread(log({}, { author: "system" }, { author: "tenant", client_msg_id: "a" }), pending("x"), now);
    expect(new Set(items.map((item) => item.key)).size).toBe(items.length);
  });
});
