/**
 * The speech of a browser, for the tests in Chromium, which has no voices of its own: put on the
 * page before its scripts. A test sets `fakeSpeech.voices` and ends a piece with `finish`.
 */
(() => {
  const synthesis = new EventTarget();
  const fake = { voices: [], said: [], speaking: null };
  const end = (type) => {
    const utterance = fake.speaking;
    fake.speaking = null;
    utterance?.[`on${type}`]?.();
  };
  fake.finish = () => end("end");
  fake.load = (...languages) => {
    fake.voices = languages.map((lang) => ({ lang, name: lang, voiceURI: lang, localService: true, default: false }));
    synthesis.dispatchEvent(new Event("voiceschanged"));
  };
  synthesis.getVoices = () => fake.voices;
  synthesis.speak = (utterance) => {
    fake.speaking = utterance;
    fake.said.push([utterance.voice.lang, utterance.text]);
  };
  synthesis.cancel = () => end("error");
  class Utterance {
    constructor(text) {
      this.text = text;
    }
  }
  window.fakeSpeech = fake;
  Object.defineProperty(window, "speechSynthesis", { value: synthesis });
  Object.defineProperty(window, "SpeechSynthesisUtterance", { value: Utterance });
})();
