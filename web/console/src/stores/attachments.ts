import { defineStore } from "pinia";
import { computed, ref, watch } from "vue";

import { attachmentApi, type AttachmentList } from "../api/attachments";
import { newClientMsgId } from "../api/ids";
import { Problem } from "../api/problem";
import type { MessageFile } from "../api/types";
import { attachments as words } from "../nl/attachments";
import { useAnnouncer } from "./announcer";
import { useThread } from "./thread";

const EMPTY: AttachmentList = { can_send: false, why_not: "", most: 0, largest: 0, files: [] };

/** Files that lie ready with the reply in the open conversation. The server keeps them a day. */
export const useAttachments = defineStore("attachments", () => {
  const thread = useThread();
  const announcer = useAnnouncer();
  const known = ref<AttachmentList>(EMPTY);
  const uploading = ref<string[]>([]);
  const problem = ref<string | null>(null);
  const sending = ref(false);
  /** One key per set of words and files: trying again after a lost answer sends nothing twice. */
  const keys = new Map<string, string>();

  const files = computed(() => known.value.files);
  const ids = computed(() => files.value.map((file) => file.id));
  const full = computed(() => files.value.length + uploading.value.length >= known.value.most);

  async function read(): Promise<void> {
    const asked = thread.id;
    if (asked === null) return;
    try {
      const found = await attachmentApi.read(asked);
      if (asked === thread.id) known.value = found;
    } catch {
      // Without it nothing can be added; what lies ready is still there at the next opening.
    }
  }

  async function add(chosen: readonly File[]): Promise<void> {
    problem.value = null;
    for (const file of chosen) await addOne(file);
  }

  async function addOne(file: File): Promise<void> {
    const asked = thread.id;
    if (asked === null || full.value) return;
    if (file.size > known.value.largest) {
      problem.value = words.tooLarge;
      return;
    }
    uploading.value = [...uploading.value, file.name];
    try {
      const added = await attachmentApi.add(asked, file);
      if (asked === thread.id) known.value = { ...known.value, files: [...files.value, added.file] };
      announcer.say(words.added(added.file.name));
    } catch (error) {
      if (asked === thread.id) problem.value = wordsOf(error, words.failed);
    } finally {
      uploading.value = uploading.value.filter((name) => name !== file.name);
    }
  }

  async function drop(file: MessageFile): Promise<void> {
    const asked = thread.id;
    if (asked === null) return;
    problem.value = null;
    try {
      await attachmentApi.drop(asked, file.id);
      announcer.say(words.removed(file.name));
    } catch (error) {
      problem.value = wordsOf(error, words.failed);
    }
    await read();
  }

  /** The answer with what lies ready. False: it did not go, and all of it still stands there. */
  async function say(text: string, term: number): Promise<boolean> {
    const asked = thread.id;
    if (asked === null || sending.value) return false;
    const key = JSON.stringify([asked, text, ids.value]);
    const client_msg_id = keys.get(key) ?? newClientMsgId();
    keys.set(key, client_msg_id);
    sending.value = true;
    problem.value = null;
    try {
      await attachmentApi.say(asked, client_msg_id, text, term, ids.value);
      keys.delete(key);
      sent(asked);
      return true;
    } catch (error) {
      problem.value = wordsOf(error, words.notSent);
      return false;
    } finally {
      sending.value = false;
      void thread.reload();
    }
  }

  function sent(conversation: string): void {
    if (conversation === thread.id) known.value = { ...known.value, files: [] };
  }

  function wordsOf(error: unknown, otherwise: string): string {
    return error instanceof Problem && error.message !== "" ? error.message : otherwise;
  }

  watch(
    () => [thread.id, thread.holdsIt] as const,
    ([id, mine], before) => {
      if (id !== before?.[0]) {
        known.value = EMPTY;
        problem.value = null;
      }
      if (mine) void read();
    },
    { immediate: true },
  );

  return { known, files, ids, full, uploading, problem, sending, add, drop, say, sent };
});
