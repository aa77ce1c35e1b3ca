import { describe, expect, test } from "vitest";
import { Memory } from "../src/memory";
import * as outbox from "../src/outbox";
import { browserStore, memoryStore } from "../src/storage";

const at = (second: number) => new Date(Date.UTC(2026, 10, 24, 10, 0, second));

function written(...texts: string[]): outbox.Outbox {
  return texts.reduce<outbox.Outbox>(
    (box, text, index) => outbox.add(box, { id: text, body: { text }, shown: text, at: at(index) }),
    [],
  );
}

const ids = (box: outbox.Outbox) => box.map((entry) => entry.id);

describe("the outbox", () => {
  test("sends the oldest first", () => {
    expect(outbox.nextToSend(written("een", "twee"))?.id).toBe("een");
  });

  test("keeps the order when the clock of the phone jumps back", () => {
    const box = outbox.add(written("een", "twee"), { id: "drie", body: { text: "drie" }, shown: "drie", at: at(-60) });
    expect(ids(outbox.restore([...box].reverse()))).toEqual(["een", "twee", "drie"]);
  });

  test("a message that could not leave goes back to its own place with its own id", () => {
    const box = outbox.putBack(outbox.markSending(written("een", "twee"), "een"), "een");
    expect(outbox.nextToSend(box)?.id).toBe("een");
    expect(ids(box)).toEqual(["een", "twee"]);
  });

  test("a refused message does not hold up the next", () => {
    const box = outbox.markFailed(written("een", "twee"), "een", "te lang", "edit");
    expect(outbox.nextToSend(box)?.id).toBe("twee");
  });

  test("a refused message that is tried again gets a fresh id", () => {
    const box = outbox.retry(outbox.markFailed(written("een"), "een", "anders", "retry"), "een", "nieuw");
    expect(outbox.nextToSend(box)).toMatchObject({ id: "nieuw", shown: "een", problem: null });
  });

  test("what the log shows leaves the outbox", () => {
    expect(ids(outbox.settle(written("een", "twee"), new Set(["een"])))).toEqual(["twee"]);
  });

  test("nothing to settle leaves the very same outbox", () => {
    const box = written("een");
    expect(outbox.settle(box, new Set(["ander"]))).toBe(box);
  });

  test("an attempt cut off by a reload is made again", () => {
    const box = outbox.restore(outbox.markSending(written("een"), "een"));
    expect(outbox.nextToSend(box)?.id).toBe("een");
  });

  test("texts move to a new conversation, quick replies of the old one do not", () => {
    const choice = { id: "keuze", body: { choice_id: "c1" }, shown: "Ja", at: at(5) };
    const person = { id: "mens", body: { choice_id: "medewerker" }, shown: "Ik wil een medewerker", at: at(6) };
    const box = outbox.add(outbox.add(written("een"), choice), person);
    expect(ids(outbox.carryOver(box, "medewerker"))).toEqual(["een", "mens"]);
  });
});

describe("what survives a reload", () => {
  const reloaded = (store: ReturnType<typeof memoryStore>) => new Memory(store).outbox();

  test("unsent messages, in order and with their ids", () => {
    const store = memoryStore();
    new Memory(store).keepOutbox([], written("een", "twee"));
    expect(ids(reloaded(store))).toEqual(["een", "twee"]);
  });

  test("not what the server has confirmed", () => {
    const store = memoryStore();
    const memory = new Memory(store);
    const box = written("een", "twee");
    memory.keepOutbox([], box);
    memory.keepOutbox(box, outbox.markSent(box, "een"));
    expect(ids(reloaded(store))).toEqual(["twee"]);
  });

  test("messages written in two tabs at the same time", () => {
    const store = memoryStore();
    new Memory(store).keepOutbox([], written("een"));
    new Memory(store).keepOutbox([], outbox.add([], { id: "twee", body: { text: "twee" }, shown: "twee", at: at(9) }));
    expect(ids(reloaded(store))).toEqual(["een", "twee"]);
  });

  test("how far was read never goes back", () => {
    const memory = new Memory(memoryStore());
    memory.keepRead(7);
    memory.keepRead(3);
    expect(memory.read()).toBe(7);
  });

  test("broken content of the store counts as absent", () => {
    const store = memoryStore();
    store.set("conversation", "{half");
    store.set("unsent:1", "geen json");
    expect(new Memory(store).credentials()).toBeNull();
    expect(reloaded(store)).toEqual([]);
  });

  test("a browser that forbids storage still works until the reload", () => {
    const store = browserStore("thuisbalie:", () => {
      throw new DOMException("denied", "SecurityError");
    });
    store.set("read", "4");
    expect(store.get("read")).toBe("4");
    expect(store.keys()).toEqual(["read"]);
    store.remove("read");
    expect(store.get("read")).toBeNull();
  });
});
