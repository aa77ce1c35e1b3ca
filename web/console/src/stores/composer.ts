import { defineStore } from "pinia";
import { ref } from "vue";

import type { Mode } from "../state/drafts";
import { useDrafts } from "./drafts";
import { useThread } from "./thread";

/** Lets shortcuts and buttons elsewhere put the cursor into the text box. */
export const useComposer = defineStore("composer", () => {
  const drafts = useDrafts();
  const thread = useThread();
  /** Raised at each wish; the text box watches it. */
  const focusWish = ref(0);

  function focus(mode: Mode): void {
    if (thread.id === null) return;
    drafts.setMode(thread.id, mode);
    focusWish.value += 1;
  }

  return { focusWish, focus };
});
