import { defineStore } from "pinia";
import { computed, ref, watch } from "vue";

import { preferencesApi } from "../api/preferences";
import { browserKeep } from "../state/keep";
import { cleaned, standard, THEMES, type Preferences, type Theme } from "../state/preferences";
import { useSession } from "./session";

export { THEMES, type Theme } from "../state/preferences";

const PAUSE_MS = 600;

interface Mirror {
  wishes: unknown;
  /** Changed here and not yet known to the server. */
  unsaved: boolean;
}

function storedTheme(): Theme {
  const value = browserKeep.get("theme");
  return THEMES.find((theme) => theme === value) ?? "system";
}

/** How this person wants the console: kept with the account, with a copy in this browser. */
export const useSettings = defineStore("settings", () => {
  const session = useSession();
  const wishes = ref<Preferences>({ ...standard(), theme: storedTheme() });
  const saving = ref<"idle" | "saved" | "failed">("idle");
  let owner = "";
  let timer: ReturnType<typeof setTimeout> | null = null;

  const mirrorKey = (): string => `preferences.${owner}`;

  function mirror(unsaved: boolean): void {
    if (owner === "") return;
    browserKeep.set(mirrorKey(), JSON.stringify({ wishes: wishes.value, unsaved } satisfies Mirror));
  }

  function readMirror(): Mirror | null {
    try {
      return JSON.parse(browserKeep.get(mirrorKey()) ?? "null") as Mirror | null;
    } catch {
      return null;
    }
  }

  async function push(): Promise<void> {
    const whose = owner;
    if (whose === "") return;
    try {
      await preferencesApi.write(wishes.value);
      if (whose !== owner || timer !== null) return;
      mirror(false);
      saving.value = "saved";
    } catch {
      saving.value = "failed";
    }
  }

  function change(part: Partial<Preferences>): void {
    wishes.value = { ...wishes.value, ...part };
    mirror(true);
    saving.value = "idle";
    if (timer !== null) clearTimeout(timer);
    timer = setTimeout(() => {
      timer = null;
      void push();
    }, PAUSE_MS);
  }

  /** What was changed here without a line goes to the server; otherwise the server is the truth. */
  async function load(agentId: string): Promise<void> {
    owner = agentId;
    if (timer !== null) clearTimeout(timer);
    timer = null;
    if (agentId === "") return;
    const kept = readMirror();
    wishes.value = kept === null ? { ...standard(), theme: storedTheme() } : cleaned(kept.wishes);
    if (kept?.unsaved === true) return push();
    const answer = await preferencesApi.read().catch(() => null);
    if (answer === null || owner !== agentId || timer !== null) return;
    wishes.value = cleaned(answer);
    mirror(false);
  }

  watch(() => session.agentId, (agentId) => void load(agentId), { immediate: true });
  watch(
    () => [wishes.value.theme, wishes.value.text_size] as const,
    ([theme, size]) => {
      browserKeep.set("theme", theme);
      const data = document.documentElement.dataset;
      if (theme === "system") delete data["theme"];
      else data["theme"] = theme;
      data["size"] = size;
    },
    { immediate: true },
  );

  const theme = computed({ get: () => wishes.value.theme, set: (value) => change({ theme: value }) });
  const shortcuts = computed({
    get: () => wishes.value.single_keys,
    set: (value) => change({ single_keys: value }),
  });

  return { wishes, saving, theme, shortcuts, change };
});
