import { api } from "../api/client";
import { listsApi } from "../api/lists";
import type { Conversation } from "../api/types";
import type { CannedReply } from "../api/writing";

export type UndoStep = () => Promise<{ conversation: Conversation }>;

/** How to take back what a macro did after sending, the last step first. Labels it had stay. */
export function undoSteps(
  macro: CannedReply, after: Conversation, before: readonly string[],
): UndoStep[] {
  const id = after.id;
  const given = after.labels.filter((one) => !before.includes(one));
  return [...macro.actions].reverse().flatMap((action): UndoStep[] => {
    switch (action.kind) {
      case "close":
        return [() => listsApi.reopen(id)];
      case "transfer":
        // Somebody who took it meanwhile keeps it: the term is no longer this one.
        return after.state === "waiting" ? [() => api.take(id, after.term)] : [];
      case "snooze":
        return [() => listsApi.wake(id)];
      case "label": {
        const label = given.pop();
        return label === undefined ? [] : [() => listsApi.removeLabel(id, label)];
      }
    }
  });
}
