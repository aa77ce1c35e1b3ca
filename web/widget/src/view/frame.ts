/** The chat as a whole: header, log, notices, composer. Shows a situation, reports what is done. */

import type { Situation } from "../conversation";
import { nl, statusLine } from "../nl";
import type { Reading } from "../reader";
import { thread } from "../thread";
import type { TextSize } from "../types";
import { Composer, type ComposerActions } from "./composer";
import { h, icon, icons, setText } from "./dom";
import { History } from "./history";
import type { Remedy } from "../outbox";
import type { MessageActions } from "./message";
import { makeRoom } from "./screen";
import { TextSizes } from "./text-sizes";

export interface FrameActions extends ComposerActions {
  choose: MessageActions["choose"];
  read: MessageActions["read"];
  photo: MessageActions["photo"];
  setTextSize(size: TextSize): void;
  retry(id: string): void;
  takeBack(id: string): string;
  startNew(): void;
  close(): void;
}

export type Mode = "panel" | "page";

export class Frame {
  readonly element: HTMLElement;
  readonly composer: Composer;
  readonly history: History;
  private readonly status = h("p", { class: "status", id: "status" });
  private readonly typing = h("p", { class: "typing" });
  private readonly alert = h("div", { class: "alert", role: "alert" });
  private readonly after = h("div", { class: "after", hidden: true });
  private readonly sizes: TextSizes;
  private readonly makeRoom: () => void;

  constructor(mode: Mode, title: string, private readonly actions: FrameActions) {
    this.composer = new Composer(actions);
    this.history = new History({
      choose: (choice) => actions.choose(choice),
      mend: (id, remedy) => this.mend(id, remedy),
      read: (key, text) => actions.read(key, text),
      photo: (photo) => actions.photo(photo),
    });
    this.sizes = new TextSizes((size) => actions.setTextSize(size));
    this.after.append(this.startNewButton());
    const role = mode === "panel" ? "dialog" : "region";
    const heading = h(mode === "panel" ? "h2" : "h1", { class: "title", id: "title" }, title);
    const head = h("div", { class: "head" }, h("div", { class: "names" }, heading, this.status));
    if (mode === "panel") head.append(this.closeButton());
    head.append(this.sizes.element);
    const middle = h("div", { class: "middle" }, this.history.element, this.history.readOn);
    this.element = h(
      "div",
      { class: `frame ${mode}`, role, "aria-labelledby": "title", "aria-describedby": "status" },
      head,
      middle,
      h("div", { class: "notices" }, this.typing, this.alert, this.after),
      this.composer.element,
    );
    this.makeRoom = makeRoom(this.element, middle, () => this.history.keepPlace());
  }

  show(situation: Situation, now: Date): void {
    const { log, outbox, gone, progress } = situation;
    this.element.dataset["state"] = gone ? "closed" : log.state;
    setText(this.status, gone ? nl.status.closed : statusLine(log.state, log.speaker));
    this.history.show(thread(log, outbox, now, progress));
    setText(this.typing, log.typing ? typingLine(log.typing, log.speaker) : "");
    setText(this.alert, alertLine(situation, now));
    this.after.hidden = !gone && log.state !== "closed";
  }

  showReading(reading: Reading): void {
    this.history.showReading(reading);
  }

  showTextSize(size: TextSize): void {
    if (this.element.dataset["text"] === size) return;
    this.element.dataset["text"] = size;
    this.sizes.show(size);
    this.composer.fit();
    this.makeRoom();
    this.history.keepPlace();
  }

  private mend(id: string, remedy: Remedy): void {
    if (remedy === "retry") this.actions.retry(id);
    const text = remedy === "retry" ? "" : this.actions.takeBack(id);
    // The button that was pressed is gone; the keyboard goes on where one writes.
    this.composer.putBack(text);
  }

  private startNewButton(): HTMLElement {
    const button = h("button", { type: "button", class: "start-new" }, nl.startNew);
    button.addEventListener("click", () => {
      this.actions.startNew();
      this.composer.focus();
    });
    return button;
  }

  private closeButton(): HTMLElement {
    const button = h("button", { type: "button", class: "close", "aria-label": nl.close }, icon(icons.close));
    button.addEventListener("click", () => this.actions.close());
    return button;
  }
}

function typingLine(who: "bot" | "agent", speaker: string | null): string {
  return who === "bot" ? nl.assistantBusy : nl.personTyping(speaker);
}

function alertLine(situation: Situation, now: Date): string {
  const { gone, connection, holdOffUntil } = situation;
  if (gone) return nl.gone;
  if (connection === "offline") return nl.offline;
  if (connection === "trouble") return nl.trouble;
  const waitMs = (holdOffUntil ?? 0) - now.getTime();
  return waitMs > 0 ? nl.tooFast(Math.ceil(waitMs / 1000)) : "";
}
