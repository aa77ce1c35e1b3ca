import { defineStore } from "pinia";
import { computed, ref } from "vue";

import { listsApi, type Label, type SavedView, type TopicChoice } from "../api/lists";
import { Problem } from "../api/problem";
import type { Conversation } from "../api/types";
import { lists as words } from "../nl/lists";
import { useConversations } from "./conversations";
import { useNotices } from "./notices";
import { useSession } from "./session";
import { useThread } from "./thread";

type Moved = { conversation: Conversation };

/** What there is to choose from, and the steps that put a conversation in its place. */
export const useLists = defineStore("lists", () => {
  const conversations = useConversations();
  const thread = useThread();
  const notices = useNotices();
  const session = useSession();
  const labels = ref<Label[]>([]);
  const topics = ref<TopicChoice[]>([]);
  const channels = ref<Record<string, string>>({});
  const caseUrl = ref<string | null>(null);
  const views = ref<SavedView[]>([]);
  const byId = computed(() => new Map(labels.value.map((label) => [label.id, label])));
  const leads = computed(() =>
    ["lead", "admin"].some((role) => session.agent?.roles?.includes(role)),
  );

  async function load(): Promise<void> {
    try {
      const setup = await listsApi.setup();
      labels.value = setup.labels;
      topics.value = setup.topics;
      channels.value = setup.channels;
      caseUrl.value = setup.case_url;
    } catch {
      // Read again when a menu opens.
    }
  }

  async function loadViews(): Promise<void> {
    views.value = await listsApi.views().then((answer) => answer.views, () => views.value);
  }

  function told(error: unknown): string {
    return error instanceof Problem && error.message !== "" ? error.message : words.failed;
  }

  /** Take a step and show what came of it; false when it did not go through. */
  async function step<T extends Moved>(run: () => Promise<T>): Promise<T | null> {
    try {
      const answer = await run();
      conversations.apply(answer.conversation);
      if (thread.id === answer.conversation.id) void thread.reload();
      return answer;
    } catch (error) {
      notices.show(told(error));
      return null;
    }
  }

  async function toggleLabel(conversation: Conversation, label: Label): Promise<void> {
    const has = (conversation.labels ?? []).includes(label.id);
    const add = () => listsApi.addLabel(conversation.id, label.id);
    const remove = () => listsApi.removeLabel(conversation.id, label.id);
    if ((await step(has ? remove : add)) === null) return;
    const run = () => void step(has ? add : remove);
    const said = has ? words.labels.taken(label.name) : words.labels.given(label.name);
    notices.show(said, { label: words.undo, run });
  }

  const undoSnooze = (id: string) => step(() => listsApi.wake(id));

  async function snooze(id: string, until: number, said: string): Promise<boolean> {
    const moment = new Date(until).toISOString();
    if ((await step(() => listsApi.snooze(id, moment))) === null) return false;
    notices.show(said, { label: words.undo, run: () => void undoSnooze(id) });
    return true;
  }

  async function correct(id: string, topic: string, queueName: (queue: string) => string) {
    const answer = await step(() => listsApi.correct(id, topic));
    if (answer === null) return;
    const queue = answer.other_queue;
    if (queue === null) return notices.show(words.topic.done);
    const run = async (): Promise<void> => {
      if (await step(() => listsApi.move(id, queue))) notices.show(words.topic.moved);
    };
    const action = { label: words.topic.move(queueName(queue)), run: () => void run() };
    notices.show(words.topic.done, action);
  }

  return {
    labels, topics, channels, caseUrl, views, byId, leads,
    load, loadViews, step, told, toggleLabel, snooze, undoSnooze, correct,
  };
});
