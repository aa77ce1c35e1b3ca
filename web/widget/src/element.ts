/** `<thuisbalie-chat>`: the element a corporation puts on its site. */

import { HttpApi } from "./api";
import { Announcer } from "./announcer";
import { Conversation, type Situation } from "./conversation";
import { lastSeq } from "./log";
import { Memory } from "./memory";
import { nl } from "./nl";
import { blobOf } from "./photo";
import { Reader } from "./reader";
import { browserSpeech } from "./speech";
import { browserStore } from "./storage";
import base from "./styles/base.css?inline";
import frame from "./styles/frame.css?inline";
import log from "./styles/log.css?inline";
import needs from "./styles/needs.css?inline";
import photo from "./styles/photo.css?inline";
import room from "./styles/room.css?inline";
import type { ChatEvent, TextSize } from "./types";
import { Frame, type FrameActions, type Mode } from "./view/frame";
import { Launcher } from "./view/launcher";
import { fitToScreen, keepFocusInside } from "./view/screen";

/** A hidden tab gives its line back after this long. */
const REST_AFTER_MS = 60_000;

/** Only known while the script is run for the first time. */
const script = document.currentScript as HTMLScriptElement | null;

const sheet = new CSSStyleSheet();
sheet.replaceSync(base + frame + log + photo + room + needs);

export class ThuisbalieChat extends HTMLElement {
  private conversation!: Conversation;
  private memory!: Memory;
  private frame!: Frame;
  private reader!: Reader;
  private launcher: Launcher | null = null;
  private situation: Situation | null = null;
  private started = false;
  private restTimer: ReturnType<typeof setTimeout> | undefined;
  private life = new AbortController();
  private readonly announcer = new Announcer();

  connectedCallback(): void {
    this.life = new AbortController();
    const server = this.server();
    const store = browserStore(`thuisbalie:${server}:`);
    this.memory = new Memory(store);
    this.conversation = new Conversation(new HttpApi(server), this.memory, {
      onChange: (situation) => this.show(situation),
      onLive: (events) => this.onLive(events),
    });
    this.build(this.getAttribute("mode") === "page" ? "page" : "panel");
    this.listen();
    this.readAloud();
    // A visitor who never opens the panel gets no conversation.
    if (!this.launcher || this.memory.credentials()) this.start();
  }

  disconnectedCallback(): void {
    this.life.abort();
    clearTimeout(this.restTimer);
    this.reader.stop();
    if (this.started) this.conversation.stop();
    this.started = false;
  }

  /** Part of the element's own interface, for a page that wants its own button. */
  open(): void {
    if (!this.launcher) return;
    this.start();
    this.frame.element.hidden = false;
    this.launcher.element.hidden = true;
    this.frame.history.scrollToEnd();
    this.frame.composer.focus();
    this.markRead();
  }

  close(): void {
    if (!this.launcher) return;
    this.reader.stop();
    this.frame.element.hidden = true;
    this.launcher.element.hidden = false;
    this.launcher.element.focus();
  }

  /** Where our script came from, unless the page says otherwise. */
  private server(): string {
    return new URL(this.getAttribute("server") ?? script?.src ?? "", location.href).origin;
  }

  private build(mode: Mode): void {
    const root = this.shadowRoot ?? this.attachShadow({ mode: "open" });
    root.adoptedStyleSheets = [sheet];
    root.replaceChildren();
    this.lang ||= "nl";
    const name = this.getAttribute("corporation");
    this.frame = new Frame(mode, name ? nl.titleWith(name) : nl.title, this.actions());
    this.frame.showTextSize(this.memory.textSize());
    root.append(this.announcer.element, this.frame.element);
    this.launcher = mode === "panel" ? new Launcher(this.querySelector("a"), `${this.server()}/chat`, () => this.open()) : null;
    if (!this.launcher) return;
    this.frame.element.hidden = true;
    root.append(this.launcher.element);
  }

  private actions(): FrameActions {
    return {
      say: (text) => this.conversation.say(text),
      sendPhoto: (photo) => this.conversation.sendPhoto(photo),
      askPerson: () => this.conversation.askPerson(),
      choose: (choice) => this.conversation.choose(choice),
      read: (key, text) => this.reader.toggle(key, text),
      photo: async (photo) => ("unsent" in photo ? blobOf(photo.unsent) : this.conversation.photo(photo.file)),
      setTextSize: (size) => this.setTextSize(size),
      retry: (id) => this.conversation.retry(id),
      takeBack: (id) => this.conversation.takeBack(id),
      startNew: () => this.conversation.startNew(),
      close: () => this.close(),
    };
  }

  private listen(): void {
    const { signal } = this.life;
    const wake = () => this.started && this.conversation.wake();
    window.addEventListener("online", wake, { signal });
    // Not believed blindly: waking asks the server, and the answer decides.
    window.addEventListener("offline", wake, { signal });
    window.addEventListener("pageshow", (event) => event.persisted && wake(), { signal });
    document.addEventListener("visibilitychange", () => this.onVisibility(), { signal });
    window.addEventListener("storage", () => this.followOtherTab(), { signal });
    this.frame.element.addEventListener("keydown", (event) => this.onKey(event), { signal });
    fitToScreen(this.frame.element, signal);
  }

  private readAloud(): void {
    const { signal } = this.life;
    const speech = browserSpeech(() => this.reader.lookForVoice(), signal);
    this.reader = new Reader(speech, (reading) => this.frame.showReading(reading));
    this.reader.lookForVoice();
    // A browser talks on after its page has been left.
    window.addEventListener("pagehide", () => this.reader.stop(), { signal });
  }

  private setTextSize(size: TextSize): void {
    this.memory.keepTextSize(size);
    this.frame.showTextSize(size);
  }

  private onKey(event: KeyboardEvent): void {
    if (!this.launcher) return;
    if (event.key === "Escape" && !event.isComposing) this.close();
    if (event.key === "Tab") keepFocusInside(this.frame.element, event);
  }

  private onVisibility(): void {
    clearTimeout(this.restTimer);
    if (!this.started) return;
    if (document.hidden) {
      this.restTimer = setTimeout(() => this.conversation.rest(), REST_AFTER_MS);
      return;
    }
    this.conversation.wake();
    this.markRead();
  }

  private followOtherTab(): void {
    this.frame.showTextSize(this.memory.textSize());
    if (this.started) this.conversation.followOtherTab();
  }

  private start(): void {
    if (this.started) return;
    this.started = true;
    this.conversation.start();
  }

  private show(situation: Situation): void {
    this.situation = situation;
    this.frame.show(situation, new Date());
    this.reader.lookForVoice();
    this.stopReadingWhatIsGone();
    this.announcer.announceFailures(situation.outbox);
    this.markRead();
    this.launcher?.showUnread(this.unread(situation));
  }

  private onLive(events: readonly ChatEvent[]): void {
    this.announcer.announce(events);
  }

  private stopReadingWhatIsGone(): void {
    const { key } = this.reader.reading;
    if (key !== null && !this.frame.history.has(key)) this.reader.stop();
  }

  private unread(situation: Situation): number {
    const read = this.memory.read();
    return situation.log.events.filter((event) => event.seq > read && event.author !== "tenant").length;
  }

  private markRead(): void {
    const seen = !this.frame.element.hidden && !document.hidden;
    if (!seen || !this.situation) return;
    this.memory.keepRead(lastSeq(this.situation.log));
    this.launcher?.showUnread(0);
  }
}
