// The browser's own voice and ear, in Dutch. Both may be missing.

const Recognition = window.SpeechRecognition ?? window.webkitSpeechRecognition;
const LANGUAGE = "nl-NL";

export function speak(text) {
  if (!window.speechSynthesis) return;
  const said = new SpeechSynthesisUtterance(text);
  said.lang = LANGUAGE;
  said.voice = speechSynthesis.getVoices().find((voice) => voice.lang.replace("_", "-") === LANGUAGE) ?? null;
  speechSynthesis.speak(said);
}

/** Whoever speaks is interrupted. */
export function hushed() {
  window.speechSynthesis?.cancel();
}

export function canListen() {
  return Boolean(Recognition);
}

/** What was said; "" when nothing was heard or the microphone may not be used. */
export function listenOnce() {
  return new Promise((resolve) => {
    const ear = new Recognition();
    ear.lang = LANGUAGE;
    ear.addEventListener("result", (event) => resolve(event.results[0][0].transcript));
    ear.addEventListener("error", () => resolve(""));
    ear.addEventListener("end", () => resolve(""));
    ear.start();
  });
}
