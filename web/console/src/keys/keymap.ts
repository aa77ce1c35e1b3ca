import { COMMANDS, type CommandId } from "./commands";

/** Only the keys that differ from the default; an empty one switches that shortcut off. */
export type Keys = Partial<Record<CommandId, string>>;

export interface Stroke {
  key: string;
  ctrlKey: boolean;
  metaKey: boolean;
  altKey: boolean;
  isComposing: boolean;
  repeat: boolean;
}

const WALKS: readonly CommandId[] = ["next", "previous"];

export function keyOf(id: CommandId, keys: Keys): string {
  return keys[id] ?? COMMANDS.find((one) => one.id === id)?.key ?? "";
}

/** Single letters work outside fields only and can be switched off (WCAG 2.1.4). */
export function commandFor(stroke: Stroke, inField: boolean, on: boolean, keys: Keys): CommandId | null {
  if (stroke.isComposing || stroke.altKey) return null;
  const name = stroke.key.toLowerCase();
  if (stroke.ctrlKey || stroke.metaKey) return name === "k" && !stroke.repeat ? "palette" : null;
  if (!on || inField) return null;
  const found = COMMANDS.find((one) => keyOf(one.id, keys) === name)?.id ?? null;
  // A key that is held down walks over the list; it does not take one conversation after another.
  return found !== null && stroke.repeat && !WALKS.includes(found) ? null : found;
}

/** One visible character of the keyboard; capitals count as their small letter. */
export function asKey(pressed: string): string | null {
  const key = pressed.toLowerCase();
  return /^[!-~]$/.test(key) ? key : null;
}

/** Who has this key already. */
export function ownerOf(key: string, keys: Keys, except: CommandId): CommandId | null {
  if (key === "") return null;
  return COMMANDS.find((one) => one.id !== except && keyOf(one.id, keys) === key)?.id ?? null;
}

export function withKey(keys: Keys, id: CommandId, key: string): Keys {
  const { [id]: _old, ...rest } = keys;
  const standard = COMMANDS.find((one) => one.id === id)?.key;
  return key === standard ? rest : { ...rest, [id]: key };
}

/** What was kept by another version may name commands that are gone, or clash with new ones. */
export function cleanKeys(kept: Record<string, unknown>): Keys {
  let keys: Keys = {};
  for (const { id } of COMMANDS) {
    const key = kept[id];
    if (typeof key === "string" && (key === "" || asKey(key) === key)) keys = { ...keys, [id]: key };
  }
  for (const id of Object.keys(keys) as CommandId[]) {
    if (ownerOf(keys[id] ?? "", keys, id) !== null) delete keys[id];
  }
  return keys;
}

const FIELDS = "input, textarea, select, [contenteditable], [role=menu], [role=dialog], [role=alertdialog]";

export function isInField(target: EventTarget | null): boolean {
  return target instanceof Element && target.closest(FIELDS) !== null;
}
