import { defineStore } from "pinia";
import { computed, ref, watch } from "vue";

import { Problem } from "../api/client";
import { newClientMsgId } from "../api/ids";
import { type Person, type PersonAddress, personApi } from "../api/person";
import type { Message } from "../api/types";
import { person as words } from "../nl/person";
import { sendBy as sendByWords } from "../nl/sendBy";
import { useAnnouncer } from "./announcer";
import { useConversations } from "./conversations";
import { useNotices } from "./notices";
import { useThread } from "./thread";

/** Who writes in the open conversation, and where else. */
export const usePerson = defineStore("person", () => {
  const thread = useThread();
  const notices = useNotices();
  const announcer = useAnnouncer();
  const conversations = useConversations();
  const known = ref<Person | null>(null);
  const busy = ref(false);
  /** One key per message and channel: a second click on a lost answer sends nothing twice. */
  const keys = new Map<string, string>();

  const here = computed(() => known.value?.joined.find((one) => one.here) ?? null);
  const others = computed(() => known.value?.joined.filter((one) => !one.here) ?? []);
  const reachable = computed(() => others.value.filter((one) => one.can_send));

  async function read(): Promise<void> {
    const asked = thread.id;
    if (asked === null) return;
    try {
      const found = await personApi.read(asked);
      if (asked === thread.id) known.value = found;
    } catch {
      // Knowing more of the tenant is extra; the conversation goes on without it.
    }
  }

  async function change(run: (id: string) => Promise<Person>, done: string): Promise<void> {
    const asked = thread.id;
    if (asked === null || busy.value) return;
    busy.value = true;
    try {
      const found = await run(asked);
      if (asked === thread.id) known.value = found;
      announcer.say(done);
    } catch (error) {
      tell(error);
    } finally {
      busy.value = false;
    }
  }

  const join = (other: string) => change((id) => personApi.join(id, other), words.joined);
  const part = (other: string) => change((id) => personApi.part(id, other), words.parted);

  /** Why an answer did not go, in words for staff; null when it went. */
  async function sayBy(to: PersonAddress, text: string, reason: string, key: string, files: string[] = []): Promise<string | null> {
    const now = thread.conversation;
    if (now === null || busy.value) return sendByWords.failed;
    const client_msg_id = keys.get(key) ?? newClientMsgId();
    keys.set(key, client_msg_id);
    busy.value = true;
    try {
      const what = { conversation: to.conversation, client_msg_id, text, reason, term: now.term, files };
      await personApi.sayElsewhere(now.id, what);
      notices.show(words.sentBy(to.channel_label));
      return null;
    } catch (error) {
      const said = error instanceof Problem ? error.message : "";
      return said === "" ? sendByWords.failed : said;
    } finally {
      busy.value = false;
      void thread.reload();
      void conversations.refresh();
    }
  }

  /** The words of a message that did not arrive, in the conversation on another channel. */
  async function sendBy(message: Message, to: PersonAddress): Promise<boolean> {
    if (message.text === null) return false;
    const key = `${message.id} ${to.conversation}`;
    const refused = await sayBy(to, message.text, sendByWords.reasons.failed, key);
    if (refused !== null) notices.show(refused);
    return refused === null;
  }

  /** An answer that is being written. The same words a second time are a second message. */
  async function answerBy(to: PersonAddress, text: string, reason: string, files: string[]): Promise<string | null> {
    const key = JSON.stringify([thread.id, to.conversation, text, reason, files]);
    const refused = await sayBy(to, text, reason, key, files);
    if (refused === null) keys.delete(key);
    return refused;
  }

  function tell(error: unknown): void {
    const said = error instanceof Problem ? error.message : "";
    notices.show(said === "" ? words.failed : said);
  }

  watch(
    () => [thread.id, thread.status === "ready"] as const,
    ([id, ready], before) => {
      if (id !== before?.[0]) known.value = null;
      if (ready) void read();
    },
    { immediate: true },
  );

  return { known, here, others, reachable, busy, read, join, part, sendBy, answerBy };
});
