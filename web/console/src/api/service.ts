import { at, call } from "./client";
import type { Schemas } from "./types";

/** What the tenant is owed next. */
export type ServiceClock = Schemas["ClockView"];

/** One clock of a conversation; minutes are working minutes. */
export type MeasuredClock = Schemas["MeasuredView"];

export type Opinion = Schemas["OpinionView"];

export type Service = Schemas["ServiceView"];

export const serviceApi = {
  read: (id: string) => call<Service>("GET", at(id, "/service")),
};
