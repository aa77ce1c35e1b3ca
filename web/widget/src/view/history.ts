/** The scrolling log: keeps a node per item, follows the newest, or says that there is more below. */

import { nl } from "../nl";
import type { Reading } from "../reader";
import type { Item } from "../thread";
import { h, icon, icons } from "./dom";
import { itemNode, type ItemNode, type MessageActions } from "./message";

/** Closer to the end than this counts as reading along. */
const NEAR_PX = 80;
const ONE_ANSWER_MS = 1_500;
const MARGIN_PX = 12;
const ROUNDING_PX = 4;

export class History {
  /** Not a live region itself: the announcer speaks, so that nothing is read twice. */
  readonly element = h("div", { class: "log", role: "log", "aria-live": "off", "aria-label": nl.log, tabindex: "0" });
  readonly readOn = h("button", { type: "button", class: "read-on", hidden: true }, icon(icons.down), nl.readOn);
  private readonly list = h("ol", { role: "list" });
  private readonly intro = h("p", { class: "opening" }, nl.opening);
  private readonly nodes = new Map<string, ItemNode>();

  /** The first of the newest messages: a long answer is read from its beginning. */
  private pin: HTMLElement | null = null;
  private pinnedAt = -ONE_ANSWER_MS;
  /** The tenant has not scrolled away from where the log put itself. */
  private settled = true;
  private reading: Reading = { possible: false, key: null };

  constructor(private readonly actions: MessageActions) {
    this.element.append(this.intro, this.list);
    this.element.addEventListener("scroll", () => this.onScroll(), { passive: true });
    // A notice or the keyboard makes the log lower, a photo that has come makes what is in it
    // longer: what was in sight stays in sight.
    const watch = new ResizeObserver(() => this.keepPlace());
    watch.observe(this.element);
    watch.observe(this.list);
    this.readOn.addEventListener("click", () => {
      this.element.scrollBy(0, this.element.clientHeight * 0.85);
      this.element.focus({ preventScroll: true });
    });
  }

  show(items: readonly Item[]): void {
    const atEnd = this.below() < NEAR_PX;
    const lastInSight = inSight(this.list.lastElementChild);
    const added = this.reconcile(items);
    this.intro.hidden = items.length > 0;
    if (!added.length) return;
    const own = added.findLastIndex((item) => item.kind === "message" && item.author === "tenant");
    if (own >= 0 || atEnd) this.goTo(added[own + 1] ?? null);
    this.readOn.hidden = this.below() < NEAR_PX;
    if (this.scrollsItself()) return;
    if (own >= 0) this.list.lastElementChild?.scrollIntoView({ block: "nearest" });
    else if (lastInSight) this.nodes.get(added[0]!.key)?.element.scrollIntoView({ block: "nearest" });
  }

  showReading(reading: Reading): void {
    const moves = reading.possible !== this.reading.possible;
    this.reading = reading;
    for (const node of this.nodes.values()) node.showReading(reading);
    if (moves) this.keepPlace();
  }

  has(key: string): boolean {
    return this.nodes.has(key);
  }

  /** After what is in the log has become larger or smaller. */
  keepPlace(): void {
    if (this.settled) this.settle();
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
    this.settled = true;
    this.readOn.hidden = this.below() < NEAR_PX;
  }

  private onScroll(): void {
    const past = this.element.scrollTop - this.target();
    if (past > ROUNDING_PX) this.pin = null;
    this.settled = this.pin ? past > -ROUNDING_PX : this.below() < NEAR_PX;
    if (this.below() < NEAR_PX) this.readOn.hidden = true;
  }

  private target(): number {
    const end = this.element.scrollHeight - this.element.clientHeight;
    return this.pin ? Math.max(0, Math.min(end, this.pin.offsetTop - MARGIN_PX)) : end;
  }

  /** Not where there is little height: the style sheet lets the whole chat scroll there. */
  private scrollsItself(): boolean {
    return getComputedStyle(this.element).overflowY !== "visible";
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
      const node = known ?? this.newNode(item);
      const there = this.list.children[index] ?? null;
      if (there !== node.element) this.list.insertBefore(node.element, there);
    });
    return added;
  }

  private newNode(item: Item): ItemNode {
    const node = itemNode(item, this.actions);
    node.showReading(this.reading);
    this.nodes.set(item.key, node);
    return node;
  }
}

function inSight(node: Element | null): boolean {
  const box = node?.getBoundingClientRect();
  return box !== undefined && box.bottom > 0 && box.top < window.innerHeight;
}
