import { call } from "./client";
import type { Preferences } from "../state/preferences";

export const preferencesApi = {
  read: () => call<unknown>("GET", "/preferences"),
  write: (wishes: Preferences) => call<unknown>("PUT", "/preferences", wishes),
};
