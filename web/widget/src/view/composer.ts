/** Where the tenant writes: label, text field, send button and the way to a person. */

import { nl } from "../nl";
import { MAX_TEXT } from "../types";
import { h, icon, icons } from "./dom";
import { PhotoPicker } from "./photo-picker";

export interface ComposerActions {
  say(text: string): void;
  sendPhoto(photo: string): void;
  askPerson(): void;
}

const TALLEST_PX = 160;

export class Composer {
  readonly element: HTMLElement;
  private readonly input = h("textarea", {
    id: "input",
    rows: "1",
    dir: "auto",
    placeholder: nl.placeholder,
    autocomplete: "off",
    enterkeyhint: "send",
    "aria-describedby": "input-problem",
  });
  private readonly problem = h("p", { id: "input-problem", class: "problem", role: "alert" });

  constructor(private readonly actions: ComposerActions) {
    const askPerson = h("button", { type: "button", class: "ask-person" }, icon(icons.person), nl.askPerson);
    askPerson.addEventListener("click", () => actions.askPerson());
    const send = h("button", { type: "submit", class: "send" }, h("span", {}, nl.send), icon(icons.send));
    const picker = new PhotoPicker({
      send: (photo) => actions.sendPhoto(photo),
      busy: (busy) => (form.hidden = busy),
      problem: (text) => (photoProblem.textContent = text),
      done: () => this.focus(),
    });
    const photoProblem = h("p", { class: "problem", role: "alert" });
    const form = h("form", { class: "form" }, this.input, picker.button, send);
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      this.submit();
    });
    const label = h("label", { for: "input" }, nl.input);
    const above = h("div", { class: "above" }, label, askPerson);
    this.element = h("div", { class: "composer" }, above, this.problem, photoProblem, picker.element, form);
    this.input.addEventListener("keydown", (event) => this.onKey(event));
    this.input.addEventListener("input", () => this.onInput());
  }

  focus(): void {
    this.input.focus();
  }

  /** Puts a refused text back to be changed; what was being written meanwhile stays below it. */
  putBack(text: string): void {
    this.input.value = [text, this.input.value].filter(Boolean).join("\n");
    this.onInput();
    this.focus();
  }

  private onKey(event: KeyboardEvent): void {
    // 229: older phones and Safari report the Enter that ends a composition this way.
    if (event.key !== "Enter" || event.shiftKey || event.isComposing || event.keyCode === 229) return;
    event.preventDefault();
    this.submit();
  }

  private submit(): void {
    const text = this.input.value.trim();
    if (!text || this.isTooLong()) return this.focus();
    this.actions.say(text);
    this.input.value = "";
    this.onInput();
  }

  /** As tall as what is written in it. */
  fit(): void {
    this.input.style.height = "auto";
    // Without a height while the panel is closed.
    const height = this.input.scrollHeight;
    if (height) this.input.style.height = `${Math.min(height + 2, TALLEST_PX)}px`;
  }

  private onInput(): void {
    this.fit();
    const length = [...this.input.value.trim()].length;
    this.problem.textContent = length > MAX_TEXT ? nl.tooLong(length, MAX_TEXT) : "";
    this.input.setAttribute("aria-invalid", String(this.isTooLong()));
  }

  private isTooLong(): boolean {
    return this.problem.textContent !== "";
  }
}
