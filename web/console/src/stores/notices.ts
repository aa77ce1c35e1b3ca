import { defineStore } from "pinia";
import { ref } from "vue";

export interface Notice {
  text: string;
  action: { label: string; run: () => void } | null;
  /** The urgent conversation it points at; opening that one answers the notice. */
  urgentId: string | null;
}

const SHOWN_MS = 8000;

/** One short message at a time about what just happened. One with an action stays until answered. */
export const useNotices = defineStore("notices", () => {
  const current = ref<Notice | null>(null);
  let timer: ReturnType<typeof setTimeout> | null = null;

  function dismiss(): void {
    if (timer !== null) clearTimeout(timer);
    timer = null;
    current.value = null;
  }

  function show(
    text: string,
    action: Notice["action"] = null,
    urgentId: Notice["urgentId"] = null,
  ): void {
    dismiss();
    current.value = { text, action, urgentId };
    if (action === null) timer = setTimeout(dismiss, SHOWN_MS);
  }

  return { current, show, dismiss };
});
