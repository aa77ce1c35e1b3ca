import type { Part, PartState, Repair, TenantCard } from "../api/tenantCard";
import { ZONE } from "./zone";

export type Section = "tenant" | "homes" | "repairs" | "contracts" | "account" | "contacts" | "cases" | "flags";

/** What is asked of the back office when a section opens. Flags have an address of their own. */
export const PARTS: Record<Exclude<Section, "flags">, readonly Part[]> = {
  tenant: ["person", "details"],
  homes: ["homes"],
  repairs: ["repairs"],
  contracts: ["contracts"],
  account: ["account", "plans"],
  contacts: ["contacts"],
  cases: ["cases"],
};
/** Money and history are read only when somebody wants to see them. */
export const OPEN_AT_FIRST: readonly Section[] = ["tenant", "homes", "repairs"];

const euros = new Intl.NumberFormat("nl-NL", { style: "currency", currency: "EUR" });
const day = new Intl.DateTimeFormat("nl-NL", { timeZone: "UTC", day: "numeric", month: "short", year: "numeric" });
const localDay = new Intl.DateTimeFormat("nl-NL", { timeZone: ZONE, day: "numeric", month: "short", year: "numeric" });
const blockDay = new Intl.DateTimeFormat("nl-NL", { timeZone: ZONE, weekday: "short", day: "numeric", month: "short" });
const clock = new Intl.DateTimeFormat("nl-NL", { timeZone: ZONE, hour: "2-digit", minute: "2-digit" });

/** An amount as the server writes it. The minus sign is moved away by who words a debt. */
export const euro = (amount: string): string => euros.format(Math.abs(Number(amount)));

/** A date without a time. */
export const shownDay = (iso: string): string => day.format(new Date(`${iso}T00:00:00Z`));

/** The day of a moment, here. */
export const momentDay = (iso: string): string => localDay.format(new Date(iso));

export const block = (begins: string, ends: string): string =>
  `${blockDay.format(new Date(begins))} ${clock.format(new Date(begins))}–${clock.format(new Date(ends))}`;

/** The appointment that is still to come, if there is one. */
export function nextVisit(repair: Repair, now: number): Repair["appointments"][number] | null {
  const ahead = repair.appointments.filter((one) => one.status === "GEP" && Date.parse(one.ends) > now);
  ahead.sort((one, other) => Date.parse(one.begins) - Date.parse(other.begins));
  return ahead[0] ?? null;
}

/** How a section is: the worst of its parts, so that one that is down is never shown as empty. */
export function sectionState(card: TenantCard | null, section: Exclude<Section, "flags">): PartState | "unread" {
  const states = PARTS[section].map((part) => card?.[part]?.state ?? "unread");
  const first = states[0] ?? "unread";
  return states.find((state) => state === "down" || state === "refused" || state === "unread") ?? first;
}

/** A postcode and number as the server takes them; null when they are none. */
export function addressOf(postcode: string, number: string): { postcode: string; number: string } | null {
  const code = postcode.replace(/\s/g, "").toUpperCase();
  const digits = number.trim();
  return /^[1-9]\d{3}[A-Z]{2}$/.test(code) && /^[1-9]\d{0,4}$/.test(digits) ? { postcode: code, number: digits } : null;
}
