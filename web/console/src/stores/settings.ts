import { defineStore } from "pinia";
import { ref, watch } from "vue";

import { browserKeep } from "../state/keep";

export const THEMES = ["system", "light", "dark"] as const;
export type Theme = (typeof THEMES)[number];

function storedTheme(): Theme {
  const value = browserKeep.get("theme");
  return THEMES.find((theme) => theme === value) ?? "system";
}

export const useSettings = defineStore("settings", () => {
  const theme = ref<Theme>(storedTheme());
  const shortcuts = ref(browserKeep.get("shortcuts") !== "off");

  watch(shortcuts, (on) => browserKeep.set("shortcuts", on ? "on" : "off"));
  watch(
    theme,
    (value) => {
      browserKeep.set("theme", value);
      if (value === "system") delete document.documentElement.dataset["theme"];
      else document.documentElement.dataset["theme"] = value;
    },
    { immediate: true },
  );

  return { theme, shortcuts };
});
