import { call } from "./client";
import type { Agent } from "./types";

export interface CodeNeeded {
  step: "code" | "enrol";
  token: string;
}

export interface Enrolment {
  secret: string;
  picture: string;
}

export interface Entered {
  agent: Agent;
  backup_codes: string[];
}

export const accountsApi = {
  enrol: (token: string) => call<Enrolment>("POST", "/login/enrol", { token }),
  code: (token: string, code: string) => call<Entered>("POST", "/login/code", { token, code }),
  sso: () => call<{ on: boolean; label: string }>("GET", "/sso"),
};
