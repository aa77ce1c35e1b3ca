import type { settings } from "../nl/settings";

export type CommandId = keyof typeof settings.commands;

/** What has to be so before a command can run; `null`: always. */
export type Need = "open" | "takeable" | "held" | "urgent" | null;

export interface Command {
  readonly id: CommandId;
  /** One visible character; empty: reached by the palette and the mouse. */
  readonly key: string;
  readonly needs: Need;
}

/** The one list that the palette, the shortcuts, the help and the titles of buttons read. */
export const COMMANDS: readonly Command[] = [
  { id: "next", key: "j", needs: null },
  { id: "previous", key: "k", needs: null },
  { id: "urgent", key: "u", needs: "urgent" },
  { id: "take", key: "t", needs: "takeable" },
  { id: "reply", key: "r", needs: "open" },
  { id: "note", key: "n", needs: "open" },
  { id: "transfer", key: "o", needs: "held" },
  { id: "close", key: "c", needs: "held" },
  { id: "close_next", key: "e", needs: "held" },
  { id: "dossier", key: "d", needs: "open" },
  { id: "waiting", key: "1", needs: null },
  { id: "mine", key: "2", needs: null },
  { id: "colleagues", key: "3", needs: null },
  { id: "assistant", key: "4", needs: null },
  { id: "palette", key: "/", needs: null },
  { id: "sound", key: "", needs: null },
  { id: "settings", key: "", needs: null },
  { id: "help", key: "?", needs: null },
];

/** These work in text fields too and cannot be changed. */
export const ALWAYS = [
  { key: "Ctrl + K", does: "palette" },
  { key: "F6", does: "region" },
  { key: "Esc", does: "leave" },
  { key: "Ctrl + Enter", does: "send" },
] as const;

export interface Scene {
  open: boolean;
  takeable: boolean;
  held: boolean;
  urgent: boolean;
}

export function canRun(command: Command, scene: Scene): boolean {
  return command.needs === null || scene[command.needs];
}
