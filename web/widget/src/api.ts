/** The public chat API over fetch. Knows addresses and status codes, nothing of the screen. */

import { SseParser, type Frame } from "./sse";
import type { Body, Credentials, Snapshot } from "./types";

/** The server answered, and the answer was no. */
export class Refused extends Error {
  constructor(
    readonly status: number,
    /** A Dutch sentence for the tenant, when the server sent one. */
    readonly sentence: string | null,
    readonly retryAfterMs: number | null,
  ) {
    super(`refused with ${status}`);
  }

  get gone(): boolean {
    return this.status === 401 || this.status === 404;
  }
}

const ANSWER_WITHIN_MS = 20_000;
/** The server sends a comment every 15 s; three missed ones mean a dead line. */
const SILENCE_MS = 45_000;

export interface Api {
  open(): Promise<Credentials>;
  send(to: Credentials, clientMsgId: string, body: Body): Promise<void>;
  events(of: Credentials, since: number, signal: AbortSignal): Promise<Snapshot>;
  stream(of: Credentials, since: number, onFrame: (frame: Frame) => void, signal: AbortSignal): Promise<void>;
}

export class HttpApi implements Api {
  constructor(private readonly server: string) {}

  async open(): Promise<Credentials> {
    return (await this.call("/chat/conversations", { method: "POST" })) as Credentials;
  }

  async send(to: Credentials, clientMsgId: string, body: Body): Promise<void> {
    await this.call(address(to, "messages"), {
      method: "POST",
      headers: { ...bearer(to), "Content-Type": "application/json" },
      body: JSON.stringify({ client_msg_id: clientMsgId, ...body }),
    });
  }

  async events(of: Credentials, since: number, signal: AbortSignal): Promise<Snapshot> {
    const path = `${address(of, "events")}?since=${since}`;
    return (await this.call(path, { headers: bearer(of), signal })) as Snapshot;
  }

  /** Runs until the server ends the stream, the line goes dead or `signal` fires. */
  async stream(
    of: Credentials,
    since: number,
    onFrame: (frame: Frame) => void,
    signal: AbortSignal,
  ): Promise<void> {
    const line = new AbortController();
    const cut = () => line.abort();
    signal.addEventListener("abort", cut);
    let watch = setTimeout(cut, SILENCE_MS);
    try {
      const response = await this.request(`${address(of, "events")}?since=${since}&hints=1`, {
        headers: { ...bearer(of), Accept: "text/event-stream" },
        signal: line.signal,
      });
      const reader = response.body!.pipeThrough(new TextDecoderStream()).getReader();
      const parser = new SseParser();
      for (let part = await reader.read(); !part.done; part = await reader.read()) {
        clearTimeout(watch);
        watch = setTimeout(cut, SILENCE_MS);
        parser.push(part.value).forEach(onFrame);
      }
    } finally {
      clearTimeout(watch);
      signal.removeEventListener("abort", cut);
    }
  }

  private async call(path: string, init: RequestInit): Promise<unknown> {
    const limit = AbortSignal.timeout(ANSWER_WITHIN_MS);
    const signal = init.signal ? anyOf(init.signal, limit) : limit;
    return (await this.request(path, { ...init, signal })).json();
  }

  private async request(path: string, init: RequestInit): Promise<Response> {
    const response = await fetch(this.server + path, { cache: "no-store", credentials: "omit", ...init });
    if (!response.ok) throw await refusal(response);
    return response;
  }
}

function address(of: Credentials, part: "messages" | "events"): string {
  return `/chat/conversations/${encodeURIComponent(of.conversation_id)}/${part}`;
}

function bearer(of: Credentials): Record<string, string> {
  return { Authorization: `Bearer ${of.token}` };
}

async function refusal(response: Response): Promise<Refused> {
  const after = Number(response.headers.get("Retry-After"));
  const body = (await response.json().catch(() => null)) as { error?: { message?: string } } | null;
  return new Refused(response.status, body?.error?.message ?? null, after > 0 ? after * 1000 : null);
}

/** AbortSignal.any, which phones of a few years old do not have. */
function anyOf(first: AbortSignal, second: AbortSignal): AbortSignal {
  const both = new AbortController();
  for (const signal of [first, second]) {
    if (signal.aborted) both.abort();
    signal.addEventListener("abort", () => both.abort(), { once: true });
  }
  return both.signal;
}
