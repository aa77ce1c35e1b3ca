/** The scrolling log: keeps a node per item, follows the newest, or says that there is more below. */

import { nl } from "../nl";
import type { Item } from "../thread";
import { h, icon, icons } from "./dom";
import { itemNode, type ItemNode, type MessageActions } from "./message";

/** Closer to the end than this counts as reading along. */
const NEAR_PX = 80;

export class History {
  /** Not a live region itself: the announcer speaks, so that nothing is read twice. */
  readonly element = h("div", { class: "log", role: "log", "aria-live": "off", "aria-label": nl.log, tabindex: "0" });
  readonly toNewest = h("button", { type: "button", class: "to-newest", hidden: true }, icon(icons.down), nl.toNewest);
  private readonly list = h("ol", { role: "list" });
  private readonly intro = h("p", { class: "opening" }, nl.opening);
  private readonly nodes = new Map<string, ItemNode>();

  constructor(private readonly actions: MessageActions) {
    this.element.append(this.intro, this.list);
    this.element.addEventListener("scroll", () => this.isNearEnd() && this.hideHint(), { passive: true });
    this.toNewest.addEventListener("click", () => {
      this.scrollToEnd();
      this.element.focus({ preventScroll: true });
    });
  }

  show(items: readonly Item[]): void {
    const follow = this.isNearEnd();
    const added = this.reconcile(items);
    this.intro.hidden = items.length > 0;
    if (!added.length) return;
    const own = added.some((item) => item.kind === "message" && item.author === "tenant");
    if (follow || own) this.scrollToEnd();
    else this.toNewest.hidden = false;
  }

  scrollToEnd(): void {
    this.element.scrollTop = this.element.scrollHeight;
    this.hideHint();
  }

  private reconcile(items: readonly Item[]): Item[] {
    const added: Item[] = [];
    const keys = new Set(items.map((item) => item.key));
    for (const [key, node] of this.nodes) {
      if (keys.has(key)) continue;
      node.element.remove();
      this.nodes.delete(key);
    }
    items.forEach((item, index) => {
      const known = this.nodes.get(item.key);
      if (known) known.update(item);
      else added.push(item);
      const node = known ?? itemNode(item, this.actions);
      this.nodes.set(item.key, node);
      const there = this.list.children[index] ?? null;
      if (there !== node.element) this.list.insertBefore(node.element, there);
    });
    return added;
  }

  private isNearEnd(): boolean {
    const { scrollTop, scrollHeight, clientHeight } = this.element;
    return scrollHeight - scrollTop - clientHeight < NEAR_PX;
  }

  private hideHint(): void {
    this.toNewest.hidden = true;
  }
}
