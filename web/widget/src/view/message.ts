/** One entry of the log as a list item that can be brought up to date in place. */

import { linkify } from "../linkify";
import { nl } from "../nl";
import type { Remedy } from "../outbox";
import type { Reading } from "../reader";
import { spokenText } from "../spoken";
import type { ChoiceItem, Delivery, Item, LineItem, MessageItem, Photo } from "../thread";
import type { Choice } from "../types";
import { h } from "./dom";
import { documentButton } from "./document";
import { PhotoView } from "./photo-view";
import { ReadButton } from "./read-button";

export interface MessageActions {
  choose(choice: Choice): void;
  mend(id: string, remedy: Remedy): void;
  /** Reads a message aloud, or stops when it is being read. */
  read(key: string, text: string): void;
  /** Rejects when the photo cannot be had now. */
  photo(photo: Photo): Promise<Blob>;
}

export interface ItemNode {
  readonly element: HTMLLIElement;
  update(item: Item): void;
  showReading(reading: Reading): void;
}

export function itemNode(item: Item, actions: MessageActions): ItemNode {
  if (item.kind === "message") return new MessageNode(item, actions);
  if (item.kind === "line") return lineNode(item, actions);
  const element = h("li", { class: "day" }, h("span", {}, item.label));
  return { element, update: () => undefined, showReading: () => undefined };
}

function lineNode(item: LineItem, actions: MessageActions): ItemNode {
  const button = new ReadButton(item.key, () => actions.read(item.key, spokenText(item.text, [])));
  const line = h("p", { class: "line" }, textNode(item.text), h("time", {}, item.time));
  const element = h("li", { class: "notice" }, line, button.element);
  return { element, update: () => undefined, showReading: (reading) => button.show(reading) };
}

class MessageNode implements ItemNode {
  readonly element: HTMLLIElement;
  private readonly time: HTMLTimeElement;
  private readonly state = h("span");
  private readonly progress = h("progress", { max: "1", "aria-label": nl.photoProgress, hidden: true });
  private readonly problem = h("p", { class: "problem", hidden: true });
  private readonly remedy = h("button", { type: "button", class: "remedy", hidden: true });
  private readonly buttons = new Map<string, HTMLButtonElement>();
  private readonly reader: ReadButton | null;
  private item: MessageItem;

  constructor(item: MessageItem, private readonly actions: MessageActions) {
    this.item = item;
    this.time = h("time", { datetime: item.at }, item.time);
    const who = h("p", { class: item.first ? "who" : "who hidden" }, item.name);
    const label = item.author === "tenant" ? nl.ownPhoto : nl.theirPhoto;
    const files = item.photos.map((file) => {
      const load = (): Promise<Blob> => actions.photo(file);
      return "name" in file && file.name ? documentButton(file.name, load) : new PhotoView(load, label).element;
    });
    const shown = files.some((file) => file.className === "photo") ? null : textNode(item.text);
    const bubble = h("div", { class: "bubble", dir: "auto" }, shown, ...files);
    const meta = h("p", { class: "meta" }, this.time, this.state);
    this.reader = item.author === "tenant" ? null : this.readButton(item);
    const under = h("div", { class: "under" }, this.reader?.element ?? null, meta);
    this.element = h("li", { class: `message ${item.author}` }, who, bubble, under);
    this.element.append(this.progress, this.problem, this.remedy);
    if (item.choices.length) under.after(this.choiceList(item.choices));
    this.remedy.addEventListener("click", () => this.mend());
    this.show(item);
  }

  update(item: Item): void {
    if (item.kind === "message") this.show(item);
  }

  showReading(reading: Reading): void {
    this.reader?.show(reading);
  }

  private readButton(item: MessageItem): ReadButton {
    const titles = item.choices.map((choice) => choice.title);
    return new ReadButton(item.key, () => this.actions.read(item.key, spokenText(item.text, titles)));
  }

  private show(item: MessageItem): void {
    this.item = item;
    this.time.textContent = item.time;
    this.showDelivery(item.delivery);
    for (const choice of item.choices) this.showChoice(choice);
  }

  private showDelivery(delivery: Delivery | null): void {
    if (!delivery) return;
    const failed = delivery.status === "failed";
    this.element.classList.toggle("failed", failed);
    this.element.classList.toggle("pending", delivery.status === "waiting" || delivery.status === "sending");
    this.state.textContent = nl.delivery[delivery.status];
    this.progress.hidden = delivery.progress === null;
    this.progress.value = delivery.progress ?? 0;
    this.problem.textContent = delivery.problem ?? "";
    this.problem.hidden = !delivery.problem;
    this.remedy.textContent = nl.remedy[delivery.remedy ?? "retry"];
    this.remedy.hidden = !failed;
  }

  private mend(): void {
    const remedy = this.item.delivery?.remedy;
    if (remedy) this.actions.mend(this.item.key.slice(1), remedy);
  }

  private choiceList(choices: readonly ChoiceItem[]): HTMLUListElement {
    const list = h("ul", { class: "choices", role: "list", "aria-label": nl.choices });
    for (const { id, title } of choices) {
      const button = h("button", { type: "button", class: "choice" }, title);
      button.addEventListener("click", () => {
        if (button.getAttribute("aria-disabled") !== "true") this.actions.choose({ id, title });
      });
      this.buttons.set(id, button);
      list.append(h("li", {}, button));
    }
    return list;
  }

  /** aria-disabled, not disabled: the keyboard focus must not vanish with a choice. */
  private showChoice(choice: ChoiceItem): void {
    const button = this.buttons.get(choice.id);
    if (!button) return;
    button.setAttribute("aria-disabled", String(!choice.active));
    button.classList.toggle("chosen", choice.chosen);
    const mark = button.querySelector(".hidden");
    if (choice.chosen && !mark) button.append(h("span", { class: "hidden" }, ` (${nl.chosen})`));
    if (!choice.chosen) mark?.remove();
  }
}

function textNode(text: string): DocumentFragment {
  const fragment = document.createDocumentFragment();
  for (const piece of linkify(text)) fragment.append(piece.href ? link(piece.text, piece.href) : piece.text);
  return fragment;
}

function link(text: string, href: string): HTMLAnchorElement {
  if (!href.startsWith("https:")) return h("a", { href }, text);
  const hint = h("span", { class: "hidden" }, ` ${nl.newWindow}`);
  return h("a", { href, target: "_blank", rel: "noopener noreferrer" }, text, hint);
}
