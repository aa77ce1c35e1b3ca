import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { Conversation, type Situation } from "../src/conversation";
import { Memory } from "../src/memory";
import { memoryStore } from "../src/storage";
import type { ChatEvent } from "../src/types";
import { deadLine, FakeApi, refused } from "./fake-api";

let api: FakeApi;
let memory: Memory;
let conversation: Conversation;
let situation: Situation;
let live: ChatEvent[];

function begin(): void {
  conversation = new Conversation(api, memory, {
    onChange: (now) => (situation = now),
    onLive: (events) => live.push(...events),
  });
  conversation.start();
}

const settle = () => vi.advanceTimersByTimeAsync(0);
const frame = (event: Partial<ChatEvent>) =>
  conversation.onFrame({
    event: "message",
    data: JSON.stringify({ seq: 1, author: "bot", name: "", text: "", choices: [], at: "", ...event }),
  });

beforeEach(async () => {
  vi.useFakeTimers();
  api = new FakeApi();
  memory = new Memory(memoryStore());
  live = [];
  begin();
  await settle();
});

afterEach(() => {
  conversation.stop();
  vi.useRealTimers();
});

describe("sending", () => {
  test("goes one by one, in the order of writing", async () => {
    conversation.say("een");
    conversation.say("twee");
    conversation.choose({ id: "c1", title: "Drie" });
    await settle();
    expect(api.texts()).toEqual(["een", "twee", "c1"]);
  });

  test("after a dead line goes on in order, with the same id", async () => {
    api.failures = [deadLine(), deadLine()];
    conversation.say("een");
    conversation.say("twee");
    await settle();
    expect(situation.connection).toBe("offline");
    const [first] = situation.outbox;
    await vi.advanceTimersByTimeAsync(5_000);
    expect(api.texts()).toEqual(["een", "twee"]);
    expect(api.sent[0]?.id).toBe(first?.id);
    expect(situation.connection).toBe("online");
  });

  test("waits as long as the server asks, and no shorter", async () => {
    api.failures = [refused(429, 7_000)];
    conversation.say("te snel");
    await vi.advanceTimersByTimeAsync(6_900);
    expect(api.sent).toEqual([]);
    expect(situation.holdOffUntil).not.toBeNull();
    await vi.advanceTimersByTimeAsync(200);
    expect(api.texts()).toEqual(["te snel"]);
    expect(situation.holdOffUntil).toBeNull();
  });

  test.each([
    [413, "edit"],
    [422, "edit"],
    [409, "retry"],
    [400, "retry"],
  ] as const)("a refusal with %i is final and can be mended by: %s", async (status, remedy) => {
    api.failures = [refused(status, null, "Nee.")];
    conversation.say("fout");
    conversation.say("goed");
    await settle();
    expect(situation.outbox[0]).toMatchObject({ status: "failed", problem: "Nee.", remedy });
    expect(api.texts()).toEqual(["goed"]);
  });

  test("a refused quick reply can only be taken away", async () => {
    api.failures = [refused(422)];
    conversation.choose({ id: "oud", title: "Oude keuze" });
    await settle();
    expect(situation.outbox[0]?.remedy).toBe("remove");
    expect(conversation.takeBack(situation.outbox[0]!.id)).toBe("");
    expect(situation.outbox).toEqual([]);
  });

  test.each([401, 404])("a %i means that the conversation is gone, and keeps the text", async (status) => {
    api.failures = [refused(status)];
    conversation.say("bewaar");
    await settle();
    expect(situation.gone).toBe(true);
    conversation.startNew();
    await settle();
    expect(situation.gone).toBe(false);
    expect(api.opened).toBe(2);
    expect(api.texts()).toEqual(["bewaar"]);
  });
});

describe("opening", () => {
  test("is tried until it works, and what was written meanwhile follows", async () => {
    conversation.stop();
    memory.forgetConversation();
    api.failures = [deadLine(), refused(503)];
    begin();
    conversation.say("alvast");
    await vi.advanceTimersByTimeAsync(10_000);
    expect(api.texts()).toEqual(["alvast"]);
  });

  test("is not done again after a reload", async () => {
    conversation.stop();
    begin();
    await settle();
    expect(api.opened).toBe(1);
  });
});

describe("receiving", () => {
  test("an echo takes the message out of the outbox", async () => {
    conversation.say("hallo");
    await settle();
    const id = situation.outbox[0]!.id;
    frame({ seq: 1, author: "tenant", text: "hallo", client_msg_id: id });
    expect(situation.outbox).toEqual([]);
    expect(situation.log.events).toHaveLength(1);
  });

  test("a gap is filled by asking once", async () => {
    api.log.push({ seq: 1, author: "bot", name: "", text: "een", choices: [], at: "" });
    const before = api.asked;
    frame({ seq: 2, text: "twee" });
    frame({ seq: 3, text: "drie" });
    await settle();
    expect(situation.log.events.map((event) => event.text)).toEqual(["een", "twee", "drie"]);
    expect(api.asked - before).toBe(1);
  });

  test("history after a reload is not news, what follows is", async () => {
    conversation.stop();
    live = [];
    api.log.push({ seq: 1, author: "bot", name: "", text: "oud", choices: [], at: "" });
    begin();
    await settle();
    expect(live).toEqual([]);
    frame({ seq: 2, text: "nieuw" });
    expect(live.map((event) => event.text)).toEqual(["nieuw"]);
  });

  test("a frame that cannot be read changes nothing", () => {
    const before = situation.log;
    conversation.onFrame({ event: "message", data: "{half" });
    conversation.onFrame({ event: "onbekend", data: "{}" });
    expect(situation.log).toBe(before);
  });
});
