/** "Lees voor" under a message: pressed it reads, pressed again it stops. */

import { nl } from "../nl";
import type { Reading } from "../reader";
import { h, icon, icons } from "./dom";

export class ReadButton {
  readonly element = h("button", { type: "button", class: "read", "aria-pressed": "false", hidden: true });

  constructor(
    private readonly key: string,
    toggle: () => void,
  ) {
    // The words stay: a switch that changes its name as well as its state says things twice.
    this.element.append(icon(icons.speak), icon(icons.stop), nl.readAloud);
    this.element.addEventListener("click", toggle);
  }

  show(reading: Reading): void {
    this.element.hidden = !reading.possible;
    this.element.setAttribute("aria-pressed", String(reading.key === this.key));
  }
}
