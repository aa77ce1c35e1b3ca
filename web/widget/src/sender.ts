/** Sends the outbox, oldest first and one at a time, and decides what each failure means. */

import { Refused, type Api } from "./api";
import { backoff } from "./backoff";
import { nl } from "./nl";
import { isSending, markFailed, markSending, markSent, nextToSend, putBack } from "./outbox";
import type { Entry, Outbox, Remedy } from "./outbox";
import type { Credentials } from "./types";

export interface SenderHost {
  credentials(): Credentials | null;
  outbox(): Outbox;
  change(step: (box: Outbox) => Outbox): void;
  onReached(): void;
  onProgress(id: string, share: number): void;
  onUnreachable(how: "offline" | "trouble"): void;
  onTooFast(waitMs: number): void;
  onGone(): void;
}

const TOO_FAST_MS = 5_000;

export class Sender {
  private failures = 0;
  private timer: ReturnType<typeof setTimeout> | undefined;

  constructor(
    private readonly api: Api,
    private readonly host: SenderHost,
  ) {}

  async flush(): Promise<void> {
    clearTimeout(this.timer);
    const to = this.host.credentials();
    const entry = nextToSend(this.host.outbox());
    if (!to || !entry || isSending(this.host.outbox())) return;
    this.host.change((box) => markSending(box, entry.id));
    if (await this.attempt(to, entry)) await this.flush();
  }

  stop(): void {
    clearTimeout(this.timer);
  }

  /** True when the next message may follow at once. */
  private async attempt(to: Credentials, entry: Entry): Promise<boolean> {
    try {
      await this.api.send(to, entry.id, entry.body, (share) => this.host.onProgress(entry.id, share));
    } catch (error) {
      return this.failed(entry, error);
    }
    this.failures = 0;
    this.host.change((box) => markSent(box, entry.id));
    this.host.onReached();
    return true;
  }

  private failed(entry: Entry, error: unknown): boolean {
    if (error instanceof Refused && isFinal(error)) {
      const { problem, remedy } = verdict(error, entry);
      this.host.change((box) => markFailed(box, entry.id, problem, remedy));
      return true;
    }
    this.host.change((box) => putBack(box, entry.id));
    this.tryLater(error);
    return false;
  }

  private tryLater(error: unknown): void {
    if (!(error instanceof Refused)) {
      this.again(backoff(this.failures++));
      return this.host.onUnreachable("offline");
    }
    if (error.gone) return this.host.onGone();
    if (error.status === 429) {
      const waitMs = error.retryAfterMs ?? TOO_FAST_MS;
      this.again(waitMs);
      return this.host.onTooFast(waitMs);
    }
    this.again(error.retryAfterMs ?? backoff(this.failures++));
    this.host.onUnreachable("trouble");
  }

  private again(ms: number): void {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => void this.flush(), ms);
  }
}

/** Sending the same again would be refused again. */
function isFinal(error: Refused): boolean {
  return error.status < 500 && error.status !== 429 && error.status !== 408 && !error.gone;
}

function verdict(error: Refused, entry: Entry): { problem: string; remedy: Remedy } {
  const change = "text" in entry.body ? "edit" : "remove";
  const say = (fallback: string) => error.sentence ?? fallback;
  switch (error.status) {
    case 413:
      return { problem: say(nl.problem.tooLong), remedy: change };
    case 422:
      return { problem: say(nl.problem.empty), remedy: change };
    case 409:
      return { problem: say(nl.problem.conflict), remedy: "retry" };
    default:
      return { problem: say(nl.problem.refused), remedy: "retry" };
  }
}
