import { onBeforeUnmount, onMounted } from "vue";

import { useCommands } from "../stores/commands";
import { useSettings } from "../stores/settings";
import { commandFor, isInField } from "./keymap";
import { focusNextRegion } from "./regions";

/** Listens to the keyboard as long as the work screen is there. */
export function useWorkKeys(): void {
  const commands = useCommands();
  const settings = useSettings();

  function onKey(event: KeyboardEvent): void {
    if (event.defaultPrevented) return;
    if (event.key === "F6") {
      event.preventDefault();
      focusNextRegion(event.shiftKey);
      return;
    }
    const { keys, single_keys } = settings.wishes;
    const id = commandFor(event, isInField(event.target), single_keys, keys);
    if (id === null) return;
    event.preventDefault();
    commands.run(id);
  }

  onMounted(() => window.addEventListener("keydown", onKey));
  onBeforeUnmount(() => window.removeEventListener("keydown", onKey));
}
