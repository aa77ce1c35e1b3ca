import { defineStore } from "pinia";
import { ref } from "vue";

import { listsApi, type Doing, type Viewer } from "../api/lists";
import { sameId } from "../api/ids";
import { now } from "../live/clock";
import { useSession } from "./session";

/** The server forgets a screen after 30 seconds. */
const RENEW_MS = 12_000;
const IDLE_MS = 120_000;
const TYPING_MS = 6_000;

/** Which colleagues have which conversation open, and what is told of this screen. */
export const useViewing = defineStore("viewing", () => {
  const session = useSession();
  const open = ref<Record<string, Viewer[]>>({});
  let current: string | null = null;
  let told: Doing = "gone";
  let typedAt = 0;
  let movedAt = Date.now();
  let timer: ReturnType<typeof setInterval> | null = null;

  function doing(): Doing {
    if (Date.now() - typedAt < TYPING_MS) return "typing";
    return document.hidden || Date.now() - movedAt > IDLE_MS ? "idle" : "viewing";
  }

  function others(id: string): Viewer[] {
    return (open.value[id] ?? []).filter(
      (viewer) => !sameId(viewer.id, session.agent?.id) && Date.parse(viewer.until) > now.value,
    );
  }

  function heard(data: string): void {
    const hint = JSON.parse(data) as { id: string; viewers: Viewer[] };
    open.value = { ...open.value, [hint.id]: hint.viewers };
  }

  async function say(id: string, what: Doing): Promise<void> {
    const answer = await listsApi.viewing(id, what).catch(() => null);
    if (answer !== null && what !== "gone") open.value = { ...open.value, [id]: answer.viewers };
  }

  function renew(): void {
    if (current === null || session.status !== "in") return;
    told = doing();
    void say(current, told);
  }

  /** What is on the screen now; null for nothing. */
  function look(id: string | null): void {
    if (current !== null && current !== id) void say(current, "gone");
    current = id;
    typedAt = 0;
    renew();
  }

  function onKey(event: KeyboardEvent): void {
    movedAt = Date.now();
    if (event.target instanceof HTMLTextAreaElement) typedAt = Date.now();
    if (doing() !== told) renew();
  }

  function onMove(): void {
    movedAt = Date.now();
  }

  async function start(): Promise<void> {
    timer ??= setInterval(renew, RENEW_MS);
    window.addEventListener("keydown", onKey);
    window.addEventListener("pointermove", onMove, { passive: true });
    const answer = await listsApi.allViewing().catch(() => null);
    if (answer !== null) open.value = answer.viewing;
  }

  function stop(): void {
    look(null);
    if (timer !== null) clearInterval(timer);
    timer = null;
    window.removeEventListener("keydown", onKey);
    window.removeEventListener("pointermove", onMove);
  }

  return { open, others, heard, look, start, stop };
});
