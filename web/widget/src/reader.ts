/** Reads messages aloud, one at a time. Decides; the talking itself is the phone's (`Speech`). */

import { piecesOf } from "./spoken";

export interface Speech {
  voices(): readonly SpeechSynthesisVoice[];
  /** Says one piece; `ended` hears once whether it was said to its end. */
  say(piece: string, voice: SpeechSynthesisVoice, ended: (well: boolean) => void): void;
  stop(): void;
}

export interface Reading {
  /** There is a Dutch voice on this phone. */
  readonly possible: boolean;
  /** Of the message that is being read, as in the thread. */
  readonly key: string | null;
}

export class Reader {
  private voice: SpeechSynthesisVoice | null = null;
  private key: string | null = null;
  private rest: string[] = [];

  /** @param speech null where the browser cannot speak. */
  constructor(
    private readonly speech: Speech | null,
    private readonly onChange: (reading: Reading) => void,
  ) {}

  get reading(): Reading {
    return { possible: this.voice !== null, key: this.key };
  }

  /** Voices load late, and not every browser says when: cheap enough to ask often. */
  lookForVoice(): void {
    const before = this.voice !== null;
    this.voice = chooseVoice(this.speech?.voices() ?? []);
    if (before === (this.voice !== null)) return;
    if (before) this.stop();
    this.onChange(this.reading);
  }

  /** Starts a message, or stops it when it is the one being read. */
  toggle(key: string, text: string): void {
    const again = this.key === key;
    this.stop();
    if (again || !this.voice) return;
    this.key = key;
    this.rest = piecesOf(text);
    this.goOn();
    this.onChange(this.reading);
  }

  stop(): void {
    if (this.key === null) return;
    // Emptied first: the phone reports the piece that is broken off, and nobody must go on.
    this.key = null;
    this.rest = [];
    this.speech?.stop();
    this.onChange(this.reading);
  }

  private goOn(): void {
    const piece = this.rest.shift();
    const rest = this.rest;
    if (piece === undefined || !this.voice) {
      this.key = null;
      return;
    }
    this.speech?.say(piece, this.voice, (well) => {
      // A late word about a message that has been left.
      if (rest !== this.rest) return;
      if (!well) this.rest = [];
      this.goOn();
      if (this.key === null) this.onChange(this.reading);
    });
  }
}

/** Only voices on the phone itself: others send what the chat says to their maker. */
export function chooseVoice(voices: readonly SpeechSynthesisVoice[]): SpeechSynthesisVoice | null {
  const dutch = voices.filter((voice) => voice.localService && /^nl\b/i.test(language(voice)));
  const near = dutch.filter((voice) => /^nl-nl\b/i.test(language(voice)));
  const best = near.length ? near : dutch;
  return best.find((voice) => voice.default) ?? best[0] ?? null;
}

/** Android writes nl_NL. */
function language(voice: SpeechSynthesisVoice): string {
  return voice.lang.replace("_", "-");
}
