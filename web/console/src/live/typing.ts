import { api } from "../api/client";

const BEAT_MS = 4000;
const IDLE_MS = 6000;

export interface TypingSignal {
  beat: () => void;
  stop: () => void;
}

/** Tells the tenant that somebody types: at most once per four seconds, and when it stops. */
export function typingSignal(conversationId: string): TypingSignal {
  let last = 0;
  let isTyping = false;
  let idle: ReturnType<typeof setTimeout> | null = null;

  /** A courtesy: when it fails nothing is lost. */
  function tell(typing: boolean): void {
    api.typing(conversationId, typing).catch(() => undefined);
  }

  function stop(): void {
    if (idle !== null) clearTimeout(idle);
    idle = null;
    if (!isTyping) return;
    isTyping = false;
    last = 0;
    tell(false);
  }

  function beat(): void {
    if (idle !== null) clearTimeout(idle);
    idle = setTimeout(stop, IDLE_MS);
    if (Date.now() - last < BEAT_MS) return;
    last = Date.now();
    isTyping = true;
    tell(true);
  }

  return { beat, stop };
}
