import { defineStore } from "pinia";
import { ref } from "vue";

import type { Conversation } from "../api/types";
import { nl } from "../nl";
import { urgentLabel } from "../state/labels";

const QUIET_MS = 10_000;

/** Speaks to screen readers. New conversations are gathered so that a busy hour is no drum. */
export const useAnnouncer = defineStore("announcer", () => {
  const polite = ref("");
  const urgent = ref("");
  let gathered = 0;
  let timer: ReturnType<typeof setTimeout> | null = null;
  let flip = false;

  /** The same sentence twice is read twice only when the text differs: an invisible mark does it. */
  function fresh(text: string): string {
    flip = !flip;
    return flip ? text : `${text}\u00a0`;
  }

  function say(text: string): void {
    polite.value = fresh(text);
  }

  function speakGathered(): void {
    timer = null;
    if (gathered === 0) return;
    say(nl.list.newWaiting(gathered));
    gathered = 0;
    timer = setTimeout(speakGathered, QUIET_MS);
  }

  /** Urgent ones are not counted here: they have a voice of their own. */
  function newWaiting(list: readonly Conversation[]): void {
    gathered += list.filter((conversation) => !conversation.urgent).length;
    if (timer === null) speakGathered();
  }

  function newUrgent(list: readonly Conversation[]): void {
    for (const one of list) urgent.value = fresh(nl.list.newUrgent(urgentLabel(one)));
  }

  return { polite, urgent, say, newWaiting, newUrgent };
});
