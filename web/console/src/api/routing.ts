import { call } from "./client";
import type { Conversation, Schemas } from "./types";

export type PresenceStatus = Standing["status"];

export type Offer = Schemas["OfferView"];

export type Alarm = Schemas["AlarmView"];

export type Standing = Schemas["Standing"];

export type Colleague = Schemas["ColleagueView"];

export type Transfer = Partial<Omit<Schemas["Transfer"], "term">>;

const conversation = (id: string, rest: string): string =>
  `/conversations/${encodeURIComponent(id)}${rest}`;

export const routingApi = {
  presence: (status?: PresenceStatus, reassign = false) =>
    call<Standing>("POST", "/presence", status === undefined ? {} : { status, reassign }),
  colleagues: () => call<Schemas["ColleagueList"]>("GET", "/colleagues"),
  accept: (id: string) =>
    call<{ conversation: Conversation }>("POST", `/offers/${encodeURIComponent(id)}/accept`),
  decline: (id: string) => call<void>("POST", `/offers/${encodeURIComponent(id)}/decline`),
  transfer: (id: string, term: number, how: Transfer) =>
    call<{ conversation: Conversation }>("POST", conversation(id, "/transfer"), { term, ...how }),
  acknowledge: (id: string) => call<void>("POST", conversation(id, "/alarm/acknowledge")),
};
