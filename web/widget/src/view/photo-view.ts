/** A photo in the log. One that cannot be had now leaves a button to try again. */

import { nl } from "../nl";
import { paint } from "../photo";
import { h } from "./dom";

export class PhotoView {
  readonly element = h("div", { class: "photo" });
  private readonly again = h("button", { type: "button", class: "remedy" }, nl.showPhoto);

  constructor(private readonly load: () => Promise<Blob>, private readonly label: string) {
    this.again.addEventListener("click", () => void this.show());
    void this.show();
  }

  private async show(): Promise<void> {
    const canvas = h("canvas", { role: "img", "aria-label": this.label });
    try {
      await paint(canvas, await this.load());
      this.element.replaceChildren(canvas);
    } catch {
      this.element.replaceChildren(this.again);
    }
  }
}
