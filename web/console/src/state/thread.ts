import type { Delivery, Message, TriedStep } from "../api/types";
import type { Pending } from "./pending";
import { ZONE } from "./zone";

/** Later copies of a message win; the position in the conversation decides the order. */
export function mergeMessages(known: readonly Message[], more: readonly Message[]): Message[] {
  const byId = new Map<string, Message>();
  for (const message of [...known, ...more]) byId.set(String(message.id), message);
  return [...byId.values()].sort((a, b) => a.pos - b.pos);
}

/** The same messages with how far they came by now. */
export function withDeliveries(messages: readonly Message[], deliveries: readonly Delivery[]): Message[] {
  const known = new Map(deliveries.map((one) => [String(one.message), one]));
  return messages.map((message) => {
    const delivery = known.get(String(message.id));
    return delivery === undefined ? message : { ...message, delivery };
  });
}

export function lastPos(messages: readonly Message[]): number {
  return messages.reduce((top, message) => Math.max(top, message.pos), 0);
}

function isCopyOf(message: Message, pending: Pending): boolean {
  if (message.client_msg_id != null) return message.client_msg_id === pending.clientMsgId;
  return (
    message.author === "agent" && message.pos > pending.afterPos && message.text === pending.text
  );
}

/** What still has to be shown as on its way: not what the server's list already holds. */
export function stillUnseen(
  pendings: readonly Pending[],
  messages: readonly Message[],
): Pending[] {
  return pendings.filter((pending) => !messages.some((message) => isCopyOf(message, pending)));
}

const dayKeyFormat = new Intl.DateTimeFormat("en-CA", { timeZone: ZONE });

export function dayKey(iso: string | number): string {
  return dayKeyFormat.format(new Date(iso));
}

export type Row =
  | { type: "day"; key: string; at: string }
  | { type: "message"; key: string; message: Message; follows: boolean; step: TriedStep | null };

/** The assistant's reading of a tenant's words, looked up by those words in order of time. */
export function stepFor(message: Message, tried: TriedStep[]): TriedStep | null {
  if (message.author !== "tenant") return null;
  const index = tried.findIndex((step) => step.tenant.trim() === (message.text ?? "").trim());
  return index === -1 ? null : (tried.splice(index, 1)[0] ?? null);
}

export function rowsOf(messages: readonly Message[], tried: readonly TriedStep[]): Row[] {
  const rows: Row[] = [];
  const left = [...tried];
  let day = "";
  let before: Message | null = null;
  for (const message of messages) {
    const today = dayKey(message.at);
    const newDay = today !== day;
    if (newDay) rows.push({ type: "day", key: `day-${today}`, at: message.at });
    day = today;
    rows.push({
      type: "message",
      key: `message-${message.id}`,
      message,
      follows: !newDay && before !== null && sameSpeaker(before, message),
      step: stepFor(message, left),
    });
    before = message;
  }
  return rows;
}

function sameSpeaker(a: Message, b: Message): boolean {
  return a.author === b.author && a.name === b.name && a.kind === b.kind && b.kind === "text";
}
