/**
 * Speaks new messages to a screen reader. A region of its own that is always there: making
 * the log itself live re-reads history, and a region that comes and goes is not heard.
 */

import { nl } from "./nl";
import type { Outbox } from "./outbox";
import { authorName } from "./thread";
import type { ChatEvent } from "./types";
import { h } from "./view/dom";

const FORGET_MS = 20_000;

export class Announcer {
  readonly element = h("div", { class: "hidden", "aria-live": "polite", "aria-relevant": "additions" });

  private failures = new Set<string>();

  announce(events: readonly ChatEvent[]): void {
    for (const event of events) {
      // Sending a photo takes long enough to be told that it is done.
      if (event.author === "tenant" && event.files?.length) this.say(nl.photoSent);
      if (event.author !== "tenant") this.say(spoken(event));
    }
  }

  /** A message that was refused, once: its own words stand in the log, out of hearing. */
  announceFailures(box: Outbox): void {
    const failed = box.filter((entry) => entry.status === "failed");
    for (const entry of failed) {
      if (!this.failures.has(entry.id)) this.say(nl.notSent(entry.shown, entry.problem ?? ""));
    }
    this.failures = new Set(failed.map((entry) => entry.id));
  }

  private say(text: string): void {
    const line = h("p", {}, text);
    this.element.append(line);
    setTimeout(() => line.remove(), FORGET_MS);
  }
}

function spoken(event: ChatEvent): string {
  const said = `${authorName(event)}: ${event.text}`;
  const titles = (event.choices ?? []).map((choice) => choice.title);
  return titles.length ? `${said} ${nl.choicesSpoken(titles)}` : said;
}
