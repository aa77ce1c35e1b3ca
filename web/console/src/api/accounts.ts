import { call } from "./client";
import type { Schemas } from "./types";

export type CodeNeeded = Schemas["CodeNeeded"];

export type Enrolment = Schemas["EnrolmentView"];

export type Entered = Schemas["Entered"];

export const accountsApi = {
  enrol: (token: string) => call<Enrolment>("POST", "/login/enrol", { token }),
  code: (token: string, code: string) => call<Entered>("POST", "/login/code", { token, code }),
  sso: () => call<{ on: boolean; label: string }>("GET", "/sso"),
};
