"""After the questions of identity: the action that needed them runs, in the same turn.

It is run here and not by a FollowupAction alone: after one, Rasa's rules would answer the last
message of the form, which fits no rule, with their fallback.
"""

from __future__ import annotations

from rasa_sdk.events import EventType, FollowupAction, SlotSet
from rasa_sdk.executor import CollectingDispatcher
from rasa_sdk.interfaces import Action, Tracker
from rasa_sdk.types import DomainDict

from actions.identity.endings import say_ending
from actions.identity.slots import (
    DONE,
    FOR,
    GOES_ON,
    LEVEL,
    LISTEN,
    OUTCOME,
    SLOTS,
    Ending,
    Unfinished,
)
from actions.services import Served


class ActionIdentifyDone(Served, Action):
    def name(self) -> str:
        return DONE

    async def run(
        self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: DomainDict
    ) -> list[EventType]:
        ending = Ending(tracker.get_slot(OUTCOME) or Ending.STOPPED)
        say_ending(dispatcher, ending, str(tracker.get_slot(LEVEL) or ""))
        resumed = self._action(str(tracker.get_slot(FOR) or ""))
        events: list[EventType] = []
        if resumed is not None and ending in GOES_ON:
            events = list(await resumed.run(dispatcher, tracker, domain))
        elif isinstance(resumed, Unfinished):
            events = resumed.given_up(dispatcher, tracker, ending)
        changed = {event.get("name") for event in events}
        forgotten = [SlotSet(slot, None) for slot in SLOTS if slot not in changed]
        if not any(event["event"] == "followup" for event in events):
            events.append(FollowupAction(LISTEN))
        return [*forgotten, *events]

    def _action(self, name: str) -> Action | None:
        """The served action of this name."""
        from actions.executor import action_classes  # the executor imports this module

        for each in action_classes():
            if issubclass(each, Served):
                action: Action = each(self.services)
                if action.name() == name and name != DONE:
                    return action
        return None
