// A device for writing: WhatsApp, SMS or Telegram.

import { ask, icon, icons, make } from "./dom.js";
import { asJpeg } from "./photo.js";
import { troubleChoice } from "./trouble.js";
import { words } from "./words.js";

const SENDS_PHOTOS = new Set(["whatsapp", "telegram"]);
const TICKS = { queued: "◷", accepted: "◷", sent: "✓", delivered: "✓✓", read: "✓✓", failed: "!", undelivered: "!" };

export class ChatDevice {
  /** `holder()` gives who holds the phone now: `{name, number}`. */
  constructor(kind, holder) {
    this.kind = kind;
    this.holder = holder;
    this.shown = new Map();
    this.log = make("div", {
      class: "log", role: "log", tabindex: 0, "aria-label": words.log[kind],
    });
    this.empty = make("p", { class: "empty" }, words.empty);
    this.notice = make("p", { class: "notice", role: "status" });
    this.trouble = troubleChoice(kind, words.trouble);
    this.composer = this.#composer();
    this.element = make("section", { class: `device ${kind}`, id: `device-${kind}`, "aria-labelledby": `title-${kind}` },
      make("div", { class: "shell" },
        make("div", { class: "bar" },
          make("h2", { id: `title-${kind}` }, words.devices[kind].title),
          make("p", {}, words.corporation)),
        make("div", { class: "screen" }, this.empty, this.log),
        this.notice,
        this.composer),
      this.trouble.element);
  }

  /** Another person holds the phone: everything of the one before goes. */
  clear() {
    this.shown.clear();
    this.log.replaceChildren();
    this.notice.textContent = "";
    this.empty.hidden = false;
  }

  show(device, bubbles) {
    this.trouble.show(device);
    this.composer.hidden = !device.on;
    if (!device.on) this.notice.textContent = words.real;
    const atEnd = this.log.scrollTop + this.log.clientHeight > this.log.scrollHeight - 40;
    this.empty.hidden = bubbles.length > 0;
    for (const bubble of bubbles) this.#put(bubble);
    if (atEnd) this.log.scrollTop = this.log.scrollHeight;
  }

  suggest(text) {
    this.input.value = text;
  }

  #put(bubble) {
    const key = JSON.stringify(bubble);
    const before = this.shown.get(bubble.id);
    if (before?.key === key) return;
    if (before && before.rest === withoutStatus(bubble)) {
      before.element.querySelector(".about")?.replaceWith(this.#about(bubble));
      before.key = key;
      return;
    }
    const element = this.#bubble(bubble);
    if (before) before.element.replaceWith(element);
    else this.log.append(element);
    this.shown.set(bubble.id, { key, rest: withoutStatus(bubble), element });
  }

  #bubble(bubble) {
    const text = bubble.text ? make("p", { class: "text" }, bubble.text) : null;
    const file = bubble.photo
      ? make("img", { src: `/demo/api/files/${bubble.photo}`, alt: words.photoSent })
      : bubble.voice
        ? make("audio", { src: `/demo/api/files/${bubble.voice}`, controls: true, preload: "metadata", "aria-label": words.voiceNoteHeard })
        : null;
    return make("div", { class: bubble.mine ? "mine" : "theirs" },
      make("span", { class: "only-heard" }, bubble.mine ? words.mine : words.theirs, ": "),
      make("div", { class: "bubble" }, file, text, this.#about(bubble)),
      this.#choices(bubble.choices));
  }

  #about(bubble) {
    const about = make("p", { class: "about" });
    if (bubble.segments) about.append(words.sms(bubble.segments));
    const word = bubble.mine ? null : words.status[bubble.status];
    if (word) {
      about.append(bubble.segments ? " · " : "",
        make("span", { class: `tick ${bubble.status}`, title: words.statusHint },
          make("span", { "aria-hidden": "true" }, TICKS[bubble.status], " "), word));
    }
    return about;
  }

  #choices(choices) {
    if (!choices.length) return null;
    const buttons = choices.map((choice) =>
      make("li", {}, make("button", { type: "button", onclick: () => this.#send({ choice }) }, choice.title)));
    const list = make("ul", { class: "choices" }, ...buttons);
    if (choices[0].kind !== "list") return list;
    return make("details", { class: "list" }, make("summary", {}, words.list), list);
  }

  #composer() {
    this.input = make("textarea", { id: `message-${this.kind}`, rows: 1, maxlength: 10_000, placeholder: words.message });
    this.input.addEventListener("keydown", (event) => {
      if (event.key !== "Enter" || event.shiftKey || event.isComposing) return;
      event.preventDefault();
      form.requestSubmit();
    });
    const form = make("form", {
      class: "composer",
      onsubmit: (event) => { event.preventDefault(); this.#write(); },
    },
      ...this.#attachments(),
      make("label", { class: "only-heard", for: this.input.id }, `${words.message} ${words.devices[this.kind].title}`),
      this.input,
      make("button", { class: "send", type: "submit", "aria-label": `${words.send} ${words.devices[this.kind].title}` }, icon(icons.send)));
    return form;
  }

  #attachments() {
    if (!SENDS_PHOTOS.has(this.kind)) return [];
    const file = make("input", { type: "file", accept: "image/*", hidden: true, "aria-label": words.photo });
    file.addEventListener("change", () => this.#sendPhoto(file));
    const photo = make("button", { type: "button", class: "add", "aria-label": words.photo, title: words.photo, onclick: () => file.click() }, icon(icons.photo));
    if (this.kind !== "whatsapp") return [file, photo];
    return [file, photo, make("button", {
      type: "button", class: "add", "aria-label": words.voiceNote, title: words.voiceNote,
      onclick: () => this.#send({ voice_note: true }),
    }, icon(icons.microphone))];
  }

  async #sendPhoto(file) {
    const [chosen] = file.files;
    file.value = "";
    if (!chosen) return;
    const photo = await asJpeg(chosen);
    if (photo) await this.#send({ photo, text: this.#taken() });
    else this.notice.textContent = words.photoWrong;
  }

  #write() {
    const text = this.#taken();
    if (text) this.#send({ text });
  }

  #taken() {
    const text = this.input.value.trim();
    this.input.value = "";
    return text;
  }

  async #send(what) {
    const { name, number } = this.holder();
    this.log.scrollTop = this.log.scrollHeight;
    try {
      const { status } = await ask("POST", `${this.kind}/messages`, { name, number, ...what });
      const taken = status >= 200 && status < 300;
      this.notice.textContent = taken ? "" : status ? `${words.refused} (${status}).` : words.unreachable;
    } catch {
      this.notice.textContent = words.unreachable;
    }
  }
}

function withoutStatus(bubble) {
  return JSON.stringify({ ...bubble, status: "" });
}
