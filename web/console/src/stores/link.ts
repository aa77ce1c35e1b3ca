import { defineStore } from "pinia";
import { ref } from "vue";

import type { ConversationHint, SharedRow } from "../api/types";
import { setServerTime } from "../live/clock";
import { readStream, SignedOutError } from "../live/stream";
import type { StreamEvent } from "../live/sse";
import { useConversations } from "./conversations";
import { useDraftSync } from "./draftSync";
import { useMentions } from "./mentions";
import { useOutbox } from "./outbox";
import { usePresence } from "./presence";
import { useSession } from "./session";
import { useThread } from "./thread";
import { useViewing } from "./viewing";

export type LinkStatus = "idle" | "connecting" | "open" | "lost";

const FIRST_WAIT_MS = 500;
const LONGEST_WAIT_MS = 10_000;

/** The live line. It carries hints, and rows as they are now: messages are always read anew. */
export const useLink = defineStore("link", () => {
  const session = useSession();
  const conversations = useConversations();
  const thread = useThread();
  const outbox = useOutbox();
  const presence = usePresence();
  const viewing = useViewing();
  const draftSync = useDraftSync();
  const mentions = useMentions();
  const status = ref<LinkStatus>("idle");
  let line: AbortController | null = null;
  let wait: ReturnType<typeof setTimeout> | null = null;
  let failures = 0;

  /** First what we still had to send, then everything the server knows: nothing shows twice. */
  async function catchUp(): Promise<void> {
    await outbox.flush();
    draftSync.start();
    void mentions.refresh();
    if (thread.id !== null) void draftSync.pull(thread.id);
    await Promise.all([
      conversations.refresh(),
      conversations.refreshAssistant(),
      thread.reload(),
    ]);
  }

  function onHint(hint: ConversationHint): void {
    const known = conversations.byId.get(hint.id);
    const moved = known?.state !== hint.state || known.term !== hint.term;
    if (moved && hint.urgent) void presence.beat(); // there may be an alarm
    if (hint.state !== "waiting") presence.moved(hint.id);
    void thread.follow(hint);
  }

  function onEvent(event: StreamEvent): void {
    if (event.event === "hello") onHello(event.data);
    if (event.event === "viewing") viewing.heard(event.data);
    if (event.event === "conversation") onHint(JSON.parse(event.data) as ConversationHint);
    if (event.event === "rows") void conversations.take(JSON.parse(event.data) as SharedRow[], thread.id);
    if (event.event === "offer") void presence.beat();
    if (event.event === "draft" || event.event === "mention") onOwn(event.event, event.data);
  }

  function onOwn(what: string, data: string): void {
    const { id } = JSON.parse(data) as { id: string };
    if (what === "mention") void mentions.arrived();
    else if (id === thread.id) void draftSync.pull(id);
  }

  function onHello(data: string): void {
    const hello = JSON.parse(data || "{}") as { now?: string };
    if (hello.now !== undefined) setServerTime(hello.now);
  }

  function onOpen(): void {
    failures = 0;
    status.value = "open";
    void catchUp();
  }

  async function connect(): Promise<void> {
    if (line !== null || session.status !== "in") return;
    const mine = new AbortController();
    line = mine;
    if (status.value === "idle") status.value = "connecting";
    try {
      await readStream(mine.signal, { onOpen, onEvent });
    } catch (error) {
      if (error instanceof SignedOutError) session.leave(true);
    }
    if (line !== mine) return;
    line = null;
    if (session.status === "in") again();
  }

  function again(): void {
    status.value = "lost";
    const pause = Math.min(FIRST_WAIT_MS * 2 ** failures, LONGEST_WAIT_MS);
    failures += 1;
    if (wait !== null) clearTimeout(wait);
    wait = setTimeout(() => void connect(), pause * (0.75 + Math.random() / 2));
  }

  function hangUp(): void {
    line?.abort();
    line = null;
    if (wait !== null) clearTimeout(wait);
    wait = null;
  }

  /** The network came back, the tab woke up, or the reader does not want to wait. */
  function reconnect(): void {
    if (session.status !== "in") return;
    hangUp();
    void connect();
  }

  function stop(): void {
    hangUp();
    failures = 0;
    status.value = "idle";
  }

  function onOffline(): void {
    hangUp();
    status.value = "lost";
  }

  return { status, connect, reconnect, stop, onOffline };
});
