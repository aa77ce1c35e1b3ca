import type { Kept } from "../api/office";

/** Staff still have to see to these, or the system has; what is done is told in the conversation. */
export function undone(rows: readonly Kept[]): Kept[] {
  return rows.filter((one) => one.state !== "done");
}

/** Whether a change of the conversation may be one of these: read again then, and not at each word. */
export function mayHaveChanged(rows: readonly Kept[], lastAuthor: string | undefined): boolean {
  return undone(rows).length > 0 || lastAuthor === "bot" || lastAuthor === "system";
}
