import { defineStore } from "pinia";
import { computed, ref, shallowRef } from "vue";

import { filterQuery, listsApi, noFilters, type Filters, type Hit, type SavedView } from "../api/lists";
import type { Conversation } from "../api/types";
import { lists as words } from "../nl/lists";

const PAUSE_MS = 250;

/** One line of the found list: a conversation, and the message it was found by. */
export interface FoundRow {
  conversation: Conversation;
  message: Hit["message"];
}

/** Search, filters and saved views: the list beside the live one, read page by page. */
export const useFinding = defineStore("finding", () => {
  const typed = ref("");
  const filters = ref<Filters>(noFilters());
  /** The list of everything was asked for, without a filter. */
  const everything = ref(false);
  const viewId = ref<string | null>(null);
  const rows = shallowRef<FoundRow[]>([]);
  const total = ref(0);
  const more = ref(false);
  const status = ref<"idle" | "loading" | "ready" | "error">("idle");
  let cursor: string | null = null;
  let asked = 0;
  let reading = false;
  let pause: ReturnType<typeof setTimeout> | null = null;

  const filtered = computed(() => filterQuery(filters.value).size > 0);
  const active = computed(() => typed.value.trim() !== "" || filtered.value || everything.value);
  const counted = computed(() => words.search.count(total.value, more.value));

  async function run(): Promise<void> {
    if (pause !== null) clearTimeout(pause);
    pause = null;
    const mine = (asked += 1);
    if (!active.value) {
      rows.value = [];
      status.value = "idle";
      return;
    }
    if (rows.value.length === 0) status.value = "loading";
    try {
      const found = typed.value.trim() === "" ? await page(null) : await search();
      if (mine !== asked) return;
      rows.value = found;
      status.value = "ready";
    } catch {
      if (mine === asked) status.value = "error";
    }
  }

  async function page(from: string | null): Promise<FoundRow[]> {
    const answer = await listsApi.page(filters.value, from);
    cursor = answer.next_cursor;
    total.value = answer.total;
    more.value = false;
    return answer.conversations.map((conversation) => ({ conversation, message: null }));
  }

  async function search(): Promise<FoundRow[]> {
    const answer = await listsApi.search(typed.value, filters.value);
    cursor = null;
    total.value = answer.hits.length;
    more.value = answer.more;
    return answer.hits;
  }

  /** The end of the list comes into sight. */
  async function readOn(): Promise<void> {
    if (cursor === null || reading || status.value !== "ready") return;
    reading = true;
    const mine = asked;
    try {
      const next = await page(cursor);
      if (mine === asked) rows.value = [...rows.value, ...next];
    } catch {
      // Scrolling on tries again.
    } finally {
      reading = false;
    }
  }

  function soon(): void {
    if (pause !== null) clearTimeout(pause);
    pause = setTimeout(() => void run(), PAUSE_MS);
  }

  function type(text: string): void {
    typed.value = text;
    soon();
  }

  function choose(next: Partial<Filters>): void {
    filters.value = { ...filters.value, ...next };
    viewId.value = null;
    void run();
  }

  /** A saved view, everything ("all"), or null for the live list. */
  function show(view: SavedView | "all" | null): void {
    typed.value = "";
    everything.value = view === "all";
    viewId.value = view === null || view === "all" ? null : view.id;
    filters.value = view === null || view === "all" ? noFilters() : { ...noFilters(), ...view.filters };
    rows.value = [];
    void run();
  }

  /** A step changed one of them: shown at once. */
  function apply(conversation: Conversation): void {
    rows.value = rows.value.map((row) =>
      row.conversation.id === conversation.id ? { ...row, conversation } : row,
    );
  }

  return {
    typed, filters, everything, viewId, rows, total, status, filtered, active, counted,
    run, readOn, type, choose, show, apply,
  };
});
