import { defineStore } from "pinia";

import { Problem } from "../api/problem";
import { type ServerDraft, writingApi } from "../api/writing";
import type { Mode } from "../state/drafts";
import { reconcile } from "../state/draftSync";
import { useDrafts } from "./drafts";

const PAUSE_MS = 600;
const RETRY_MS = 5000;
const MODES: readonly Mode[] = ["reply", "note"];

/** Keeps what is typed on the server too: for another computer, another tab, a lost browser. */
export const useDraftSync = defineStore("draft-sync", () => {
  const drafts = useDrafts();
  const timers = new Map<string, ReturnType<typeof setTimeout>>();
  const sending = new Set<string>();

  function later(id: string, mode: Mode, pause = PAUSE_MS): void {
    const key = `${mode} ${id}`;
    clearTimeout(timers.get(key));
    timers.set(key, setTimeout(() => void push(id, mode), pause));
  }

  async function push(id: string, mode: Mode): Promise<void> {
    const key = `${mode} ${id}`;
    timers.delete(key);
    if (sending.has(key)) return later(id, mode);
    const draft = drafts.of(id);
    if (!draft.dirty?.includes(mode)) return;
    const text = draft[mode];
    sending.add(key);
    try {
      const saved = await writingApi.putDraft(id, { kind: mode, text, revision: draft.revisions?.[mode] ?? 0 });
      const now = drafts.of(id)[mode];
      drafts.settle(id, mode, now, saved.revision, now === text);
      if (now !== text) later(id, mode);
      sending.delete(key);
    } catch (error) {
      sending.delete(key);
      await afterFailure(id, mode, error);
    }
  }

  async function afterFailure(id: string, mode: Mode, error: unknown): Promise<void> {
    if (!(error instanceof Problem) || error.passing) return later(id, mode, RETRY_MS);
    // Anything else than an older revision will not get better: the local copy is what is left.
    if (error.status === 409) await pull(id);
  }

  function takeIn(id: string, server: ServerDraft): void {
    const draft = drafts.of(id);
    const mode = server.kind;
    // Our own words are on their way: what the server said meanwhile is older than they are.
    if (sending.has(`${mode} ${id}`)) return;
    const revision = draft.revisions?.[mode] ?? 0;
    const local = { text: draft[mode], revision, dirty: draft.dirty?.includes(mode) ?? false };
    const focused = drafts.isTypedIn(id) && draft.mode === mode;
    if (server.revision < revision && !local.dirty) return;
    const agreed = reconcile(local, server, focused);
    drafts.settle(id, mode, agreed.text, agreed.revision, !agreed.push);
    if (agreed.push) later(id, mode);
  }

  /** Read what other screens wrote. What was typed here before this existed goes up. */
  async function pull(id: string): Promise<void> {
    try {
      const found = (await writingApi.drafts(id)).drafts;
      for (const mode of MODES) {
        const known = found.find((one) => one.kind === mode);
        takeIn(id, known ?? { kind: mode, text: "", revision: 0 });
      }
    } catch {
      // The local copy holds; the next opening or hint reads again.
    }
  }

  function start(): void {
    drafts.whenTyped((id, mode) => later(id, mode));
  }

  return { start, pull };
});
