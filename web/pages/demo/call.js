// A device for calling: what is said is spoken by the browser and written down.

import { ask, icon, icons, make } from "./dom.js";
import { canListen, hushed, listenOnce, speak } from "./speech.js";
import { troubleChoice } from "./trouble.js";
import { words } from "./words.js";

const KEYS = ["1", "2", "3", "4", "5", "6", "7", "8", "9", "*", "0", "#"];
const OVER = new Set(["idle", "ended", "unreachable"]);
const ENDINGS = ["taken", "busy", "no-answer"];

export class CallDevice {
  constructor(holder) {
    this.holder = holder;
    this.count = 0;
    this.fresh = true;
    this.log = make("div", { class: "log", role: "log", tabindex: 0, "aria-label": words.log.phone });
    this.empty = make("p", { class: "empty" }, words.call.nothing);
    this.state = make("p", { class: "state", role: "status" }, words.call.idle);
    this.notice = make("p", { class: "notice", role: "status" });
    this.aloud = make("input", { type: "checkbox", id: "aloud", checked: true });
    this.aloud.addEventListener("change", hushed);
    this.trouble = troubleChoice("phone", words.troublePhone);
    this.button = make("button", { type: "button", class: "dial", onclick: () => this.#dialOrHangUp() });
    this.talk = this.#talk();
    this.keypad = make("div", { class: "keypad", role: "group", "aria-label": words.call.keypad },
      ...KEYS.map((key) => make("button", {
        type: "button", "aria-label": words.call.key(key), onclick: () => this.#step("press", { key }),
      }, key)));
    this.colleague = make("div", { class: "colleague", role: "group", "aria-label": words.call.colleague },
      make("p", {}, words.call.colleague),
      ...ENDINGS.map((step) => make("button", { type: "button", onclick: () => this.#step(step) }, words.call[step])));
    this.element = make("section", { class: "device phone", id: "device-phone", "aria-labelledby": "title-phone" },
      make("div", { class: "shell" },
        make("div", { class: "bar" },
          make("h2", { id: "title-phone" }, words.devices.phone.title),
          this.state,
          make("label", { class: "aloud" }, this.aloud, " ", words.call.aloud)),
        make("div", { class: "screen" }, this.empty, this.log),
        this.notice, this.talk, this.colleague, this.keypad,
        make("div", { class: "foot" },
          make("button", { type: "button", class: "quiet while-listening", onclick: () => this.#step("silent") }, words.call.silent),
          this.button)),
      this.trouble.element);
    this.#become("idle", "");
  }

  clear() {
    hushed();
    this.count = 0;
    this.fresh = true;
    this.log.replaceChildren();
    this.#become("idle", "");
  }

  show(device, call) {
    this.trouble.show(device);
    if (call.lines.length < this.count) this.#forget();
    const added = call.lines.slice(this.count);
    this.count = call.lines.length;
    this.empty.hidden = this.count > 0;
    for (const line of added) {
      this.log.append(make("div", { class: line.mine ? "mine" : "theirs" },
        make("span", { class: "only-heard" }, line.mine ? words.mine : words.theirs, ": "),
        make("div", { class: "bubble" }, make("p", { class: "text" }, line.text))));
      // What was said before the page was opened is read, not heard.
      if (!line.mine && this.aloud.checked && !this.fresh) speak(line.text);
    }
    if (added.length) this.log.scrollTop = this.log.scrollHeight;
    this.fresh = false;
    if (device.on) this.#become(call.state, call.rang);
    else this.#real();
  }

  suggest(text) {
    this.input.value = text;
  }

  #forget() {
    this.count = 0;
    this.log.replaceChildren();
  }

  #become(state, rang) {
    const listening = state === "listening", over = OVER.has(state);
    this.now = state;
    this.state.textContent = state === "ringing" ? words.call.ringing(rang) : words.call[state];
    this.button.classList.toggle("hang-up", !over);
    this.button.replaceChildren(icon(icons.phone), over ? words.call.start : words.call.hangUp);
    this.colleague.hidden = state !== "ringing";
    this.talk.hidden = this.keypad.hidden = state === "ringing";
    for (const control of this.element.querySelectorAll(".talk button, .keypad button, .while-listening")) {
      control.disabled = !listening;
    }
    if (over) hushed();
  }

  #real() {
    this.notice.textContent = words.real;
    this.talk.hidden = this.keypad.hidden = this.colleague.hidden = this.element.querySelector(".foot").hidden = true;
  }

  #talk() {
    this.input = make("input", { id: "say", autocomplete: "off", maxlength: 1000, placeholder: words.call.say });
    const microphone = canListen()
      ? make("button", { type: "button", class: "add", "aria-label": words.call.microphone, title: words.call.microphone, onclick: () => this.#listen() }, icon(icons.microphone))
      : null;
    return make("form", {
      class: "composer talk",
      onsubmit: (event) => { event.preventDefault(); this.#say(); },
    },
      microphone,
      make("label", { class: "only-heard", for: "say" }, words.call.say),
      this.input,
      make("button", { type: "submit", class: "say" }, words.call.sayIt));
  }

  async #listen() {
    hushed();
    const heard = await listenOnce();
    if (heard) this.#step("say", { words: heard });
    else this.notice.textContent = words.call.noMicrophone;
  }

  #say() {
    const said = this.input.value.trim();
    if (!said || this.now !== "listening") return;
    this.input.value = "";
    this.#step("say", { words: said });
  }

  #dialOrHangUp() {
    if (!OVER.has(this.now)) return this.#step("hang-up");
    this.#forget();
    return this.#step("dial");
  }

  async #step(step, more = {}) {
    hushed();
    this.notice.textContent = "";
    try {
      await ask("POST", "call", { number: this.holder().number, step, ...more });
    } catch {
      this.notice.textContent = words.call.unreachable;
    }
  }
}
