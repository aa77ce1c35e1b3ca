/** A document in the log: a button that saves it, or says to try again. */

import { nl } from "../nl";
import { h } from "./dom";

const KEPT_MS = 60_000;

export function documentButton(name: string, load: () => Promise<Blob>): HTMLButtonElement {
  const words = h("span", {}, nl.openFile);
  const button = h("button", { type: "button", class: "choice" }, words, h("span", { class: "hidden" }, ` ${name}`));
  button.addEventListener("click", async () => {
    try {
      const href = URL.createObjectURL(await load());
      h("a", { href, download: name }).click();
      setTimeout(() => URL.revokeObjectURL(href), KEPT_MS);
      words.textContent = nl.openFile;
    } catch {
      words.textContent = nl.remedy.retry;
    }
  });
  return button;
}
