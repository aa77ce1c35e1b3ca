/** One event of a text/event-stream. A comment is a ping: it only proves that the line lives. */
export interface StreamEvent {
  event: string;
  data: string;
}

/** Cuts a growing text into whole events; what is not whole yet comes back as the rest. */
export function cutEvents(text: string): { events: StreamEvent[]; rest: string } {
  // A CR at the very end may be the first half of a CRLF: it waits for what follows.
  const half = text.endsWith("\r") ? "\r" : "";
  const whole = text.slice(0, text.length - half.length);
  const blocks = whole.replace(/\r\n?/g, "\n").split("\n\n");
  const rest = (blocks.pop() ?? "") + half;
  const events = blocks.map(readEvent).filter((event) => event !== null);
  return { events, rest };
}

function readEvent(block: string): StreamEvent | null {
  let event = "message";
  const data: string[] = [];
  for (const line of block.split("\n")) {
    const colon = line.indexOf(":");
    if (colon === 0) continue;
    const field = colon === -1 ? line : line.slice(0, colon);
    const value = colon === -1 ? "" : line.slice(colon + 1).replace(/^ /, "");
    if (field === "event") event = value;
    if (field === "data") data.push(value);
  }
  return data.length === 0 && event === "message" ? null : { event, data: data.join("\n") };
}
