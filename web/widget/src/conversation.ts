/** One conversation of one tenant: puts the log, the outbox, the link and the sender together. */

import type { Api } from "./api";
import { Link, type Connection, type LinkEvents } from "./link";
import { emptyLog, hasGap, lastSeq, reduceLog, type Log, type LogInput } from "./log";
import type { Memory } from "./memory";
import { nl } from "./nl";
import { Opening } from "./opening";
import * as outbox from "./outbox";
import { Sender, type SenderHost } from "./sender";
import type { Frame } from "./sse";
import { ASK_PERSON, type Body, type ChatEvent, type Choice, type Credentials } from "./types";

export interface Situation {
  readonly log: Log;
  readonly outbox: outbox.Outbox;
  /** How much of the photo that is going up has gone. */
  readonly progress: Progress | null;
  readonly connection: Connection;
  /** The server does not know this conversation (any more). */
  readonly gone: boolean;
  /** Until when the server asked us to wait (ms since 1970), or null. */
  readonly holdOffUntil: number | null;
}

export interface Progress {
  readonly id: string;
  readonly share: number;
}

export interface Listener {
  onChange(situation: Situation): void;
  /** Events that arrived while the tenant is here; history after a reload is not among them. */
  onLive(events: readonly ChatEvent[]): void;
}

export class Conversation implements LinkEvents, SenderHost {
  private log: Log = emptyLog;
  private box: outbox.Outbox = [];
  private keys: Credentials | null = null;
  private connection: Connection = "opening";
  private gone = false;
  private holdOffUntil: number | null = null;
  private progress: Progress | null = null;
  private synced = false;
  private refetching = false;
  private link: Link | null = null;
  private opening: Opening | null = null;
  private readonly sender: Sender;

  constructor(
    private readonly api: Api,
    private readonly memory: Memory,
    private readonly listener: Listener,
  ) {
    this.sender = new Sender(api, this);
  }

  start(): void {
    this.box = this.memory.outbox();
    const known = this.memory.credentials();
    if (known) this.connect(known, false);
    else void this.open();
    this.changed();
  }

  stop(): void {
    this.opening?.stop();
    this.link?.stop();
    this.sender.stop();
  }

  /** Network or page came back. */
  wake(): void {
    this.link?.wake();
    this.opening?.hurry();
    void this.sender.flush();
  }

  rest(): void {
    this.link?.rest();
  }

  say(text: string): void {
    this.post({ text }, text);
  }

  choose(choice: Choice): void {
    this.post({ choice_id: choice.id }, choice.title);
  }

  /** @param photo a JPEG in base64 */
  sendPhoto(photo: string): void {
    this.post({ photo }, nl.photo);
  }

  /** Rejects when there is no conversation or the server does not answer. */
  async photo(file: string): Promise<Blob> {
    if (!this.keys) throw new TypeError("no conversation");
    return this.api.photo(this.keys, file);
  }

  askPerson(): void {
    this.post({ choice_id: ASK_PERSON }, nl.askPerson);
  }

  retry(id: string): void {
    this.change((box) => outbox.retry(box, id, newId()));
    void this.sender.flush();
  }

  /** Takes a refused message back, so that its text can be changed. */
  takeBack(id: string): string {
    const entry = this.box.find((one) => one.id === id);
    this.change((box) => outbox.without(box, id));
    return entry && "text" in entry.body ? entry.body.text : "";
  }

  startNew(): void {
    this.memory.forgetConversation();
    this.change((box) => outbox.carryOver(box, ASK_PERSON));
    this.leave();
    void this.open();
    this.changed();
  }

  /** Another tab of this browser began a new conversation: go along. */
  followOtherTab(): void {
    const known = this.memory.credentials();
    if (!known || known.conversation_id === this.keys?.conversation_id) return;
    this.leave();
    this.connect(known, false);
    this.changed();
  }

  // --- what the link tells -------------------------------------------------------------

  since(): number {
    return lastSeq(this.log);
  }

  onSnapshot(snapshot: Parameters<LinkEvents["onSnapshot"]>[0]): void {
    this.apply({ kind: "snapshot", snapshot });
    this.synced = true;
  }

  onFrame(frame: Frame): void {
    const input = readFrame(frame);
    if (input) this.apply(input);
  }

  onConnection(connection: Connection): void {
    this.connection = connection;
    if (connection !== "online") this.log = reduceLog(this.log, { kind: "disconnected" });
    this.changed();
    if (connection === "online") void this.sender.flush();
  }

  onGone(): void {
    this.gone = true;
    this.link?.stop();
    this.changed();
  }

  // --- what the sender asks and tells ---------------------------------------------------

  credentials(): Credentials | null {
    return this.gone ? null : this.keys;
  }

  outbox(): outbox.Outbox {
    return this.box;
  }

  change(step: (box: outbox.Outbox) => outbox.Outbox): void {
    const before = this.box;
    this.box = step(before);
    this.memory.keepOutbox(before, this.box);
    this.changed();
  }

  onReached(): void {
    this.holdOffUntil = null;
    if (this.connection !== "online") this.link?.wake();
    this.changed();
  }

  onProgress(id: string, share: number): void {
    this.progress = { id, share };
    this.changed();
  }

  onUnreachable(how: "offline" | "trouble"): void {
    this.onConnection(how);
  }

  onTooFast(waitMs: number): void {
    this.holdOffUntil = Date.now() + waitMs;
    this.changed();
  }

  // --- inside ---------------------------------------------------------------------------

  private post(body: Body, shown: string): void {
    this.change((box) => outbox.add(box, { id: newId(), body, shown, at: new Date() }));
    void this.sender.flush();
  }

  private async open(): Promise<void> {
    const opening = new Opening(this.api, (how) => this.onConnection(how));
    this.opening = opening;
    const keys = await opening.run();
    if (!keys) return;
    this.opening = null;
    this.memory.keepCredentials(keys);
    this.connect(keys, true);
  }

  private connect(keys: Credentials, fresh: boolean): void {
    this.keys = keys;
    this.synced = fresh;
    this.link = new Link(this.api, keys, this);
    void this.link.run();
  }

  private leave(): void {
    this.stop();
    this.keys = null;
    this.link = null;
    this.log = emptyLog;
    this.gone = false;
    this.holdOffUntil = null;
    this.connection = "opening";
  }

  private apply(input: LogInput): void {
    const before = lastSeq(this.log);
    this.log = reduceLog(this.log, input);
    const added = this.log.events.filter((event) => event.seq > before);
    const own = new Set(added.flatMap((event) => event.client_msg_id ?? []));
    if (own.size) this.change((box) => outbox.settle(box, own));
    else this.changed();
    if (this.synced && added.length) this.listener.onLive(added);
    if (hasGap(this.log)) void this.fillGap();
  }

  private async fillGap(): Promise<void> {
    if (this.refetching) return;
    this.refetching = true;
    await this.link?.refetch();
    this.refetching = false;
  }

  private changed(): void {
    const { log, box, connection, gone, holdOffUntil, progress } = this;
    this.listener.onChange({ log, outbox: box, progress, connection, gone, holdOffUntil });
  }
}

function readFrame(frame: Frame): LogInput | null {
  try {
    const data = JSON.parse(frame.data);
    if (frame.event === "typing") return { kind: "typing", hint: data };
    if (frame.event === "state") return { kind: "state", state: data.state };
    return typeof data.seq === "number" ? { kind: "event", event: data } : null;
  } catch {
    return null;
  }
}

/** 128 random bits. crypto.randomUUID is missing on plain http, where a demo may run. */
function newId(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
}
