import { call } from "./client";
import type { Schemas } from "./types";

export type FlaggedOpinion = Schemas["FlaggedView"];

export const opinionsApi = {
  flagged: () => call<Schemas["OpinionList"]>("GET", "/opinions/flagged"),
};
