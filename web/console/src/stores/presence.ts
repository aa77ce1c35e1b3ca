import { defineStore } from "pinia";
import { computed, ref } from "vue";

import { Problem } from "../api/problem";
import { routingApi, type Alarm, type Offer, type PresenceStatus, type Standing } from "../api/routing";
import { coalesce } from "../live/coalesce";
import { now, setServerTime } from "../live/clock";
import { routing as words } from "../nl/routing";
import { useConversations } from "./conversations";
import { useNotices } from "./notices";
import { useSession } from "./session";

/** The server forgets somebody after 90 seconds; a hidden tab may be held to once a minute. */
const BEAT_MS = 20_000;

/** How this person stands, and what is put before them. Each sign of life reads both. */
export const usePresence = defineStore("presence", () => {
  const session = useSession();
  const conversations = useConversations();
  const notices = useNotices();
  const status = ref<PresenceStatus | null>(null);
  const offered = ref<Offer[]>([]);
  const alarms = ref<Alarm[]>([]);
  const busy = ref(false);
  let timer: ReturnType<typeof setInterval> | null = null;

  const secondsLeft = (offer: Offer): number =>
    Math.max(0, Math.ceil((Date.parse(offer.expires_at) - now.value) / 1000));
  const offers = computed(() => offered.value.filter((offer) => secondsLeft(offer) > 0));

  function takeIn(standing: Standing): void {
    setServerTime(standing.now);
    status.value = standing.status;
    offered.value = standing.offers;
    alarms.value = standing.alarms;
  }

  const beat = coalesce(async () => {
    if (session.status !== "in" || timer === null) return;
    try {
      takeIn(await routingApi.presence());
    } catch {
      // The next beat or hint tries again; the line banner tells that the server is away.
    }
  });

  async function say(next: PresenceStatus, reassign = false): Promise<void> {
    try {
      takeIn(await routingApi.presence(next, reassign));
      if (reassign) void conversations.refresh();
    } catch {
      notices.show(words.presence.failed, null);
    }
  }

  /** The id of the conversation that is ours now; null when somebody else was first. */
  async function accept(offer: Offer): Promise<string | null> {
    return answer(async () => {
      const { conversation } = await routingApi.accept(offer.id);
      conversations.apply(conversation);
      return conversation.id;
    }, offer);
  }

  /** It is somebody's, or its wait ended: what was offered of it is over. */
  function moved(conversation: string): void {
    offered.value = offered.value.filter((offer) => offer.conversation_id !== conversation);
  }

  async function decline(offer: Offer): Promise<void> {
    await answer(async () => {
      await routingApi.decline(offer.id);
      return null;
    }, offer);
  }

  async function answer(run: () => Promise<string | null>, offer: Offer): Promise<string | null> {
    if (busy.value) return null;
    busy.value = true;
    try {
      return await run();
    } catch (error) {
      const told = error instanceof Problem ? error.message : "";
      notices.show(told === "" ? words.offers.gone : told, null);
      return null;
    } finally {
      offered.value = offered.value.filter((one) => one.id !== offer.id);
      busy.value = false;
      void beat();
      void conversations.refresh();
    }
  }

  async function acknowledge(alarm: Alarm): Promise<void> {
    await routingApi.acknowledge(alarm.conversation_id).catch(() => undefined);
    void beat();
  }

  /** Before logging out: no longer there, whether or not the server could be told. */
  async function leave(): Promise<void> {
    stop();
    await routingApi.presence("offline").catch(() => undefined);
  }

  function start(): void {
    if (timer === null) timer = setInterval(() => void beat(), BEAT_MS);
    void beat();
  }

  function stop(): void {
    if (timer !== null) clearInterval(timer);
    timer = null;
    status.value = null;
    offered.value = [];
    alarms.value = [];
  }

  return { status, offers, alarms, busy, secondsLeft, beat, say, accept, decline, moved, acknowledge, leave, start, stop };
});
