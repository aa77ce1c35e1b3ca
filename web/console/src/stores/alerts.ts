import { defineStore } from "pinia";
import { watch } from "vue";
import { useRouter } from "vue-router";

import { notify } from "../live/notification";
import { inOneTab } from "../live/oneTab";
import { canSound, play, wakeSound } from "../live/sound";
import { settings as words } from "../nl/settings";
import { mayAlert } from "../state/quiet";
import { newlyUrgent, newlyWaiting, urgentIds, waitingIds } from "../state/queue";
import { useConversations } from "./conversations";
import { usePresence } from "./presence";
import { useSettings } from "./settings";

interface News {
  conversationId: string;
  isUrgent: boolean;
}

/** Makes itself heard when somebody starts to wait, something turns urgent, or something is offered. */
export const useAlerts = defineStore("alerts", () => {
  const conversations = useConversations();
  const presence = usePresence();
  const settings = useSettings();
  const router = useRouter();
  let stops: (() => void)[] = [];

  function alert({ conversationId, isUrgent }: News): void {
    const wishes = settings.wishes;
    if (!mayAlert(wishes, isUrgent, Date.now())) return;
    const name = `${conversationId}.${isUrgent ? "urgent" : "calm"}`;
    if (wishes.sound && canSound()) void inOneTab(`sound.${name}`, () => play(isUrgent, wishes.volume));
    if (!wishes.notify || document.hasFocus()) return;
    const title = isUrgent ? words.notification.urgent : words.notification.normal;
    const open = (): void => void router.push({ name: "conversation", params: { id: conversationId } });
    void inOneTab(`notice.${name}`, () => notify(title, conversationId, open));
  }

  /** One sound for all that came at once; urgent wins. */
  function tell(news: readonly News[]): void {
    const first = news.find((one) => one.isUrgent) ?? news[0];
    if (first !== undefined) alert(first);
  }

  function watchQueue(): () => void {
    let waiting: Set<string> | null = null;
    let urgent = new Set<string>();
    return watch(
      () => (conversations.status === "ready" ? [...conversations.byId.values()] : null),
      (list) => {
        if (list === null) return;
        const fresh = waiting === null ? [] : newlyWaiting(waiting, list);
        const pressing = waiting === null ? [] : newlyUrgent(urgent, list);
        waiting = waitingIds(list);
        urgent = urgentIds(list);
        const urgentOnes = new Set(pressing.map((one) => one.id));
        tell([
          ...pressing.map((one) => ({ conversationId: one.id, isUrgent: true })),
          ...fresh.filter((one) => !urgentOnes.has(one.id))
            .map((one) => ({ conversationId: one.id, isUrgent: one.urgent })),
        ]);
      },
      { immediate: true },
    );
  }

  function watchOffers(): () => void {
    return watch(
      () => presence.offers,
      (now, before) => {
        const known = new Set(before.map((one) => one.id));
        tell(now.filter((one) => !known.has(one.id))
          .map((one) => ({ conversationId: one.conversation_id, isUrgent: one.urgent })));
      },
    );
  }

  function watchAlarms(): () => void {
    return watch(
      () => presence.alarms.map((one) => `${one.conversation_id} ${one.times}`),
      (now, before) => {
        const fresh = now.find((one) => !before.includes(one));
        if (fresh !== undefined) alert({ conversationId: fresh.split(" ")[0] ?? "", isUrgent: true });
      },
    );
  }

  /** How many wait, on the icon of the installed console. Not every browser has it. */
  function watchCount(): () => void {
    return watch(
      () => conversations.waitingCount,
      (count) => void navigator.setAppBadge?.(count)?.catch(() => undefined),
    );
  }

  function start(): void {
    for (const event of ["pointerdown", "keydown"] as const) window.addEventListener(event, wakeSound);
    stops = [watchQueue(), watchOffers(), watchAlarms(), watchCount()];
  }

  function stop(): void {
    for (const event of ["pointerdown", "keydown"] as const) window.removeEventListener(event, wakeSound);
    for (const one of stops) one();
    stops = [];
  }

  return { start, stop };
});
