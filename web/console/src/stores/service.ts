import { defineStore } from "pinia";
import { ref, watch } from "vue";

import { type Service, serviceApi } from "../api/service";
import { useThread } from "./thread";

/** How well the open conversation was served, and what the tenant thought of it. */
export const useService = defineStore("service", () => {
  const thread = useThread();
  const known = ref<Service | null>(null);

  async function read(): Promise<void> {
    const asked = thread.id;
    if (asked === null) return;
    try {
      const found = await serviceApi.read(asked);
      if (asked === thread.id) known.value = found;
    } catch {
      // Figures are extra; the conversation goes on without them.
    }
  }

  watch(
    () => [thread.id, thread.status === "ready", thread.conversation?.term] as const,
    ([id, ready], before) => {
      if (id !== before?.[0]) known.value = null;
      if (ready) void read();
    },
    { immediate: true },
  );

  return { known, read };
});
