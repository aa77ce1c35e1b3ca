/** The server as the element sees it, in memory: every call can be made to fail. */

import { Refused, type Api } from "../src/api";
import type { Body, ChatEvent, Credentials, Snapshot } from "../src/types";

export class FakeApi implements Api {
  readonly sent: { id: string; body: Body }[] = [];
  readonly log: ChatEvent[] = [];
  opened = 0;
  asked = 0;
  /** What the next calls throw, oldest first; an empty list means: all goes well. */
  failures: Error[] = [];

  async open(): Promise<Credentials> {
    this.failIfAsked();
    this.opened += 1;
    return { conversation_id: `gesprek-${this.opened}`, token: "sleutel" };
  }

  async send(_to: Credentials, id: string, body: Body, onProgress: (share: number) => void): Promise<void> {
    if ("photo" in body) onProgress(0.5);
    this.failIfAsked();
    this.sent.push({ id, body });
  }

  async photo(_of: Credentials, file: string): Promise<Blob> {
    this.failIfAsked();
    return new Blob([file]);
  }

  async events(_of: Credentials, since: number): Promise<Snapshot> {
    this.asked += 1;
    return { state: "bot", events: this.log.filter((event) => event.seq > since) };
  }

  stream(_of: Credentials, _since: number, _onFrame: unknown, signal: AbortSignal): Promise<void> {
    return new Promise((resolve) => signal.addEventListener("abort", () => resolve()));
  }

  texts(): string[] {
    return this.sent.map(({ body }) => Object.values(body)[0]!);
  }

  private failIfAsked(): void {
    const failure = this.failures.shift();
    if (failure) throw failure;
  }
}

export const deadLine = () => new TypeError("Failed to fetch");
export const refused = (status: number, afterMs: number | null = null, sentence: string | null = null) =>
  new Refused(status, sentence, afterMs);
