/** Bottom right on the page: a real link to the chat page that opens the panel instead. */

import { nl } from "../nl";
import { h, icon, icons } from "./dom";

export class Launcher {
  readonly element: HTMLAnchorElement;
  private readonly badge = h("span", { class: "badge", "aria-hidden": "true", hidden: true });
  private readonly spoken = h("span", { class: "hidden" });

  /** @param href the chat page, for a new tab; a link the page put inside the element goes first */
  constructor(link: HTMLAnchorElement | null, href: string, open: () => void) {
    const words = h("span", { class: "words" }, h("b", {}, nl.launcher), h("small", {}, nl.launcherHint));
    this.element = h(
      "a",
      { class: "launcher", href: link?.href ?? href, role: "button", "aria-haspopup": "dialog" },
      icon(icons.chat),
      words,
      this.badge,
      this.spoken,
    );
    this.element.addEventListener("click", (event) => {
      // A new tab stays a new tab.
      if (event.metaKey || event.ctrlKey || event.shiftKey) return;
      event.preventDefault();
      open();
    });
    this.element.addEventListener("keydown", (event) => {
      if (event.key !== " ") return;
      event.preventDefault();
      open();
    });
    this.showUnread(0);
  }

  showUnread(count: number): void {
    this.badge.hidden = count === 0;
    this.badge.textContent = String(count);
    this.spoken.textContent = count ? nl.unread(count) : "";
  }
}
