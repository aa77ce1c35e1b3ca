// Who holds the phones: a name and a number, kept in this browser.

import { make } from "./dom.js";
import { words } from "./words.js";

const KEPT = "thuisbalie-demo-phone";
const NUMBER = /^\+[1-9]\d{7,14}$/;

/** "06 12345678" as "+31612345678"; "" when it is no number. */
export function international(typed) {
  const bare = typed.replace(/[\s().-]/g, "").replace(/^00/, "+").replace(/^0/, "+31");
  return NUMBER.test(bare) ? bare : "";
}

function shown(number) {
  return number.replace(/^\+316(\d{4})(\d{4})$/, "06 $1$2");
}

// Numbers that the demo's back office has on file, of tenants with nothing special (people.py).
const FIRST = 28;
const LAST = 500;

function fresh() {
  const digits = String(FIRST + Math.floor(Math.random() * (LAST - FIRST + 1))).padStart(4, "0");
  return `+3165550${digits}`;
}

export function identity() {
  try {
    const kept = JSON.parse(localStorage.getItem(KEPT));
    if (kept && NUMBER.test(kept.number)) return kept;
  } catch {
    // What stands there is not ours: begin anew.
  }
  return keep({ name: "Sam", number: fresh() });
}

function keep(holder) {
  localStorage.setItem(KEPT, JSON.stringify(holder));
  return holder;
}

/** The form above the phones. `changed` hears of each new holder. */
export function identityForm(holder, changed) {
  const wrong = make("p", { class: "wrong", id: "number-wrong", role: "alert" });
  const name = make("input", { id: "holder-name", value: holder.name, maxlength: 60, autocomplete: "off" });
  const number = make("input", {
    id: "holder-number",
    value: shown(holder.number),
    inputmode: "tel",
    autocomplete: "off",
    "aria-describedby": "number-wrong",
  });

  function take(given) {
    wrong.textContent = given ? "" : words.numberWrong;
    number.setAttribute("aria-invalid", String(!given));
    if (!given) return;
    number.value = shown(given);
    changed(keep({ name: name.value.trim() || "Sam", number: given }));
  }
  const retake = () => take(international(number.value));
  name.addEventListener("change", retake);
  number.addEventListener("change", retake);

  return make(
    "form",
    { class: "identity", onsubmit: (event) => { event.preventDefault(); retake(); } },
    make("p", { class: "intro" }, words.intro),
    make("div", { class: "fields" },
      make("div", {}, make("label", { for: "holder-name" }, words.name), name),
      make("div", {}, make("label", { for: "holder-number" }, words.number), number),
      make("button", { type: "button", class: "quiet", onclick: () => take(fresh()) }, words.newPhone),
    ),
    wrong,
  );
}
