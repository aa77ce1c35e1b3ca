import { API_BASE, call } from "./client";
import type { Schemas } from "./types";
import { ZONE } from "../state/zone";

export type Member = Schemas["MemberView"];
export type MemberChange = Schemas["MemberChange"];
type NewPassword = Schemas["NewPassword"];

/** Days are those of Amsterdam, the last one included; empty asks for everything. */
export interface AskedLooks {
  person: string;
  reference: string;
  first: string;
  last: string;
}

const at = (id: string, rest = ""): string => `/staff/${encodeURIComponent(id)}${rest}`;

/** When a day begins in Amsterdam, as UTC. */
function midnight(day: string, plus = 0): string {
  const noon = new Date(`${day}T12:00:00Z`);
  noon.setUTCDate(noon.getUTCDate() + plus);
  const date = noon.toISOString().slice(0, 10);
  const summer = new Date(`${date}T00:00:00+02:00`);
  const hour = new Intl.DateTimeFormat("nl-NL", { timeZone: ZONE, hour: "numeric", hourCycle: "h23" }).format(summer);
  return (Number.parseInt(hour, 10) === 0 ? summer : new Date(`${date}T00:00:00+01:00`)).toISOString();
}

function query(asked: AskedLooks, cursor: string | null = null): string {
  const found = new URLSearchParams();
  if (asked.person.trim()) found.set("person", asked.person.trim());
  if (asked.reference.trim()) found.set("reference", asked.reference.trim());
  if (asked.first) found.set("since", midnight(asked.first));
  if (asked.last) found.set("until", midnight(asked.last, 1));
  if (cursor !== null) found.set("cursor", cursor);
  return found.toString();
}

export const staffApi = {
  list: () => call<Schemas["MemberList"]>("GET", "/staff"),
  add: (login: string, name: string, roles: string[]) => call<NewPassword>("POST", "/staff", { login, name, roles }),
  change: (id: string, change: MemberChange) => call<Member>("PUT", at(id), change),
  password: (id: string) => call<NewPassword>("POST", at(id, "/password")),
  dropFactor: (id: string) => call<void>("DELETE", at(id, "/second-factor")),
  looks: (asked: AskedLooks, cursor: string | null) =>
    call<Schemas["LookedList"]>("GET", `/access-log?${query(asked, cursor)}`),
  looksFile: (asked: AskedLooks) => `${API_BASE}/access-log/file?${query(asked)}`,
};
