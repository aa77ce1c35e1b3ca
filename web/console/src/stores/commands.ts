import { defineStore } from "pinia";
import { computed, ref } from "vue";
import { useRouter } from "vue-router";

import type { Transfer } from "../api/routing";
import { canRun, COMMANDS, type CommandId } from "../keys/commands";
import { keyOf } from "../keys/keymap";
import { settings as words } from "../nl/settings";
import { neighbour, type Bucket } from "../state/queue";
import { useAnnouncer } from "./announcer";
import { useComposer } from "./composer";
import { useConversations } from "./conversations";
import { useSettings } from "./settings";
import { useTab } from "./tab";
import { useThread } from "./thread";

/** Runs what a key, a choice in the palette or a button asks for, and knows what can run now. */
export const useCommands = defineStore("commands", () => {
  const router = useRouter();
  const conversations = useConversations();
  const thread = useThread();
  const composer = useComposer();
  const tab = useTab();
  const settings = useSettings();
  const announcer = useAnnouncer();
  const helpOpen = ref(false);
  const paletteOpen = ref(false);
  /** Which answer of the question before closing comes first; `null`: it is not asked. */
  const closing = ref<"stay" | "next" | null>(null);
  const transferOpen = ref(false);
  /** A colleague that was chosen elsewhere; the menu of handing over asks for the note. */
  const transferTo = ref<{ name: string; how: Transfer } | null>(null);

  const firstUrgent = computed(() => {
    const { waiting, mine } = conversations.buckets;
    return [...waiting, ...mine].find((one) => one.urgent && one.id !== thread.id);
  });
  const scene = computed(() => ({
    open: thread.id !== null && thread.status === "ready",
    takeable: thread.canTake && thread.busy === null,
    held: thread.holdsIt && thread.busy === null,
    urgent: firstUrgent.value !== undefined,
  }));
  const runnable = computed(() => COMMANDS.filter((one) => canRun(one, scene.value)));

  const go = (id: string): void => void router.push({ name: "conversation", params: { id } });

  function walk(step: 1 | -1): void {
    const next = neighbour(conversations.buckets[tab.current], thread.id, step);
    if (next !== undefined) go(next.id);
  }

  async function take(): Promise<void> {
    if (await thread.take()) composer.focus("reply");
  }

  function show(bucket: Bucket): void {
    tab.show(bucket);
    void router.push("/");
  }

  function dossier(): void {
    const query = { panel: "dossier" };
    void router.push({ name: "conversation", params: { id: thread.id ?? "" }, query });
  }

  function toggleSound(): void {
    const sound = !settings.wishes.sound;
    settings.change({ sound });
    announcer.say(sound ? words.notification.soundOn : words.notification.soundOff);
  }

  const runs: Record<CommandId, () => void> = {
    next: () => walk(1),
    previous: () => walk(-1),
    urgent: () => firstUrgent.value !== undefined && go(firstUrgent.value.id),
    take: () => void take(),
    reply: () => composer.focus("reply"),
    note: () => composer.focus("note"),
    transfer: () => (transferOpen.value = true),
    close: () => (closing.value = "stay"),
    close_next: () => (closing.value = "next"),
    dossier,
    waiting: () => show("waiting"),
    mine: () => show("mine"),
    colleagues: () => show("colleagues"),
    assistant: () => show("assistant"),
    palette: () => (paletteOpen.value = !paletteOpen.value),
    sound: toggleSound,
    settings: () => void router.push({ name: "settings" }),
    help: () => (helpOpen.value = true),
  };

  function run(id: CommandId): void {
    if (runnable.value.some((one) => one.id === id)) runs[id]();
  }

  /** The name of a command with its key behind it, for the title of a button. */
  function title(id: CommandId): string {
    const key = settings.shortcuts ? keyOf(id, settings.wishes.keys) : "";
    return words.withKey(words.commands[id].name, key);
  }

  return {
    helpOpen, paletteOpen, closing, transferOpen, transferTo, firstUrgent, runnable, run, title, go,
  };
});
