/** "Foto": camera or gallery, a look at what was chosen, and only then sending. */

import { nl } from "../nl";
import { blobOf, paint, PhotoTooBig, shrink } from "../photo";
import { h, icon, icons } from "./dom";

export interface PickerActions {
  /** @param photo a JPEG in base64 */
  send(photo: string): void;
  /** Something of the picker stands where the text field is. */
  busy(busy: boolean): void;
  problem(text: string): void;
  done(): void;
}

export class PhotoPicker {
  readonly button = h("button", { type: "button", class: "pick" }, icon(icons.photo), nl.photo);
  readonly element = h("div", { class: "picker", role: "group", "aria-label": nl.photo, hidden: true });
  private readonly gallery = fileInput({});
  /** Phones whose gallery offers no camera: this one goes straight to it. */
  private readonly camera = fileInput({ capture: "environment" });
  /** Of the newest choice; a slower one before it counts no more. */
  private turn = 0;

  constructor(private readonly actions: PickerActions) {
    this.button.addEventListener("click", () => this.start());
    this.element.append(this.gallery, this.camera);
    for (const input of [this.gallery, this.camera]) {
      input.addEventListener("change", () => void this.chosen(input));
    }
  }

  private start(): void {
    this.actions.problem("");
    if (!matchMedia("(pointer: coarse)").matches) return this.gallery.click();
    const take = choice(nl.takePhoto, () => this.camera.click());
    this.show(take, choice(nl.choosePhoto, () => this.gallery.click()), choice(nl.back, () => this.close()));
    take.focus();
  }

  private async chosen(input: HTMLInputElement): Promise<void> {
    const file = input.files?.[0];
    // The same photo chosen again must be noticed as well.
    input.value = "";
    if (!file) return;
    const turn = ++this.turn;
    this.show(h("p", { role: "status" }, nl.photoBusy));
    try {
      const photo = await shrink(file);
      const canvas = h("canvas", { role: "img", "aria-label": nl.ownPhoto });
      await paint(canvas, blobOf(photo));
      if (turn === this.turn) this.preview(photo, canvas);
    } catch (error) {
      if (turn === this.turn) this.refuse(error);
    }
  }

  private preview(photo: string, canvas: HTMLCanvasElement): void {
    const send = choice(nl.sendPhoto, () => {
      this.actions.send(photo);
      this.close();
    });
    send.classList.add("main");
    const question = h("p", { id: "photo-question" }, nl.photoQuestion);
    send.setAttribute("aria-describedby", "photo-question");
    this.show(question, canvas, send, choice(nl.dropPhoto, () => this.close()));
    send.focus();
  }

  private refuse(error: unknown): void {
    this.close();
    this.actions.problem(error instanceof PhotoTooBig ? nl.photoTooBig : nl.notAPhoto);
    this.button.focus();
  }

  private show(...parts: readonly Node[]): void {
    this.element.replaceChildren(...parts, this.gallery, this.camera);
    this.element.hidden = false;
    this.actions.busy(true);
  }

  private close(): void {
    this.turn++;
    this.element.hidden = true;
    this.actions.busy(false);
    this.actions.done();
  }
}

function choice(words: string, act: () => void): HTMLButtonElement {
  const button = h("button", { type: "button", class: "choice" }, words);
  button.addEventListener("click", act);
  return button;
}

function fileInput(extra: { readonly capture?: string }): HTMLInputElement {
  return h("input", { type: "file", accept: "image/*", hidden: true, ...extra });
}
