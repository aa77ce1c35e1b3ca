// The page with the phones: four devices of one person, kept up to date by one stream.

import { CallDevice } from "./call.js";
import { ChatDevice } from "./chat.js";
import { make } from "./dom.js";
import { identity, identityForm } from "./identity.js";
import { words } from "./words.js";

const KINDS = ["whatsapp", "sms", "telegram", "phone"];
let holder = identity();
const current = () => holder;
const devices = {
  whatsapp: new ChatDevice("whatsapp", current),
  sms: new ChatDevice("sms", current),
  telegram: new ChatDevice("telegram", current),
  phone: new CallDevice(current),
};
const lost = make("p", { class: "lost", role: "status" });
let stream = null;

function show(screens) {
  for (const kind of KINDS) {
    const content = kind === "phone" ? screens.call : screens[kind];
    devices[kind].show(screens.devices[kind], content);
  }
}

function follow() {
  stream?.close();
  stream = new EventSource(`/demo/api/stream?number=${encodeURIComponent(holder.number)}`);
  stream.addEventListener("open", () => { lost.textContent = ""; });
  stream.addEventListener("error", () => { lost.textContent = words.connectionLost; });
  stream.addEventListener("message", (event) => show(JSON.parse(event.data)));
}

function held(by) {
  const other = by.number !== holder.number;
  holder = by;
  if (!other) return;
  for (const kind of KINDS) devices[kind].clear();
  follow();
}

function samples() {
  const buttons = words.samples.map((text) =>
    make("li", {}, make("button", {
      type: "button", class: "quiet", title: words.samplesHint,
      onclick: () => { for (const kind of KINDS) devices[kind].suggest(text); },
    }, text)));
  return make("div", { class: "samples" }, make("p", {}, words.try), make("ul", {}, ...buttons));
}

function tabs(nav) {
  const choose = (kind) => {
    for (const other of KINDS) {
      devices[other].element.classList.toggle("in-front", other === kind);
      buttons[other].setAttribute("aria-pressed", String(other === kind));
    }
    // What is not shown cannot be scrolled, so it is done now.
    devices[kind].log.scrollTop = devices[kind].log.scrollHeight;
  };
  const buttons = Object.fromEntries(KINDS.map((kind) => [kind,
    make("button", { type: "button", onclick: () => choose(kind) }, words.devices[kind].tab)]));
  nav.setAttribute("aria-label", words.tabs);
  nav.append(...Object.values(buttons));
  choose("whatsapp");
}

document.getElementById("identity").append(identityForm(holder, held), samples(), lost);
document.getElementById("devices").append(...KINDS.map((kind) => devices[kind].element));
tabs(document.getElementById("tabs"));
follow();
