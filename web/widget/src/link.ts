/**
 * Keeps one conversation connected: ask what was missed, then follow the stream, and when
 * that ends begin again. The database behind the server is the truth; the stream is a
 * convenience, so every round starts with a plain request from the last known number.
 */

import { backoff, pause } from "./backoff";
import { Refused, type Api } from "./api";
import type { Frame } from "./sse";
import type { Credentials, Snapshot } from "./types";

export type Connection = "opening" | "online" | "offline" | "trouble";

export interface LinkEvents {
  since(): number;
  onSnapshot(snapshot: Snapshot): void;
  onFrame(frame: Frame): void;
  onConnection(connection: Connection): void;
  onGone(): void;
}

/** A stream that lived this long counts as healthy: the next drop starts at a short wait. */
const HEALTHY_MS = 5_000;
const UNTIL_WOKEN_MS = 2 ** 31 - 1;

export class Link {
  private readonly life = new AbortController();
  private round = new AbortController();
  private attempt = 0;
  private resting = false;

  constructor(
    private readonly api: Api,
    private readonly of: Credentials,
    private readonly events: LinkEvents,
  ) {}

  async run(): Promise<void> {
    while (!this.life.signal.aborted) {
      this.round = new AbortController();
      const startedAt = Date.now();
      if (await this.follow(this.round.signal)) return;
      if (this.life.signal.aborted) return;
      if (Date.now() - startedAt > HEALTHY_MS) this.attempt = 0;
      await this.wait();
    }
  }

  /** Network or page came back, or the tenant is in a hurry: start a fresh round now. */
  wake(): void {
    this.attempt = 0;
    this.resting = false;
    this.round.abort();
  }

  /** Frees the line while nobody looks: a browser has few of them, and tabs stay open for days. */
  rest(): void {
    this.resting = true;
    this.round.abort();
  }

  stop(): void {
    this.life.abort();
    this.round.abort();
  }

  /** Fills a hole beside the running stream. A failure is left to the next round. */
  async refetch(): Promise<void> {
    try {
      this.events.onSnapshot(await this.api.events(this.of, this.events.since(), this.round.signal));
    } catch {
      this.round.abort();
    }
  }

  /** One round. True when the conversation no longer exists. */
  private async follow(signal: AbortSignal): Promise<boolean> {
    try {
      const snapshot = await this.api.events(this.of, this.events.since(), signal);
      if (this.life.signal.aborted) return false;
      this.events.onSnapshot(snapshot);
      this.events.onConnection("online");
    } catch (error) {
      return this.requestFailed(error, signal);
    }
    try {
      await this.api.stream(this.of, this.events.since(), (frame) => this.events.onFrame(frame), signal);
    } catch {
      // A dropped stream says little: proxies and phones do it all day. The next request tells.
    }
    return false;
  }

  private requestFailed(error: unknown, signal: AbortSignal): boolean {
    if (signal.aborted) return false;
    const refused = error instanceof Refused;
    if (refused && error.gone) {
      this.events.onGone();
      return true;
    }
    this.events.onConnection(refused ? "trouble" : "offline");
    return false;
  }

  private async wait(): Promise<void> {
    const woken = this.round.signal.aborted && !this.resting;
    if (woken) return;
    this.round = new AbortController();
    const ms = this.resting ? UNTIL_WOKEN_MS : backoff(this.attempt++);
    await pause(ms, this.round.signal);
  }
}
