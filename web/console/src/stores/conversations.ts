import { defineStore } from "pinia";
import { computed, ref, shallowRef } from "vue";

import { api } from "../api/client";
import type { Conversation, HolderState, SharedRow } from "../api/types";
import { coalesce } from "../live/coalesce";
import { setServerTime } from "../live/clock";
import { isNewer, newlyUrgent, newlyWaiting, split, unreadOf, urgentIds, waitingIds } from "../state/queue";
import { useAnnouncer } from "./announcer";
import { useSession } from "./session";

export type ListStatus = "loading" | "ready" | "error";

const MANNED: readonly HolderState[] = ["waiting", "held"];
const MAX_PAGES = 10;

export const useConversations = defineStore("conversations", () => {
  const session = useSession();
  const announcer = useAnnouncer();
  // Replaced as a whole, never changed inside: a thousand rows need no watching each by itself.
  const byId = shallowRef(new Map<string, Conversation>());
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

  /** Rows that the stream brought. A list that is being read may be older: they wait for it. */
  async function take(rows: readonly SharedRow[], openId: string | null): Promise<void> {
    await reading;
    const next = new Map(byId.value);
    for (const row of rows) put(next, { ...row, unread: unreadOf(row, next.get(row.id), openId) });
    byId.value = next;
    announceNew(manned());
  }

  /** Somebody reads this conversation now. */
  function seen(id: string): void {
    const known = byId.value.get(id);
    if (known !== undefined && known.unread > 0) apply({ ...known, unread: 0 });
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
    refresh, refreshAssistant, take, seen, retry, apply, reset,
  };
});
