import { onBeforeUnmount, onMounted } from "vue";
import { useRouter } from "vue-router";

import { neighbour } from "../state/queue";
import { useConversations } from "../stores/conversations";
import { useComposer } from "../stores/composer";
import { useSettings } from "../stores/settings";
import { useTab } from "../stores/tab";
import { useThread } from "../stores/thread";
import { focusNextRegion } from "./regions";
import { isInField, shortcutFor, type KeyName } from "./shortcuts";

export function useWorkKeys(on: { help: () => void }): void {
  const router = useRouter();
  const conversations = useConversations();
  const settings = useSettings();
  const tab = useTab();
  const thread = useThread();
  const composer = useComposer();

  function walk(step: 1 | -1): void {
    const next = neighbour(conversations.buckets[tab.current], thread.id, step);
    if (next !== undefined) void router.push({ name: "conversation", params: { id: next.id } });
  }

  async function take(): Promise<void> {
    if (!thread.canTake) return;
    if (await thread.take()) composer.focus("reply");
  }

  const acts: Partial<Record<KeyName, () => void>> = {
    next: () => walk(1),
    previous: () => walk(-1),
    take: () => void take(),
    reply: () => composer.focus("reply"),
    note: () => composer.focus("note"),
    help: on.help,
  };

  function onKey(event: KeyboardEvent): void {
    if (event.defaultPrevented) return;
    const name = shortcutFor(event, isInField(event.target), settings.shortcuts);
    if (name === null) return;
    event.preventDefault();
    if (name === "region") focusNextRegion(event.shiftKey);
    else acts[name]?.();
  }

  onMounted(() => window.addEventListener("keydown", onKey));
  onBeforeUnmount(() => window.removeEventListener("keydown", onKey));
}
