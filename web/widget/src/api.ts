/** The public chat API over fetch. Knows addresses and status codes, nothing of the screen. */

import { blobOf } from "./photo";
import { refusalOf, type Refused } from "./refused";
import { SseParser, type Frame } from "./sse";
import type { Body, Credentials, Snapshot } from "./types";
import { upload } from "./upload";

export { Refused } from "./refused";

const ANSWER_WITHIN_MS = 20_000;
/** The server sends a comment every 15 s; three missed ones mean a dead line. */
const SILENCE_MS = 45_000;

export interface Api {
  open(): Promise<Credentials>;
  /** `onProgress` hears which share of a photo has gone up. */
  send(to: Credentials, clientMsgId: string, body: Body, onProgress: (share: number) => void): Promise<void>;
  photo(of: Credentials, file: string): Promise<Blob>;
  events(of: Credentials, since: number, signal: AbortSignal): Promise<Snapshot>;
  stream(of: Credentials, since: number, onFrame: (frame: Frame) => void, signal: AbortSignal): Promise<void>;
}

export class HttpApi implements Api {
  constructor(private readonly server: string) {}

  async open(): Promise<Credentials> {
    return (await this.call("/chat/conversations", { method: "POST" })) as Credentials;
  }

  async send(
    to: Credentials,
    clientMsgId: string,
    body: Body,
    onProgress: (share: number) => void,
  ): Promise<void> {
    if ("photo" in body) {
      const url = `${this.server}${address(to, "files")}?client_msg_id=${clientMsgId}`;
      return upload(url, bearer(to).Authorization, blobOf(body.photo), onProgress);
    }
    await this.call(address(to, "messages"), {
      method: "POST",
      headers: { ...bearer(to), "Content-Type": "application/json" },
      body: JSON.stringify({ client_msg_id: clientMsgId, ...body }),
    });
  }

  async photo(of: Credentials, file: string): Promise<Blob> {
    const path = `${address(of, "files")}/${encodeURIComponent(file)}`;
    // The one thing that may come from the browser's own store: it is large and never changes.
    return (await this.request(path, { headers: bearer(of), cache: "default" })).blob();
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

function address(of: Credentials, part: "messages" | "events" | "files"): string {
  return `/chat/conversations/${encodeURIComponent(of.conversation_id)}/${part}`;
}

function bearer(of: Credentials): { Authorization: string } {
  return { Authorization: `Bearer ${of.token}` };
}

async function refusal(response: Response): Promise<Refused> {
  return refusalOf(response.status, response.headers.get("Retry-After"), await response.json().catch(() => null));
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
