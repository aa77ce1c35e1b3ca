/** What survives a reload: the key to the conversation, how far was read, unsent messages, the text size. */

import { restore, type Entry, type Outbox } from "./outbox";
import type { KeyValue } from "./storage";
import { TEXT_SIZES, type Credentials, type TextSize } from "./types";

const CREDENTIALS = "conversation";
const READ = "read";
const OUTBOX = "unsent:";
const TEXT = "text";

export class Memory {
  constructor(private readonly store: KeyValue) {}

  credentials(): Credentials | null {
    const found = parse<Credentials>(this.store.get(CREDENTIALS));
    return found?.conversation_id && found.token ? found : null;
  }

  keepCredentials(credentials: Credentials): void {
    this.store.set(CREDENTIALS, JSON.stringify(credentials));
    this.store.remove(READ);
  }

  forgetConversation(): void {
    this.store.remove(CREDENTIALS);
    this.store.remove(READ);
  }

  read(): number {
    return Number(this.store.get(READ) ?? 0) || 0;
  }

  keepRead(seq: number): void {
    if (seq > this.read()) this.store.set(READ, String(seq));
  }

  textSize(): TextSize {
    const kept = this.store.get(TEXT);
    return TEXT_SIZES.find((size) => size === kept) ?? "normal";
  }

  keepTextSize(size: TextSize): void {
    this.store.set(TEXT, size);
  }

  outbox(): Outbox {
    const entries = this.store
      .keys()
      .filter((key) => key.startsWith(OUTBOX))
      .map((key) => parse<Entry>(this.store.get(key)))
      .filter((entry) => entry !== null);
    return restore(entries);
  }

  /**
   * One key per message: two tabs that write at the same time do not wipe each other's
   * messages. A message the server has confirmed needs no keeping.
   */
  keepOutbox(before: Outbox, after: Outbox): void {
    const kept = after.filter((entry) => entry.status !== "sent");
    for (const entry of kept) {
      if (!before.includes(entry)) this.store.set(OUTBOX + entry.id, JSON.stringify(entry));
    }
    const ids = new Set(kept.map((entry) => entry.id));
    for (const entry of before) {
      if (!ids.has(entry.id)) this.store.remove(OUTBOX + entry.id);
    }
  }
}

function parse<T>(text: string | null): T | null {
  if (text === null) return null;
  try {
    return JSON.parse(text) as T;
  } catch {
    return null;
  }
}
