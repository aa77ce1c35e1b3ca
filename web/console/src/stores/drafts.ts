import { defineStore } from "pinia";
import { reactive } from "vue";

import { draftKey, emptyDraft, hasText, isDraft, isStale, type Draft, type Mode } from "../state/drafts";
import { browserKeep, keepKeyOf, readJson } from "../state/keep";
import { useSession } from "./session";

/** What is typed and not sent, per conversation. It survives a reload and the end of a login. */
export const useDrafts = defineStore("drafts", () => {
  const session = useSession();
  const loaded = reactive(new Map<string, Draft>());

  function keyFor(conversationId: string): string {
    return draftKey(session.agentId, conversationId);
  }

  function of(conversationId: string): Draft {
    const key = keyFor(conversationId);
    const known = loaded.get(key);
    if (known !== undefined) return known;
    const stored = readJson(browserKeep, key, isDraft);
    loaded.set(key, stored ?? emptyDraft());
    return loaded.get(key) as Draft;
  }

  function save(conversationId: string, draft: Draft): void {
    const key = keyFor(conversationId);
    draft.savedAt = Date.now();
    if (hasText(draft)) browserKeep.set(key, JSON.stringify(draft));
    else browserKeep.drop(key);
  }

  function write(conversationId: string, mode: Mode, text: string): void {
    const draft = of(conversationId);
    draft[mode] = text;
    save(conversationId, draft);
  }

  function setMode(conversationId: string, mode: Mode): void {
    const draft = of(conversationId);
    draft.mode = mode;
    save(conversationId, draft);
  }

  /** Puts a text back without losing what was typed meanwhile. */
  function giveBack(conversationId: string, mode: Mode, text: string): void {
    const typed = of(conversationId)[mode].trim();
    write(conversationId, mode, typed === "" ? text : `${text}\n\n${typed}`);
  }

  function isUnsent(conversationId: string): boolean {
    return hasText(of(conversationId));
  }

  function dropStale(): void {
    for (const key of browserKeep.keys().filter((name) => name.startsWith("draft."))) {
      const draft = readJson(browserKeep, key, isDraft);
      if (draft === null || isStale(draft, Date.now())) browserKeep.drop(key);
    }
  }

  /** Another tab of the same person typed: take its text over. */
  function followOtherTabs(): void {
    window.addEventListener("storage", (event) => {
      const key = event.key === null ? null : keepKeyOf(event.key);
      if (key === null || !loaded.has(key)) return;
      loaded.set(key, readJson(browserKeep, key, isDraft) ?? emptyDraft());
    });
  }

  return { of, write, setMode, giveBack, isUnsent, dropStale, followOtherTabs };
});
