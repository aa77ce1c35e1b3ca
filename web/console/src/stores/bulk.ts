import { defineStore } from "pinia";
import { computed, ref } from "vue";

import type { Conversation } from "../api/types";
import { lists as words } from "../nl/lists";
import { useConversations } from "./conversations";
import { useFinding } from "./finding";
import { useLists } from "./lists";
import { useNotices } from "./notices";

type Moved = { conversation: Conversation };
type Step = (conversation: Conversation) => Promise<Moved>;

const AT_ONCE = 3;

/** Several conversations at a time: each is a step of its own, and each says how it went. */
export const useBulk = defineStore("bulk", () => {
  const conversations = useConversations();
  const finding = useFinding();
  const lists = useLists();
  const notices = useNotices();
  const chosen = ref(new Map<string, Conversation>());
  const failed = ref(new Map<string, string>());
  const progress = ref<{ done: number; all: number } | null>(null);
  let anchor: string | null = null;
  const count = computed(() => chosen.value.size);

  /** With shift: everything between the last choice and this one. */
  function pick(list: readonly Conversation[], id: string, range: boolean): void {
    const to = list.findIndex((one) => one.id === id);
    const from = range ? list.findIndex((one) => one.id === anchor) : -1;
    const next = new Map(chosen.value);
    if (from === -1 && next.delete(id)) {
      chosen.value = next;
      return;
    }
    const [first, last] = from === -1 ? [to, to] : [Math.min(from, to), Math.max(from, to)];
    for (const one of list.slice(first, last + 1)) next.set(one.id, one);
    chosen.value = next;
    anchor = id;
  }

  function clear(): void {
    chosen.value = new Map();
    failed.value = new Map();
    anchor = null;
  }

  /** Run a step on each of them; what worked can be undone where there is a way back. */
  async function each(run: Step, back: Step | null = null): Promise<void> {
    if (progress.value !== null) return;
    const good = await work([...chosen.value.values()], run);
    const undo = back === null || good.length === 0 ? null : () => void work(good, back);
    const said = words.bulk.done(good.length, failed.value.size);
    chosen.value = new Map([...chosen.value].filter(([id]) => failed.value.has(id)));
    notices.show(said, undo === null ? null : { label: words.undo, run: undo });
    void conversations.refresh();
  }

  async function work(todo: Conversation[], run: Step): Promise<Conversation[]> {
    const good: Conversation[] = [];
    const left = [...todo];
    failed.value = new Map();
    progress.value = { done: 0, all: todo.length };
    const worker = async (): Promise<void> => {
      for (let one = left.shift(); one !== undefined; one = left.shift()) {
        try {
          const { conversation } = await run(one);
          conversations.apply(conversation);
          finding.apply(conversation);
          good.push(conversation);
        } catch (error) {
          failed.value = new Map(failed.value).set(one.id, lists.told(error));
        }
        progress.value = { done: (progress.value?.done ?? 0) + 1, all: todo.length };
      }
    };
    await Promise.all(Array.from({ length: AT_ONCE }, worker));
    progress.value = null;
    return good;
  }

  return { chosen, failed, progress, count, pick, clear, each };
});
