import { defineStore } from "pinia";
import { computed, ref, shallowRef, watch } from "vue";

import { api } from "../api/client";
import { sameId } from "../api/ids";
import { Problem } from "../api/problem";
import { routingApi, type Transfer } from "../api/routing";
import type { Briefing, Conversation, ConversationDetail, ConversationHint, Delivery, Id, Message, Release } from "../api/types";
import { coalesce } from "../live/coalesce";
import { nl } from "../nl";
import { awaited } from "../state/files";
import { isNewer } from "../state/queue";
import { lastPos, mergeMessages, stillUnseen, withDeliveries } from "../state/thread";
import { useConversations } from "./conversations";
import { useOutbox } from "./outbox";
import { useSession } from "./session";

export type ThreadStatus = "none" | "loading" | "ready" | "missing" | "error";
export type Act = "take" | "release" | "close";

/** The one conversation that is open on the work screen. */
export const useThread = defineStore("thread", () => {
  const session = useSession();
  const conversations = useConversations();
  const outbox = useOutbox();
  const id = ref<string | null>(null);
  const status = ref<ThreadStatus>("none");
  const conversation = ref<Conversation | null>(null);
  const briefing = ref<Briefing | null>(null);
  const messages = shallowRef<Message[]>([]);
  /** Why the last action did not go through, in words for the staff member. */
  const refusal = ref<string | null>(null);
  const busy = ref<Act | null>(null);
  const resending = ref<Id | null>(null);
  /** Goes up when anything of this conversation changed, also what is not in its messages. */
  const changes = ref(0);

  const holdsIt = computed(
    () =>
      conversation.value?.state === "held" &&
      sameId(conversation.value.held_by?.id, session.agent?.id),
  );
  const canTake = computed(() => {
    const state = conversation.value?.state;
    return state === "waiting" || state === "bot";
  });
  const pendings = computed(() =>
    id.value === null ? [] : stillUnseen(outbox.mine(id.value), messages.value),
  );

  function accept(next: Conversation): void {
    if (next.id !== id.value || !isNewer(next, conversation.value ?? undefined)) return;
    const moved = conversation.value !== null && next.term > conversation.value.term;
    if (moved && next.state !== "held") refusal.value = null;
    conversation.value = next;
  }

  function takeIn(detail: ConversationDetail): void {
    if (detail.conversation.id !== id.value) return;
    accept(detail.conversation);
    briefing.value = detail.briefing;
    messages.value = mergeMessages(messages.value, detail.messages);
    conversations.seen(detail.conversation.id);
    status.value = "ready";
  }

  /** Everything anew: at opening, after a lost line, when the holder changed. */
  const reload = coalesce(async () => {
    const asked = id.value;
    if (asked === null) return;
    try {
      takeIn(await api.open(asked));
    } catch (error) {
      if (asked !== id.value || status.value === "ready") return;
      status.value = error instanceof Problem && error.status === 404 ? "missing" : "error";
    }
  });

  /** A colleague's answer keeps what was promised, so the briefing is out of date. */
  function keepsPromise(fresh: Message[]): boolean {
    const open = (briefing.value?.promises.length ?? 0) > 0;
    return open && fresh.some((message) => message.author === "agent" && message.kind === "text");
  }

  const readNew = coalesce(async () => {
    const asked = id.value;
    if (asked === null || status.value !== "ready") return;
    try {
      const more = await api.messagesAfter(asked, lastPos(messages.value));
      if (asked !== id.value) return;
      messages.value = mergeMessages(messages.value, more.messages);
      if (keepsPromise(more.messages)) void reload();
    } catch {
      // The next hint or the next connect reads again.
    }
  });

  /** A hint without a new message: one of ours came further, or did not. */
  const readDeliveries = coalesce(async () => {
    const asked = id.value;
    if (asked === null || status.value !== "ready") return;
    try {
      const { deliveries } = await api.deliveries(asked);
      if (asked === id.value) messages.value = withDeliveries(messages.value, deliveries);
    } catch {
      // The next hint or the next connect reads again.
    }
  });

  /** Send again what failed. The server does it once per attempt, however often it is asked. */
  async function resend(sent: Delivery): Promise<void> {
    const asked = id.value;
    if (asked === null || resending.value !== null) return;
    resending.value = sent.message;
    refusal.value = null;
    try {
      const { delivery } = await api.resend(asked, sent);
      if (asked === id.value) messages.value = withDeliveries(messages.value, [delivery]);
    } catch (error) {
      refusal.value = wordsFor(error);
      void readDeliveries();
    } finally {
      resending.value = null;
    }
  }

  async function open(next: string | null): Promise<void> {
    if (next === id.value && status.value !== "error") return;
    id.value = next;
    conversation.value = next === null ? null : (conversations.byId.get(next) ?? null);
    briefing.value = null;
    messages.value = [];
    refusal.value = null;
    status.value = next === null ? "none" : "loading";
    await reload();
  }

  async function retry(): Promise<void> {
    status.value = "loading";
    await reload();
  }

  async function follow(hint: ConversationHint): Promise<void> {
    if (hint.id !== id.value) return;
    changes.value += 1;
    const known = conversation.value;
    const changed =
      known === null ||
      known.term !== hint.term ||
      known.state !== hint.state ||
      known.urgent !== hint.urgent;
    // A file that was on its way may have come, at a message that is known already.
    if (changed || awaited(messages.value)) return reload();
    await (hint.pos > lastPos(messages.value) ? readNew() : readDeliveries());
  }

  /** A message that came back from our own sending. Gaps before it are read from the server. */
  function receive(conversationId: string, message: Message): void {
    if (conversationId !== id.value) return;
    const gap = message.pos > lastPos(messages.value) + 1;
    if (gap || keepsPromise([message])) void reload();
    messages.value = mergeMessages(messages.value, [message]);
  }

  async function act(what: Act, run: (now: Conversation) => Promise<{ conversation: Conversation }>): Promise<boolean> {
    const now = conversation.value;
    if (now === null || busy.value !== null) return false;
    busy.value = what;
    refusal.value = null;
    try {
      const answer = await run(now);
      accept(answer.conversation);
      conversations.apply(answer.conversation);
      return true;
    } catch (error) {
      refusal.value = wordsFor(error);
      return false;
    } finally {
      busy.value = null;
      void reload();
      void conversations.refresh();
    }
  }

  const take = () => act("take", (now) => api.take(now.id, now.term));
  const close = (contact?: boolean) => act("close", (now) => api.close(now.id, now.term, contact));
  const release = (how: Omit<Release, "term">) =>
    act("release", (now) => api.release(now.id, { ...how, term: now.term }));
  const transfer = (how: Transfer) =>
    act("release", (now) => routingApi.transfer(now.id, now.term, how));

  watch(
    () => (id.value === null ? undefined : conversations.byId.get(id.value)),
    (next) => next !== undefined && accept(next),
  );

  outbox.listen(receive, (conversationId) => {
    if (conversationId === id.value) void reload();
  });

  return {
    id, status, conversation, briefing, messages, refusal, busy, holdsIt, canTake, pendings, changes,
    open, reload, retry, follow, take, close, release, transfer, resend, resending,
  };
});

function wordsFor(error: unknown): string {
  if (error instanceof Problem && error.message !== "") return error.message;
  return error instanceof Problem ? nl.errors.unknown : nl.errors.unreachable;
}
