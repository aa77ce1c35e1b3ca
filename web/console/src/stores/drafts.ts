import { defineStore } from "pinia";
import { reactive } from "vue";

import { draftKey, emptyDraft, hasText, isDraft, isStale, type Draft, type Mode, type Way } from "../state/drafts";
import { browserKeep, keepKeyOf, readJson } from "../state/keep";
import { useSession } from "./session";

/** What is typed and not sent, per conversation. It survives a reload and the end of a login. */
export const useDrafts = defineStore("drafts", () => {
  const session = useSession();
  const loaded = reactive(new Map<string, Draft>());
  /** The draft somebody types in at this moment; other screens do not write over it. */
  let typedIn: string | null = null;
  let onTyped: (conversationId: string, mode: Mode) => void = () => undefined;

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
    draft.dirty = [...new Set([...(draft.dirty ?? []), mode])];
    save(conversationId, draft);
    onTyped(conversationId, mode);
  }

  /** The server has this text under this revision; `kept` when it is all that was typed. */
  function settle(conversationId: string, mode: Mode, text: string, revision: number, kept: boolean): void {
    const draft = of(conversationId);
    draft[mode] = text;
    draft.revisions = { ...draft.revisions, [mode]: revision };
    if (kept) draft.dirty = (draft.dirty ?? []).filter((one) => one !== mode);
    save(conversationId, draft);
  }

  function typing(conversationId: string | null): void {
    typedIn = conversationId === null ? null : keyFor(conversationId);
  }

  /** Somebody is really at this text box: its window is in front and the cursor is in it. */
  function isTypedIn(conversationId: string): boolean {
    return typedIn === keyFor(conversationId) && document.hasFocus();
  }

  function whenTyped(listener: (conversationId: string, mode: Mode) => void): void {
    onTyped = listener;
  }

  function setMode(conversationId: string, mode: Mode): void {
    const draft = of(conversationId);
    draft.mode = mode;
    save(conversationId, draft);
  }

  /** The channel that the reply goes by; null for the one the tenant used. */
  function setWay(conversationId: string, way: Way | null): void {
    const draft = of(conversationId);
    draft.way = way;
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
      if (key === typedIn && document.hasFocus()) return;
      loaded.set(key, readJson(browserKeep, key, isDraft) ?? emptyDraft());
    });
  }

  return {
    of, write, setMode, setWay, giveBack, isUnsent, dropStale, followOtherTabs,
    settle, typing, isTypedIn, whenTyped,
  };
});
