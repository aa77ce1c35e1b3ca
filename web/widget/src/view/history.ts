/** The scrolling log: keeps a node per item, follows the newest, or says that there is more below. */

import { nl } from "../nl";
import type { Item } from "../thread";
import { h, icon, icons } from "./dom";
import { itemNode, type ItemNode, type MessageActions } from "./message";

/** Closer to the end than this counts as reading along. */
const NEAR_PX = 80;
const ONE_ANSWER_MS = 1_500;
/** As in the style sheet: here the log does not scroll by itself. */
const LOW = "(max-height: 430px)";

export class History {
  /** Not a live region itself: the announcer speaks, so that nothing is read twice. */
  readonly element = h("div", { class: "log", role: "log", "aria-live": "off", "aria-label": nl.log, tabindex: "0" });
  readonly toNewest = h("button", { type: "button", class: "to-newest", hidden: true }, icon(icons.down), nl.toNewest);
  private readonly list = h("ol", { role: "list" });
  private readonly intro = h("p", { class: "opening" }, nl.opening);
  private readonly nodes = new Map<string, ItemNode>();

  private following = true;
  /** The first of the newest messages: a long answer is read from its beginning. */
  private pin: HTMLElement | null = null;
  private pinnedAt = 0;

  constructor(private readonly actions: MessageActions) {
    this.element.append(this.intro, this.list);
    this.element.addEventListener("scroll", () => this.onScroll(), { passive: true });
    // A notice or the keyboard makes the log lower: the last message stays in sight.
    new ResizeObserver(() => this.following && this.settle()).observe(this.element);
    this.toNewest.addEventListener("click", () => {
      this.scrollToEnd();
      this.element.focus({ preventScroll: true });
    });
  }

  show(items: readonly Item[]): void {
    const added = this.reconcile(items);
    this.intro.hidden = items.length > 0;
    if (!added.length) return;
    const own = added.findLastIndex((item) => item.kind === "message" && item.author === "tenant");
    if (this.following || own >= 0) this.goTo(added.slice(own + 1)[0] ?? null);
    else this.toNewest.hidden = false;
    if (own >= 0 && matchMedia(LOW).matches) this.list.lastElementChild?.scrollIntoView({ block: "nearest" });
  }

  scrollToEnd(): void {
    this.pin = null;
    this.settle();
  }

  /** Messages that come shortly after one another are one answer. */
  private goTo(first: Item | null): void {
    const now = performance.now();
    const sameAnswer = this.pin !== null && first !== null && now - this.pinnedAt < ONE_ANSWER_MS;
    if (!sameAnswer) this.pin = first ? this.nodes.get(first.key)!.element : null;
    this.pinnedAt = now;
    this.settle();
  }

  private settle(): void {
    this.element.scrollTop = this.target();
    this.following = true;
    this.toNewest.hidden = this.below() < NEAR_PX;
  }

  private onScroll(): void {
    this.following = this.element.scrollTop >= this.target() - NEAR_PX;
    if (this.below() < NEAR_PX) this.toNewest.hidden = true;
  }

  private target(): number {
    const end = this.element.scrollHeight - this.element.clientHeight;
    return this.pin ? Math.min(end, this.pin.offsetTop) : end;
  }

  private below(): number {
    const { scrollTop, scrollHeight, clientHeight } = this.element;
    return scrollHeight - scrollTop - clientHeight;
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
}
