interface Tone {
  hertz: number;
  /** Seconds from the start. */
  at: number;
  long: number;
}

/** Calm and falling; urgent rises and comes three times, so that the ear tells them apart. */
const CALM: readonly Tone[] = [
  { hertz: 660, at: 0, long: 0.18 },
  { hertz: 528, at: 0.2, long: 0.28 },
];
const URGENT: readonly Tone[] = [0, 0.45, 0.9].flatMap((at) => [
  { hertz: 784, at, long: 0.14 },
  { hertz: 1047, at: at + 0.16, long: 0.18 },
]);
const LOUDEST = 0.35;

let context: AudioContext | null = null;

/** A browser lets a page sound only after somebody touched it: call this at a touch or a key. */
export function wakeSound(): void {
  try {
    context ??= new AudioContext();
    if (context.state === "suspended") void context.resume().catch(() => undefined);
  } catch {
    context = null;
  }
}

export function canSound(): boolean {
  return context?.state === "running";
}

function sound(on: AudioContext, tone: Tone, loud: number): void {
  const voice = on.createOscillator();
  const gain = on.createGain();
  const from = on.currentTime + tone.at;
  voice.type = "triangle";
  voice.frequency.value = tone.hertz;
  // Without a slope at both ends a speaker clicks.
  gain.gain.setValueAtTime(0, from);
  gain.gain.linearRampToValueAtTime(loud, from + 0.02);
  gain.gain.linearRampToValueAtTime(0, from + tone.long);
  voice.connect(gain).connect(on.destination);
  voice.start(from);
  voice.stop(from + tone.long + 0.05);
}

/** `volume` in per cent. */
export function play(isUrgent: boolean, volume: number): void {
  wakeSound();
  const on = context;
  if (on === null || volume === 0) return;
  for (const tone of isUrgent ? URGENT : CALM) sound(on, tone, (LOUDEST * volume) / 100);
}
