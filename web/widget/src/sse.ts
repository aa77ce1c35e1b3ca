/** Reads `text/event-stream` from chunks that may be cut anywhere. */

export interface Frame {
  readonly event: string;
  readonly data: string;
}

export class SseParser {
  private rest = "";
  private event = "";
  private data: string[] = [];

  push(chunk: string): Frame[] {
    // A lone \r at the end of a chunk may be half of \r\n: it waits for the next chunk.
    const text = this.rest + chunk;
    const usable = text.endsWith("\r") ? text.slice(0, -1) : text;
    const lines = usable.split(/\r\n|\r|\n/);
    this.rest = (lines.pop() ?? "") + text.slice(usable.length);
    return lines.flatMap((line) => this.line(line));
  }

  private line(line: string): Frame[] {
    if (line === "") return this.dispatch();
    const colon = line.indexOf(":");
    if (colon === 0) return [];
    const field = colon < 0 ? line : line.slice(0, colon);
    const value = colon < 0 ? "" : line.slice(colon + 1).replace(/^ /, "");
    if (field === "event") this.event = value;
    if (field === "data") this.data.push(value);
    return [];
  }

  private dispatch(): Frame[] {
    const frame = { event: this.event || "message", data: this.data.join("\n") };
    const filled = this.data.length > 0;
    this.event = "";
    this.data = [];
    return filled ? [frame] : [];
  }
}
