import { nextTick } from "vue";

export type Region = "list" | "conversation" | "dossier";

const ORDER: readonly Region[] = ["list", "conversation", "dossier"];

function find(region: Region): HTMLElement | null {
  return document.querySelector<HTMLElement>(`[data-region=${region}]`);
}

function isShown(element: Element): boolean {
  return element.getClientRects().length > 0;
}

/** After a control vanished under the hand that used it, the focus needs a place. */
export async function focusRegion(region: Region): Promise<void> {
  await nextTick();
  find(region)?.focus();
}

/** The same, but only when the focus really has been lost. */
export async function rescueFocus(region: Region): Promise<void> {
  await nextTick();
  const here = document.activeElement;
  if (here === null || here === document.body || !isShown(here)) find(region)?.focus();
}

/** F6 walks over the parts of the screen that are shown. */
export function focusNextRegion(back: boolean): void {
  const shown = ORDER.map(find).filter((region) => region !== null).filter(isShown);
  const here = shown.findIndex((region) => region.contains(document.activeElement));
  const from = here === -1 && back ? 0 : here;
  shown[(from + (back ? -1 : 1) + shown.length) % shown.length]?.focus();
}
