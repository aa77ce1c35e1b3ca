import { defineStore } from "pinia";
import { computed, ref, watch } from "vue";

import { type Kept, officeApi } from "../api/office";
import { Problem } from "../api/problem";
import { coalesce } from "../live/coalesce";
import { faults as words } from "../nl/faults";
import { mayHaveChanged, undone } from "../state/kept";
import { useAnnouncer } from "./announcer";
import { useThread } from "./thread";

/** What of the open conversation waits for the back office. */
export const useKept = defineStore("kept", () => {
  const thread = useThread();
  const announcer = useAnnouncer();
  const all = ref<readonly Kept[]>([]);
  const failure = ref("");
  const rows = computed(() => undone(all.value));

  const read = coalesce(async () => {
    const asked = thread.id;
    if (asked === null || thread.status !== "ready") return;
    try {
      const found = (await officeApi.keptOf(asked)).requests;
      if (asked === thread.id) all.value = found;
    } catch {
      // Until the next change: the conversation goes on without it.
    }
  });

  async function act(work: () => Promise<unknown>, told: string): Promise<void> {
    failure.value = "";
    try {
      await work();
      announcer.say(told);
    } catch (error) {
      failure.value = error instanceof Problem && error.message !== "" ? error.message : words.failed;
    }
    await read();
  }

  const tryNow = (one: Kept): Promise<void> => act(() => officeApi.tryNow(one), words.tried);
  const byHand = (one: Kept, number: string): Promise<void> =>
    act(() => officeApi.byHand(one, number), words.doneByHand);

  watch(
    () => [thread.id, thread.status === "ready"] as const,
    ([id, ready], before) => {
      if (id !== before?.[0]) {
        all.value = [];
        failure.value = "";
      }
      if (ready) void read();
    },
    { immediate: true },
  );
  watch(
    () => [thread.changes, thread.messages.length] as const,
    () => {
      if (mayHaveChanged(all.value, thread.messages.at(-1)?.author)) void read();
    },
  );

  return { rows, failure, read, tryNow, byHand };
});
