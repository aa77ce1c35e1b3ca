import { defineStore } from "pinia";
import { computed, ref } from "vue";

import { api } from "../api/client";
import type { Conversation, ConversationHint, HolderState } from "../api/types";
import { coalesce } from "../live/coalesce";
import { gather } from "../live/gather";
import { setServerTime } from "../live/clock";
import { isNewer, newlyUrgent, newlyWaiting, split, urgentIds, waitingIds } from "../state/queue";
import { useAnnouncer } from "./announcer";
import { useSession } from "./session";

export type ListStatus = "loading" | "ready" | "error";

const MANNED: readonly HolderState[] = ["waiting", "held"];
const MAX_PAGES = 10;
/** More at once than this, and the whole list is read. */
const MOST_NAMED = 100;
/** A row whose last words changed may wait this long; one that changed hands may not. */
const ROWS_PAUSE_MS = 1_000;

export const useConversations = defineStore("conversations", () => {
  const session = useSession();
  const announcer = useAnnouncer();
  const byId = ref(new Map<string, Conversation>());
  const status = ref<ListStatus>("loading");
  const assistantStatus = ref<ListStatus>("loading");
  /** More conversations are with the assistant than one page holds. */
  const assistantHasMore = ref(false);
  /** The last conversation that turned urgent since the console was opened. */
  const newestUrgent = ref<Conversation | null>(null);
  let knownWaiting: Set<string> | null = null;
  let knownUrgent: Set<string> | null = null;
  let reading: Promise<unknown> = Promise.resolve();

  /** A list, read one run at a time. A row that is read meanwhile waits for it: an older list would
   * take away what the row has brought. */
  function inTurn(read: () => Promise<void>): () => Promise<void> {
    const coalesced = coalesce(read);
    return () => {
      const run = coalesced();
      reading = Promise.all([reading, run]);
      return run;
    };
  }

  const all = computed(() => [...byId.value.values()]);
  const buckets = computed(() => split(all.value, session.agent?.id ?? null));
  const waitingCount = computed(() => buckets.value.waiting.length);

  async function readAll(): Promise<Conversation[]> {
    const found: Conversation[] = [];
    let cursor: string | null = null;
    for (let page = 0; page < MAX_PAGES; page += 1) {
      const answer = await api.list(MANNED, cursor);
      if (answer.now !== undefined) setServerTime(answer.now);
      found.push(...answer.conversations);
      cursor = answer.next_cursor;
      if (cursor === null) break;
    }
    return found;
  }

  /** The list is the truth for its states: what it no longer names has left them. */
  function replace(states: readonly HolderState[], list: readonly Conversation[]): void {
    const next = new Map(byId.value);
    for (const [id, known] of next) if (states.includes(known.state)) next.delete(id);
    for (const conversation of list) next.set(conversation.id, conversation);
    byId.value = next;
  }

  function announceNew(list: readonly Conversation[]): void {
    if (knownWaiting !== null) announcer.newWaiting(newlyWaiting(knownWaiting, list));
    knownWaiting = waitingIds(list);
    const fresh = knownUrgent === null ? [] : newlyUrgent(knownUrgent, list);
    announcer.newUrgent(fresh);
    newestUrgent.value = fresh[0] ?? newestUrgent.value;
    knownUrgent = urgentIds(list);
  }

  const refresh = inTurn(async () => {
    try {
      const list = await readAll();
      replace(MANNED, list);
      announceNew(list);
      status.value = "ready";
    } catch {
      if (status.value === "loading") status.value = "error";
    }
  });

  const refreshAssistant = inTurn(async () => {
    try {
      const page = await api.list(["bot"]);
      replace(["bot"], page.conversations);
      assistantHasMore.value = page.next_cursor !== null;
      assistantStatus.value = "ready";
    } catch {
      if (assistantStatus.value === "loading") assistantStatus.value = "error";
    }
  });

  const manned = () => all.value.filter((one) => MANNED.includes(one.state));

  function put(next: Map<string, Conversation>, row: Conversation): void {
    if (!isNewer(row, next.get(row.id))) return;
    if (row.state === "closed") next.delete(row.id);
    else next.set(row.id, row);
  }

  async function readNamed(ids: string[]): Promise<void> {
    if (ids.length > MOST_NAMED) return void (await Promise.all([refresh(), refreshAssistant()]));
    await reading;
    const page = await api.named(ids);
    if (page.now !== undefined) setServerTime(page.now);
    const next = new Map(byId.value);
    for (const row of page.conversations) put(next, row);
    byId.value = next;
    announceNew(manned());
  }

  const note = gather(readNamed, ROWS_PAUSE_MS);

  /** A hint: this one row is read again, not the list. */
  function follow(hint: ConversationHint): void {
    const known = byId.value.get(hint.id);
    const same =
      known?.state === hint.state && known.term === hint.term && known.urgent === hint.urgent;
    note(hint.id, !same);
  }

  async function retry(): Promise<void> {
    if (status.value === "error") status.value = "loading";
    if (assistantStatus.value === "error") assistantStatus.value = "loading";
    await Promise.all([refresh(), refreshAssistant()]);
  }

  /** What an action answered is shown at once; the hint that follows confirms it. */
  function apply(conversation: Conversation): void {
    const next = new Map(byId.value);
    put(next, conversation);
    byId.value = next;
  }

  function reset(): void {
    byId.value = new Map();
    status.value = "loading";
    assistantStatus.value = "loading";
    knownWaiting = null;
    knownUrgent = null;
    newestUrgent.value = null;
  }

  return {
    byId, status, assistantStatus, assistantHasMore, buckets, waitingCount, newestUrgent,
    refresh, refreshAssistant, follow, retry, apply, reset,
  };
});
