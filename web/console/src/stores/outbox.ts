import { defineStore } from "pinia";
import { ref } from "vue";

import { api } from "../api/client";
import { newClientMsgId } from "../api/ids";
import { Problem } from "../api/problem";
import type { Message } from "../api/types";
import { nl } from "../nl";
import { browserKeep, readJson } from "../state/keep";
import { nextToSend, pendingsOf, type Pending } from "../state/pending";
import { useSession } from "./session";

const RETRY_MS = 4000;
/** After a reload, what is older than this is for the writer to decide on, not for us to send. */
const SEND_UNASKED_MS = 15 * 60 * 1000;
const keyOf = (pending: Pending): string => `outbox.${pending.clientMsgId}`;

function isPending(value: unknown): value is Pending {
  return typeof value === "object" && value !== null && "clientMsgId" in value && "text" in value;
}

function isOld(pending: Pending): boolean {
  return Date.now() - Date.parse(pending.at) > SEND_UNASKED_MS;
}

type Delivered = (conversationId: string, message: Message) => void;
type Refused = (conversationId: string) => void;

/** Replies and notes on their way. Each keeps its client_msg_id, so trying again is harmless. */
export const useOutbox = defineStore("outbox", () => {
  const session = useSession();
  const all = ref<Pending[]>([]);
  const draining = new Set<string>();
  let retryTimer: ReturnType<typeof setTimeout> | null = null;
  let onDelivered: Delivered = () => undefined;
  let onRefused: Refused = () => undefined;

  function mine(conversationId: string): Pending[] {
    return pendingsOf(all.value, conversationId).filter((p) => p.agentId === session.agentId);
  }

  function load(): void {
    const keys = browserKeep.keys().filter((key) => key.startsWith("outbox."));
    const stored = keys.map((key) => readJson(browserKeep, key, isPending));
    const known = new Set(all.value.map((pending) => pending.clientMsgId));
    const more = stored.filter((p) => p !== null).filter((p) => !known.has(p.clientMsgId));
    all.value = [...all.value, ...more].sort((a, b) => a.at.localeCompare(b.at));
    more.filter(isOld).forEach((p) => change(p, { state: "refused", error: nl.composer.old }));
  }

  function change(pending: Pending, part: Partial<Pending>): void {
    const next = { ...pending, ...part };
    all.value = all.value.map((p) => (p.clientMsgId === pending.clientMsgId ? next : p));
    browserKeep.set(keyOf(next), JSON.stringify(next));
  }

  function drop(pending: Pending): void {
    all.value = all.value.filter((p) => p.clientMsgId !== pending.clientMsgId);
    browserKeep.drop(keyOf(pending));
  }

  async function deliver(pending: Pending): Promise<Message> {
    const { conversationId, clientMsgId, text, term } = pending;
    const sent =
      pending.kind === "say"
        ? await api.say(conversationId, clientMsgId, text, term)
        : await api.note(conversationId, clientMsgId, text);
    return sent.message;
  }

  /** False when the line is down and waiting makes sense. */
  async function attempt(pending: Pending): Promise<boolean> {
    change(pending, { state: "sending", error: null });
    try {
      const message = await deliver(pending);
      onDelivered(pending.conversationId, message);
      drop(pending);
      return true;
    } catch (error) {
      if (error instanceof Problem && !error.passing && !error.signedOut) {
        change(pending, { state: "refused", error: error.message || nl.composer.refused });
        onRefused(pending.conversationId);
        return true;
      }
      change(pending, { state: "waiting" });
      return false;
    }
  }

  async function drain(conversationId: string): Promise<void> {
    if (draining.has(conversationId)) return;
    draining.add(conversationId);
    try {
      for (;;) {
        const next = nextToSend(mine(conversationId), conversationId);
        if (next === undefined) return;
        if (!(await attempt(next))) {
          retryLater();
          return;
        }
      }
    } finally {
      draining.delete(conversationId);
    }
  }

  async function flush(): Promise<void> {
    if (session.status !== "in") return;
    load();
    const ids = new Set(all.value.map((pending) => pending.conversationId));
    await Promise.all([...ids].map(drain));
  }

  function retryLater(): void {
    if (retryTimer !== null || session.status !== "in") return;
    retryTimer = setTimeout(() => {
      retryTimer = null;
      void flush();
    }, RETRY_MS);
  }

  function send(part: Pick<Pending, "conversationId" | "kind" | "text" | "term" | "afterPos">): void {
    const pending: Pending = {
      ...part,
      clientMsgId: newClientMsgId(),
      agentId: session.agentId,
      at: new Date().toISOString(),
      state: "sending",
      error: null,
    };
    all.value = [...all.value, pending];
    browserKeep.set(keyOf(pending), JSON.stringify(pending));
    void drain(part.conversationId);
  }

  function listen(delivered: Delivered, refused: Refused): void {
    onDelivered = delivered;
    onRefused = refused;
  }

  return { all, mine, send, flush, drop, listen };
});
