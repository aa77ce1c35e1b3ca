import { createPinia, setActivePinia } from "pinia";
import { beforeEach, describe, expect, it } from "vitest";
import { nextTick } from "vue";

import { conversation, message } from "../testing/samples";
import { installServer } from "../testing/server";
import { installStorage } from "../testing/storage";
import { useConversations } from "./conversations";
import { useDrafts } from "./drafts";
import { useSession } from "./session";
import { useThread } from "./thread";

const agent = { id: "a1", name: "Sanne", login: "sanne", roles: [] };
const fatma = { id: "a2", name: "Fatma" };
let now = conversation();
let messages = [message(1)];

function serve(more: Parameters<typeof installServer>[0] = {}) {
  return installServer({
    "POST /login": () => ({ body: { agent } }),
    "GET /conversations": () => ({ body: { conversations: [now], next_cursor: null } }),
    "GET /conversations/c1": () => ({ body: { conversation: now, briefing: null, messages } }),
    "GET /conversations/c1/messages": (_, url) => {
      const after = Number(url.searchParams.get("after"));
      return { body: { messages: messages.filter((one) => one.pos > after) } };
    },
    ...more,
  });
}

beforeEach(async () => {
  installStorage();
  now = conversation();
  messages = [message(1)];
  serve();
  setActivePinia(createPinia());
  await useSession().login("sanne", "geheim");
  await useThread().open("c1");
});

describe("the open conversation", () => {
  it("reads only what is new when a hint tells of a message", async () => {
    const calls = serve();
    messages = [message(1), message(2)];
    await useThread().follow({ id: "c1", state: "waiting", term: 1, pos: 2, urgent: false });
    expect(useThread().messages.map((one) => one.pos)).toEqual([1, 2]);
    expect(calls.map((call) => call.path)).toEqual(["/conversations/c1/messages"]);
  });

  it("reads everything when a hint tells of another holder", async () => {
    now = conversation({ state: "held", held_by: fatma, term: 2 });
    await useThread().follow({ id: "c1", state: "held", term: 2, pos: 1, urgent: false });
    expect(useThread().conversation?.held_by?.name).toBe("Fatma");
    expect(useThread().holdsIt).toBe(false);
  });

  it("ignores hints about other conversations", async () => {
    const calls = serve();
    await useThread().follow({ id: "c2", state: "waiting", term: 1, pos: 9, urgent: false });
    expect(calls).toEqual([]);
  });

  it("is mine after taking it over with the term I read", async () => {
    const mine = conversation({ state: "held", held_by: { id: "a1", name: "Sanne" }, term: 2 });
    const calls = serve({
      "POST /conversations/c1/take": () => {
        now = mine;
        return { body: { conversation: mine } };
      },
    });
    expect(await useThread().take()).toBe(true);
    expect(useThread().holdsIt).toBe(true);
    expect(calls[0]?.body).toEqual({ term: 1 });
    expect(useConversations().buckets.mine).toHaveLength(1);
  });

  it("tells who was first when a colleague has it already", async () => {
    const error = { code: "held_by_other", message: "Fatma heeft dit gesprek al.", held_by: fatma };
    serve({
      "POST /conversations/c1/take": () => {
        now = conversation({ state: "held", held_by: fatma, term: 2 });
        return { status: 409, body: { error } };
      },
    });
    const thread = useThread();
    expect(await thread.take()).toBe(false);
    await thread.reload();
    expect(thread.refusal).toBe("Fatma heeft dit gesprek al.");
    expect(thread.conversation?.held_by?.name).toBe("Fatma");
  });

  it("keeps the newest holder when an older answer comes late", async () => {
    const thread = useThread();
    const conversations = useConversations();
    conversations.apply(conversation({ state: "held", held_by: fatma, term: 5 }));
    await nextTick();
    conversations.apply(conversation({ term: 4 }));
    await nextTick();
    expect(thread.conversation?.term).toBe(5);
  });

  it("says that a conversation does not exist", async () => {
    const error = { code: "unknown", message: "Dit gesprek bestaat niet." };
    serve({ "GET /conversations/c9": () => ({ status: 404, body: { error } }) });
    await useThread().open("c9");
    expect(useThread().status).toBe("missing");
  });
});

describe("a message to a provider", () => {
  const failed = { message: "m1", state: "failed", reason: "opted_out", attempt: 1, may_resend: true, changed_at: null };

  it("shows how far it came when a hint brings no new message", async () => {
    const calls = serve({
      "GET /conversations/c1/deliveries": () => ({ body: { deliveries: [failed] } }),
    });
    await useThread().follow({ id: "c1", state: "waiting", term: 1, pos: 1, urgent: false });
    expect(useThread().messages[0]?.delivery?.state).toBe("failed");
    expect(calls.map((call) => call.path)).toEqual(["/conversations/c1/deliveries"]);
  });

  it("is sent again by hand, naming the attempt that failed", async () => {
    const again = { ...failed, state: "queued", may_resend: false };
    const calls = serve({
      "POST /conversations/c1/messages/m1/resend": () => ({ body: { delivery: again } }),
    });
    await useThread().resend(failed);
    expect(calls.map((call) => call.body)).toEqual([{ attempt: 1 }]);
    expect(useThread().messages[0]?.delivery).toEqual(again);
    expect(useThread().resending).toBeNull();
  });

  it("says why it could not be sent again", async () => {
    const error = { code: "not_holder", message: "Neem het eerst over." };
    serve({
      "POST /conversations/c1/messages/m1/resend": () => ({ status: 409, body: { error } }),
      "GET /conversations/c1/deliveries": () => ({ body: { deliveries: [failed] } }),
    });
    await useThread().resend(failed);
    expect(useThread().refusal).toBe("Neem het eerst over.");
  });
});

describe("a draft", () => {
  it("is kept per conversation and per person, and gone when sent", () => {
    const drafts = useDrafts();
    drafts.write("c1", "reply", "half");
    expect(localStorage.getItem("thuisbalie.console.draft.a1.c1")).toContain("half");
    expect(drafts.isUnsent("c2")).toBe(false);
    drafts.write("c1", "reply", "");
    expect(localStorage.getItem("thuisbalie.console.draft.a1.c1")).toBeNull();
  });

  it("is given back above what was typed meanwhile", () => {
    const drafts = useDrafts();
    drafts.write("c1", "reply", "nieuw");
    drafts.giveBack("c1", "reply", "oud");
    expect(drafts.of("c1").reply).toBe("oud\n\nnieuw");
  });
});

describe("a photo that is still with the provider", () => {
  const file = { id: "f1", kind: "photo", content_type: "image/jpeg", size: 0, detail: "", name: "", of_staff: false } as const;

  it("is shown when it has come, at the message that was there already", async () => {
    const thread = useThread();
    messages = [message(1, { files: [{ ...file, state: "waiting" }] })];
    await thread.reload();
    messages = [message(1, { files: [{ ...file, state: "kept", size: 9 }] })];
    await thread.follow({ id: "c1", state: now.state, term: now.term, pos: 1, urgent: false });
    expect(thread.messages[0]?.files?.[0]?.state).toBe("kept");
  });
});
