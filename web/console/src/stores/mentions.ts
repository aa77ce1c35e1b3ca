import { defineStore } from "pinia";
import { computed, ref } from "vue";
import { useRouter } from "vue-router";

import { type Mention, writingApi } from "../api/writing";
import { composer as words } from "../nl/composer";
import { useNotices } from "./notices";

/** Notes of colleagues that name the one who is logged in. */
export const useMentions = defineStore("mentions", () => {
  const notices = useNotices();
  const router = useRouter();
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
    if (newest === undefined) return;
    const run = (): void => void router.push({ name: "conversation", params: { id: newest.conversation } });
    notices.show(words.mentions.named(newest.named_by), { label: words.mentions.open, run });
  }

  return { all, unseen, refresh, arrived };
});
