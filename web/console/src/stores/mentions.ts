import { defineStore } from "pinia";
import { computed, ref, watch } from "vue";
import { useRouter } from "vue-router";

import { type Mention, writingApi } from "../api/writing";
import { composer as words } from "../nl/composer";
import { useNotices } from "./notices";
import { useThread } from "./thread";

/** Notes of colleagues that name the one who is logged in. */
export const useMentions = defineStore("mentions", () => {
  const notices = useNotices();
  const router = useRouter();
  const thread = useThread();
  const all = ref<Mention[]>([]);
  const unseen = computed(() => all.value.filter((one) => !one.seen));

  async function refresh(): Promise<void> {
    try {
      all.value = (await writingApi.mentions()).mentions;
    } catch {
      // The next hint or connection reads again.
    }
  }

  async function arrived(): Promise<void> {
    await refresh();
    const newest = unseen.value[0];
    if (newest === undefined || newest.conversation === thread.id) return;
    const run = (): void => void router.push({ name: "conversation", params: { id: newest.conversation } });
    notices.show(words.mentions.named(newest.named_by), { label: words.mentions.open, run });
  }

  /** Opening a conversation makes what stands there seen. */
  watch(
    () => [thread.id, thread.status] as const,
    ([id, status]) => {
      if (status === "ready" && unseen.value.some((one) => one.conversation === id)) void refresh();
    },
  );

  return { all, unseen, refresh, arrived };
});
