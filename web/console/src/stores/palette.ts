import { defineStore } from "pinia";
import { computed, ref } from "vue";

import { sameId } from "../api/ids";
import { type Colleague, routingApi } from "../api/routing";
import { type CannedReply, writingApi } from "../api/writing";
import type { CommandId } from "../keys/commands";
import { keyOf } from "../keys/keymap";
import { nl } from "../nl";
import { settings as words } from "../nl/settings";
import { browserKeep, readJson } from "../state/keep";
import { type Found, remembered } from "../state/palette";
import { useCommands } from "./commands";
import { useComposer } from "./composer";
import { useConversations } from "./conversations";
import { useDrafts } from "./drafts";
import { useLists } from "./lists";
import { useSession } from "./session";
import { useSettings } from "./settings";
import { useThread } from "./thread";

const isNames = (value: unknown): value is string[] =>
  Array.isArray(value) && value.every((one) => typeof one === "string");

/** Everything the palette can find now, and what happens when it is chosen. */
export const usePalette = defineStore("palette", () => {
  const session = useSession();
  const settings = useSettings();
  const commands = useCommands();
  const conversations = useConversations();
  const thread = useThread();
  const drafts = useDrafts();
  const composer = useComposer();
  const lists = useLists();
  const colleagues = ref<Colleague[]>([]);
  const replies = ref<CannedReply[]>([]);
  const recent = ref<string[]>([]);

  const recentKey = (): string => `recent.${session.agentId}`;

  const ofCommands = computed(() =>
    commands.runnable.filter(({ id }) => id !== "palette").map(({ id }): Found => ({
      id, kind: "command", ...words.commands[id], hint: "",
      key: settings.shortcuts ? keyOf(id, settings.wishes.keys) : "",
    })),
  );
  const ofConversations = computed(() =>
    [...conversations.byId.values()].map((one): Found => ({
      id: `c-${one.id}`, kind: "conversation", key: "",
      name: one.topic_title ?? nl.conversationTitle(one.reference),
      words: (one.labels ?? []).map((label) => lists.byId.get(label)?.name ?? "").join(" "),
      hint: [one.reference, one.urgent ? nl.list.urgent : null, nl.channel(one.channel), one.held_by?.name]
        .filter((part) => part).join(" · "),
    })),
  );
  const ofColleagues = computed(() =>
    (thread.holdsIt ? colleagues.value : []).map((one): Found => ({
      id: `p-${one.id}`, kind: "colleague", key: "", name: words.palette.transferTo(one.name), words: "", hint: "",
    })),
  );
  const ofReplies = computed(() =>
    (thread.holdsIt ? replies.value : []).map((one): Found => ({
      id: `r-${one.key}`, kind: "reply", key: "", name: one.title, words: "", hint: one.text,
    })),
  );
  const all = computed(() => [
    ...ofCommands.value, ...ofConversations.value, ...ofColleagues.value, ...ofReplies.value,
  ]);

  /** What is not known yet is fetched at opening; the palette does not wait for it. */
  async function prepare(): Promise<void> {
    recent.value = readJson(browserKeep, recentKey(), isNames) ?? [];
    const id = thread.id;
    if (id === null || !thread.holdsIt) return;
    const [people, canned] = await Promise.all([
      routingApi.colleagues().catch(() => ({ colleagues: [] })),
      writingApi.canned(id).catch(() => ({ replies: [] })),
    ]);
    colleagues.value = people.colleagues.filter(
      (one) => one.status === "online" && !sameId(one.id, session.agent?.id) && one.load < one.capacity,
    );
    replies.value = canned.replies.filter((one) => one.actions.length === 0);
  }

  function insert(key: string): void {
    const reply = replies.value.find((one) => one.key === key);
    if (reply === undefined || thread.id === null) return;
    const typed = drafts.of(thread.id).reply.trimEnd();
    drafts.write(thread.id, "reply", typed === "" ? reply.text : `${typed}\n\n${reply.text}`);
    composer.focus("reply");
  }

  function choose(choice: Found): void {
    recent.value = remembered(recent.value, choice.id);
    browserKeep.set(recentKey(), JSON.stringify(recent.value));
    const id = choice.id.slice(2);
    const person = colleagues.value.find((one) => one.id === id);
    if (choice.id.startsWith("c-")) commands.go(id);
    else if (choice.id.startsWith("r-")) insert(id);
    else if (choice.id.startsWith("p-")) {
      if (person !== undefined) commands.transferTo = { name: person.name, how: { agent: person.id } };
    } else commands.run(choice.id as CommandId);
  }

  return { all, recent, prepare, choose };
});
