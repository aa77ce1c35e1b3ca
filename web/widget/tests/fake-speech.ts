/** A phone that reads aloud, in memory: what it was told to say, and when it is done. */

import type { Speech } from "../src/reader";

export class FakeSpeech implements Speech {
  /** Pieces given to the phone, in order, each with the voice it was said in. */
  readonly said: { piece: string; voice: string }[] = [];
  stops = 0;
  private ended: ((well: boolean) => void) | null = null;

  constructor(public installed: SpeechSynthesisVoice[] = [voice("nl-NL")]) {}

  voices(): readonly SpeechSynthesisVoice[] {
    return this.installed;
  }

  say(piece: string, inVoice: SpeechSynthesisVoice, ended: (well: boolean) => void): void {
    this.said.push({ piece, voice: inVoice.name });
    this.ended = ended;
  }

  /** As browsers do: what is broken off still reports its end, and not as a good one. */
  stop(): void {
    this.stops += 1;
    this.finish(false);
  }

  finish(well = true): void {
    const ended = this.ended;
    this.ended = null;
    ended?.(well);
  }

  pieces(): string[] {
    return this.said.map(({ piece }) => piece);
  }
}

export function voice(lang: string, facts: Partial<SpeechSynthesisVoice> = {}): SpeechSynthesisVoice {
  return { lang, name: lang, voiceURI: lang, localService: true, default: false, ...facts };
}
