import { at, call } from "./client";
import type { Schemas } from "./types";

export type Faults = Schemas["FaultsView"];
export type Fault = Schemas["FaultView"];
export type FaultKind = Schemas["FaultKindView"];
export type Kept = Schemas["KeptView"];

/** What tenants are told; moments as ISO, `expected_end` null when nobody knows. */
export interface Telling {
  words: string;
  until: string;
  expected_end: string | null;
}

type Kind = Pick<FaultKind, "cluster" | "defect" | "location">;

const fault = (id: string, rest = ""): string => `/faults/${encodeURIComponent(id)}${rest}`;
const kept = (one: Kept, rest: string): string =>
  at(one.conversation, `/kept-requests/${encodeURIComponent(one.id)}${rest}`);

export const officeApi = {
  faults: () => call<Faults>("GET", "/faults"),
  confirm: (kind: Kind, telling: Telling) => call<Fault>("POST", "/faults", { ...kind, ...telling }),
  none: (kind: Kind) => call<void>("POST", "/faults/none", kind),
  change: (id: string, telling: Telling) => call<Fault>("PUT", fault(id), telling),
  end: (id: string) => call<Schemas["FaultEnded"]>("POST", fault(id, "/end")),
  kept: () => call<Schemas["KeptList"]>("GET", "/kept-requests"),
  keptOf: (conversation: string) => call<Schemas["KeptList"]>("GET", at(conversation, "/kept-requests")),
  tryNow: (one: Kept) => call<Kept>("POST", kept(one, "/try")),
  byHand: (one: Kept, number: string) => call<Kept>("POST", kept(one, "/done"), { number }),
};
