// The switch that breaks the provider of one device.

import { ask, make } from "./dom.js";
import { words } from "./words.js";

export function troubleChoice(kind, choices) {
  const select = make("select", { id: `trouble-${kind}` },
    ...Object.entries(choices).map(([value, word]) => make("option", { value }, word)));
  select.addEventListener("change", () => {
    ask("PUT", `${kind}/trouble`, { trouble: select.value }).catch(() => {});
  });
  const label = make("label", { for: select.id }, words.provider,
    make("span", { class: "only-heard" }, ` ${words.devices[kind].title}`));
  const element = make("div", { class: "trouble" }, label, select);
  return {
    element,
    show(device) {
      element.hidden = !device.on;
      select.value = device.trouble;
      element.classList.toggle("broken", device.trouble !== "none");
    },
  };
}
