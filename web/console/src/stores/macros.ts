import { defineStore } from "pinia";
import { ref } from "vue";

import { newClientMsgId } from "../api/ids";
import { Problem } from "../api/problem";
import { type CannedReply, writingApi } from "../api/writing";
import { composer as words } from "../nl/composer";
import { useConversations } from "./conversations";
import { useNotices } from "./notices";
import { useThread } from "./thread";

/** A macro that is laid ready in the text box, and doing it. */
export const useMacros = defineStore("macros", () => {
  const thread = useThread();
  const conversations = useConversations();
  const notices = useNotices();
  const ready = ref<{ conversationId: string; macro: CannedReply; clientMsgId: string } | null>(null);
  const busy = ref(false);

  function lay(conversationId: string, macro: CannedReply): void {
    // One key as long as it lies ready: trying again after a lost answer sends nothing twice.
    ready.value = { conversationId, macro, clientMsgId: newClientMsgId() };
  }

  function drop(): void {
    ready.value = null;
  }

  async function run(text: string, term: number): Promise<boolean> {
    const now = ready.value;
    if (now === null || busy.value) return false;
    busy.value = true;
    try {
      const what = { key: now.macro.key, client_msg_id: now.clientMsgId, text, term };
      const done = await writingApi.macro(now.conversationId, what);
      conversations.apply(done.conversation);
      ready.value = null;
      tell(now.macro, done.conversation.state === "waiting");
      return true;
    } catch (error) {
      const said = error instanceof Problem ? error.message : "";
      notices.show(said === "" ? words.macro.failed : said);
      return false;
    } finally {
      busy.value = false;
      void thread.reload();
      void conversations.refresh();
    }
  }

  /** What waits can be taken again; a closed conversation opens when the tenant writes. */
  function tell(macro: CannedReply, canUndo: boolean): void {
    const undo = { label: words.macro.undo, run: () => void thread.take() };
    notices.show(words.macro.done(macro.title), canUndo ? undo : null);
  }

  return { ready, busy, lay, drop, run };
});
