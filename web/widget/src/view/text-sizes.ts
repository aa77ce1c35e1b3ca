/** "Tekst: A A A": three sizes to choose from. */

import { nl } from "../nl";
import { TEXT_SIZES, type TextSize } from "../types";
import { h } from "./dom";

export class TextSizes {
  readonly element: HTMLElement;
  private readonly buttons = new Map<TextSize, HTMLButtonElement>();

  constructor(choose: (size: TextSize) => void) {
    const label = h("span", { id: "sizes" }, nl.textSize);
    this.element = h("div", { class: "sizes", role: "group", "aria-labelledby": "sizes" }, label);
    for (const size of TEXT_SIZES) {
      const name = h("span", { class: "hidden" }, ` ${nl.textSizes[size]}`);
      const button = h("button", { type: "button", class: `size ${size}` }, "A", name);
      button.addEventListener("click", () => choose(size));
      this.buttons.set(size, button);
      this.element.append(button);
    }
  }

  show(chosen: TextSize): void {
    for (const [size, button] of this.buttons) button.setAttribute("aria-pressed", String(size === chosen));
  }
}
