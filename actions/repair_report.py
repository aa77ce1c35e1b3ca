"""Takes in a repair report. A member of staff registers it: we never claim that we did."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from rasa_sdk.events import ActiveLoop, EventType, SlotSet
from rasa_sdk.executor import CollectingDispatcher
from rasa_sdk.forms import FormValidationAction
from rasa_sdk.interfaces import Action, Tracker
from rasa_sdk.types import DomainDict

from actions.repair_intake import CONTACT, DANGER, DEFECT, ELEMENT, ROOM, SLOTS, Said, codes, hear
from actions.repair_lexicon import lexicon
from bot.signals import Escalate, EscalationReason, FormFilled, to_custom

FORM = "repair_form"
OUTCOME = "repair_outcome"
STOPPED, PERSON = "stopped", "person"

_NOT_UNDERSTOOD = "utter_repair_not_understood"
_WANTS_PERSON = "human_agent_request"


class ValidateRepairForm(FormValidationAction):
    """Takes everything a message tells, asked for or not; gives way to other questions."""

    def name(self) -> str:
        return f"validate_{FORM}"

    async def run(
        self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: DomainDict
    ) -> list[EventType]:
        said, requested = _said(tracker), str(tracker.get_slot("requested_slot") or "")
        if requested and said.intent == _WANTS_PERSON:
            return _end(PERSON)
        known = _known(tracker)
        heard = hear(said, requested or None, known, lexicon(), _missed_before(tracker))
        if heard.stop:
            return _end(STOPPED)
        if heard.aside:
            return []
        if heard.missed:
            dispatcher.utter_message(response=_NOT_UNDERSTOOD)
            # An event that changes nothing, or Rasa takes the form to have given way.
            return [SlotSet(requested, None)]
        events = [SlotSet(slot, value) for slot, value in heard.slots.items()]
        if {**known, **heard.slots}.get(DANGER) == lexicon().answers.yes_label:
            events.append(ActiveLoop(None))
        return events


class ActionRepairFinish(Action):
    """Ends the report: the summary, and what the colleague who takes it needs."""

    def name(self) -> str:
        return "action_repair_finish"

    async def run(
        self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: DomainDict
    ) -> list[EventType]:
        known, outcome = _known(tracker), tracker.get_slot(OUTCOME)
        if outcome == STOPPED:
            dispatcher.utter_message(response="utter_repair_stopped")
        elif outcome == PERSON:
            _hand_over(dispatcher, known, EscalationReason.ASKED, "reparaties")
        elif known.get(DANGER) == lexicon().answers.yes_label:
            dispatcher.utter_message(response="utter_repair_danger")
            _hand_over(dispatcher, known, EscalationReason.URGENT, "spoed")
        else:
            summary: dict[str, Any] = {**_all_slots(known)}
            dispatcher.utter_message(response="utter_repair_summary", **summary)
            dispatcher.utter_message(response="utter_repair_next")
            _hand_over(dispatcher, known, EscalationReason.POLICY, "reparaties")
        return [SlotSet(slot, None) for slot in (*SLOTS, OUTCOME)]


def _hand_over(
    dispatcher: CollectingDispatcher,
    known: Mapping[str, str],
    reason: EscalationReason,
    queue: str,
) -> None:
    fields = {**known, **codes(known, lexicon())}
    dispatcher.utter_message(json_message=to_custom(FormFilled(FORM, tuple(fields.items()))))
    all_slots = _all_slots(known)
    note = lexicon().note.format(
        room=all_slots[ROOM],
        element=all_slots[ELEMENT],
        defect=all_slots[DEFECT],
        danger=all_slots[DANGER],
        contact=all_slots[CONTACT],
    )
    dispatcher.utter_message(json_message=to_custom(Escalate(reason, note, queue)))


def _end(outcome: str) -> list[EventType]:
    return [SlotSet(OUTCOME, outcome), ActiveLoop(None)]


def _known(tracker: Tracker) -> dict[str, str]:
    values = {slot: tracker.get_slot(slot) for slot in SLOTS}
    return {slot: str(value) for slot, value in values.items() if value}


def _all_slots(known: Mapping[str, str]) -> dict[str, str]:
    unknown = lexicon().answers.unknown_label
    return {slot: known.get(slot, unknown) for slot in SLOTS}


def _said(tracker: Tracker) -> Said:
    latest: Mapping[str, Any] = tracker.latest_message
    intent = latest.get("intent") or {}
    text = str(latest.get("text") or "")
    return Said(
        "" if text.startswith("/") else text,
        str(intent.get("name") or ""),
        float(intent.get("confidence") or 0.0),
    )


def _missed_before(tracker: Tracker) -> bool:
    """Whether our words just before this message said that we did not understand."""
    before = list(tracker.events)
    while before and before[-1].get("event") != "user":
        before.pop()
    for event in reversed(before[:-1]):
        if event.get("event") == "user":
            return False
        if event.get("event") == "bot":
            spoken = (event.get("metadata") or {}).get("utter_action")
            if spoken == _NOT_UNDERSTOOD:
                return True
    return False
