import { at, call } from "./client";
import type { Schemas } from "./types";

export type TenantCard = Schemas["TenantCardView"];
export type About = Schemas["AboutView"];
export type Part = "person" | "details" | "homes" | "contracts" | "account" | "plans" | "repairs" | "contacts" | "cases";
export type PartState = Schemas["PersonPart"]["state"];
export type Repair = Schemas["RepairView"];
export type Home = Schemas["HomeView"];
export type Flags = Schemas["FlagsPart"];
export type FoundPerson = Schemas["FoundPerson"];
export type Prepared = Schemas["PreparedView"];
export type Option = Schemas["OptionView"];
export type Done = Schemas["DoneView"];

/** What staff can ask of the back office for a tenant, by the last part of its address. */
export type Ask = "repair" | "cancel-repair" | "appointment" | "cancel-appointment" | "case" | "contact";

const card = (id: string, rest = ""): string => at(id, `/tenant-card${rest}`);

export const tenantCardApi = {
  read: (id: string, parts: readonly Part[]) =>
    call<TenantCard>("GET", card(id, `?${new URLSearchParams(parts.map((part) => ["part", part]))}`)),
  flags: (id: string) => call<Flags>("GET", card(id, "/flags")),
  people: (id: string, postcode: string, number: string) =>
    call<{ people: FoundPerson[] }>("GET", card(id, `/people?${new URLSearchParams({ postcode, number })}`)),
  link: (id: string, relatie: string) => call<{ about: About | null }>("POST", card(id, "/link"), { relatie }),
  unlink: (id: string) => call<{ about: About | null }>("POST", card(id, "/unlink")),
  prepared: (id: string) => call<Prepared>("GET", card(id, "/prepared")),
  options: (id: string, repair: string) =>
    call<{ options: Option[] }>("GET", card(id, `/options?${new URLSearchParams({ repair })}`)),
  ask: (id: string, what: Ask, body: object) => call<Done>("POST", card(id, `/${what}`), body),
};
