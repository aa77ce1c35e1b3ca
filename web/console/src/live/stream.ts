import { API_BASE } from "../api/client";
import { cutEvents, type StreamEvent } from "./sse";

export interface StreamHandlers {
  onOpen: () => void;
  onEvent: (event: StreamEvent) => void;
}

/** The server pings every 15 s; a line that is silent for this long is dead, whatever TCP says. */
const SILENCE_MS = 40_000;

export class SignedOutError extends Error {}

/**
 * Reads the hint stream until it ends. Not EventSource: that one hides pings and status codes,
 * so a laptop that slept or a login that ended would look like a healthy line.
 */
export async function readStream(signal: AbortSignal, handlers: StreamHandlers): Promise<void> {
  const stop = new AbortController();
  signal.addEventListener("abort", () => stop.abort(), { once: true });
  let watchdog = setTimeout(() => stop.abort(), SILENCE_MS);
  try {
    const response = await fetch(`${API_BASE}/events`, {
      headers: { Accept: "text/event-stream" },
      credentials: "same-origin",
      cache: "no-store",
      signal: stop.signal,
    });
    if (response.status === 401) throw new SignedOutError();
    if (!response.ok || response.body === null) throw new Error(`stream ${response.status}`);
    handlers.onOpen();
    const reader = response.body.pipeThrough(new TextDecoderStream()).getReader();
    let rest = "";
    for (;;) {
      const { done, value } = await reader.read();
      if (done) return;
      clearTimeout(watchdog);
      watchdog = setTimeout(() => stop.abort(), SILENCE_MS);
      const cut = cutEvents(rest + value);
      rest = cut.rest;
      cut.events.forEach(handlers.onEvent);
    }
  } finally {
    clearTimeout(watchdog);
    stop.abort();
  }
}
