import { createPinia, setActivePinia } from "pinia";
import { beforeEach, describe, expect, it, vi } from "vitest";

import { message } from "../testing/samples";
import { installServer } from "../testing/server";
import { installStorage } from "../testing/storage";
import { useOutbox } from "./outbox";
import { useSession } from "./session";

const agent = { id: "a1", name: "Sanne", login: "sanne", roles: [] };
const reply = { conversationId: "c1", kind: "say" as const, text: "Dag", term: 2, afterPos: 3 };
let storage: Map<string, string>;

async function signIn(): Promise<void> {
  setActivePinia(createPinia());
  await useSession().login("sanne", "geheim");
}

beforeEach(() => {
  storage = installStorage();
  vi.useFakeTimers();
  return () => vi.useRealTimers();
});

const login = () => ({ body: { agent } });

describe("a reply on its way", () => {
  it("keeps its key when it is tried again", async () => {
    let isUp = false;
    const calls = installServer({
      "POST /login": login,
      "POST /conversations/c1/say": () =>
        isUp ? { status: 201, body: { message: message(4) } } : "no network",
    });
    await signIn();
    const outbox = useOutbox();
    outbox.send(reply);
    await vi.waitFor(() => expect(outbox.all[0]?.state).toBe("waiting"));
    isUp = true;
    await vi.advanceTimersByTimeAsync(5000);
    expect(outbox.all).toEqual([]);
    const keys = calls.filter((call) => call.path.endsWith("/say")).map((call) => call.body["client_msg_id"]);
    expect(keys).toHaveLength(2);
    expect(new Set(keys).size).toBe(1);
  });

  it("is kept for its writer when the server refuses it", async () => {
    const error = { code: "not_holder", message: "U heeft dit gesprek niet meer." };
    installServer({
      "POST /login": login,
      "POST /conversations/c1/say": () => ({ status: 409, body: { error } }),
    });
    await signIn();
    const outbox = useOutbox();
    outbox.send(reply);
    await vi.waitFor(() => expect(outbox.all[0]?.state).toBe("refused"));
    expect(outbox.all[0]).toMatchObject({ text: "Dag", error: error.message });
  });

  it("lets nothing overtake it", async () => {
    const calls = installServer({
      "POST /login": login,
      "POST /conversations/c1/say": () => "no network",
    });
    await signIn();
    const outbox = useOutbox();
    outbox.send({ ...reply, text: "eerst" });
    outbox.send({ ...reply, text: "daarna" });
    await vi.waitFor(() => expect(outbox.all[0]?.state).toBe("waiting"));
    expect(new Set(calls.slice(1).map((call) => call.body["text"]))).toEqual(new Set(["eerst"]));
  });

  it("is found again after a reload, and an old one waits for its writer", async () => {
    installServer({
      "POST /login": login,
      "POST /conversations/c1/say": () => "no network",
    });
    await signIn();
    useOutbox().send(reply);
    await vi.waitFor(() => expect(useOutbox().all[0]?.state).toBe("waiting"));
    await signIn();
    vi.setSystemTime(Date.now() + 60 * 60 * 1000);
    await useOutbox().flush();
    expect(useOutbox().all[0]).toMatchObject({ text: "Dag", state: "refused" });
    expect(storage.size).toBe(1);
  });
});
