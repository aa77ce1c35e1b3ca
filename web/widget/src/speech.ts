/** The browser's own voice. Nothing leaves the phone: see `chooseVoice`. */

import type { Speech } from "./reader";

/** A little slower than usual: many who listen are not used to Dutch. */
const RATE = 0.9;

export function browserSpeech(onVoices: () => void, signal: AbortSignal): Speech | null {
  const synthesis = window.speechSynthesis as SpeechSynthesis | undefined;
  if (!synthesis || !("SpeechSynthesisUtterance" in window)) return null;
  // Older Safari has voices but no events for them.
  synthesis.addEventListener?.("voiceschanged", onVoices, { signal });
  // Held on to: Chrome drops an utterance nobody holds, and then never says that it ended.
  let held: SpeechSynthesisUtterance | null = null;
  return {
    voices: () => synthesis.getVoices(),
    say: (piece, voice, ended) => {
      held = new SpeechSynthesisUtterance(piece);
      held.voice = voice;
      held.lang = "nl-NL";
      held.rate = RATE;
      held.onend = () => ended(true);
      held.onerror = () => ended(false);
      synthesis.speak(held);
    },
    stop: () => {
      held = null;
      synthesis.cancel();
    },
  };
}
