import { at, call } from "./client";
import type { Schemas } from "./types";

/** One address of a person; `conversation` is the last one there. */
export type PersonAddress = Schemas["AddressView"];

export type EarlierConversation = Schemas["EarlierView"];

export type Person = Schemas["PersonView"];

export type Elsewhere = Schemas["SayElsewhere"];

export const personApi = {
  read: (id: string) => call<Person>("GET", at(id, "/person")),
  join: (id: string, conversation: string) =>
    call<Person>("POST", at(id, "/person/join"), { conversation }),
  part: (id: string, conversation: string) =>
    call<Person>("POST", at(id, "/person/part"), { conversation }),
  sayElsewhere: (id: string, what: Elsewhere) =>
    call<Schemas["SaidElsewhere"]>("POST", at(id, "/say-elsewhere"), what),
};
