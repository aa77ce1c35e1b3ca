import type { MessageFile } from "../api/types";
import { files as words } from "../nl/files";

const MEGABYTE = 1024 * 1024;

/** A size as a person reads it. */
export function sizeInWords(bytes: number): string {
  if (bytes < MEGABYTE) return words.kilobytes(Math.max(1, Math.round(bytes / 1024)));
  return words.megabytes((bytes / MEGABYTE).toLocaleString("nl-NL", { maximumFractionDigits: 1 }));
}

/** Why there is nothing to see; null when there is. */
export function absence(file: MessageFile): string | null {
  if (file.state === "kept") return null;
  return file.state === "waiting" ? words.waiting(file.kind) : words.gone(file.kind, file.detail);
}

/** Whether a file of one of these messages is still on its way. */
export function awaited(messages: readonly { files?: MessageFile[] }[]): boolean {
  return messages.some((message) => message.files?.some((file) => file.state === "waiting"));
}
