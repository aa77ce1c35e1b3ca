import type { nl } from "../nl";

export type KeyName = keyof typeof nl.help.keys;

export interface Shortcut {
  key: string;
  does: KeyName;
}

/** One letter, outside text fields only, and they can be switched off (WCAG 2.1.4). */
export const SINGLE: readonly Shortcut[] = [
  { key: "j", does: "next" },
  { key: "k", does: "previous" },
  { key: "t", does: "take" },
  { key: "r", does: "reply" },
  { key: "n", does: "note" },
  { key: "?", does: "help" },
];

export const ALWAYS: readonly Shortcut[] = [
  { key: "F6", does: "region" },
  { key: "Esc", does: "leave" },
  { key: "Ctrl + Enter", does: "send" },
];

interface Stroke {
  key: string;
  ctrlKey: boolean;
  metaKey: boolean;
  altKey: boolean;
  isComposing: boolean;
  repeat: boolean;
}

export function shortcutFor(stroke: Stroke, inField: boolean, on: boolean): KeyName | null {
  if (stroke.key === "F6") return "region";
  if (!on || inField || stroke.isComposing || stroke.repeat) return null;
  if (stroke.ctrlKey || stroke.metaKey || stroke.altKey) return null;
  return SINGLE.find((one) => one.key === stroke.key.toLowerCase())?.does ?? null;
}

const FIELDS = "input, textarea, select, [contenteditable], [role=menu], [role=dialog], [role=alertdialog]";

export function isInField(target: EventTarget | null): boolean {
  return target instanceof Element && target.closest(FIELDS) !== null;
}
