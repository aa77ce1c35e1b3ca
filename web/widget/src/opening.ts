/** Asks for a new conversation until there is one, or until nobody wants it any more. */

import { Refused, type Api } from "./api";
import { backoff, pause } from "./backoff";
import type { Credentials } from "./types";

export class Opening {
  private stopped = false;
  private waiting = new AbortController();

  constructor(
    private readonly api: Api,
    private readonly onFailure: (how: "offline" | "trouble") => void,
  ) {}

  /** Null when stopped. */
  async run(): Promise<Credentials | null> {
    for (let attempt = 0; !this.stopped; attempt++) {
      const { keys, waitMs } = await this.attempt(attempt);
      if (keys) return this.stopped ? null : keys;
      this.waiting = new AbortController();
      if (!this.stopped) await pause(waitMs, this.waiting.signal);
    }
    return null;
  }

  hurry(): void {
    this.waiting.abort();
  }

  stop(): void {
    this.stopped = true;
    this.waiting.abort();
  }

  private async attempt(attempt: number): Promise<{ keys: Credentials | null; waitMs: number }> {
    try {
      return { keys: await this.api.open(), waitMs: 0 };
    } catch (error) {
      const refused = error instanceof Refused ? error : null;
      if (!this.stopped) this.onFailure(refused ? "trouble" : "offline");
      return { keys: null, waitMs: refused?.retryAfterMs ?? backoff(attempt) };
    }
  }
}
