import { defineStore } from "pinia";
import { ref } from "vue";

import { newClientMsgId } from "../api/ids";
import { Problem } from "../api/problem";
import type { Conversation } from "../api/types";
import { type CannedReply, writingApi } from "../api/writing";
import { composer as words } from "../nl/composer";
import { type UndoStep, undoSteps } from "../state/macroUndo";
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
    const before = conversations.byId.get(now.conversationId)?.labels ?? [];
    try {
      const what = { key: now.macro.key, client_msg_id: now.clientMsgId, text, term };
      const done = await writingApi.macro(now.conversationId, what);
      conversations.apply(done.conversation);
      ready.value = null;
      tell(now.macro, done.conversation, before);
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

  function tell(macro: CannedReply, after: Conversation, before: readonly string[]): void {
    const steps = undoSteps(macro, after, before);
    const undo = { label: words.macro.undo, run: () => void takeBack(steps) };
    notices.show(words.macro.done(macro.title), steps.length > 0 ? undo : null);
  }

  /** What was sent stays sent; the steps after it are taken back, the last one first. */
  async function takeBack(steps: readonly UndoStep[]): Promise<void> {
    try {
      for (const step of steps) conversations.apply((await step()).conversation);
      notices.show(words.macro.undone);
    } catch {
      notices.show(words.macro.notUndone);
    } finally {
      void thread.reload();
      void conversations.refresh();
    }
  }

  return { ready, busy, lay, drop, run };
});
