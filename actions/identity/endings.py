"""What is said, and who goes on, when the questions of identity end."""

from __future__ import annotations

from collections.abc import Mapping

from rasa_sdk.executor import CollectingDispatcher

from actions.backoffice.verification import Level
from actions.identity.slots import Ending
from bot.signals import Escalate, EscalationReason, to_custom

WHY = "why"
_TO_PERSON: Mapping[Ending, EscalationReason] = {
    Ending.PERSON: EscalationReason.ASKED,
    Ending.FAILED: EscalationReason.POLICY,
    Ending.MISSED: EscalationReason.NOT_UNDERSTOOD,
    Ending.NO_WAY: EscalationReason.POLICY,
    Ending.DOWN: EscalationReason.BACKOFFICE_DOWN,
    Ending.THIRD_PARTY: EscalationReason.THIRD_PARTY,
}


def say_ending(dispatcher: CollectingDispatcher, ending: Ending, level: str = "") -> None:
    """The text of this ending, and a person where one must go on. None for GIVEN.

    ``level``: what was asked for, as it lies in the slot."""
    if ending is Ending.GIVEN:
        return
    dispatcher.utter_message(response=f"utter_identify_{ending.value}{of_level(ending, level)}")
    reason = _TO_PERSON.get(ending)
    if reason is not None:
        dispatcher.utter_message(json_message=to_custom(Escalate(reason)))


def of_level(what: Ending | str, level: str) -> str:
    """The end of the response's name: without a level for what can be answered in general, a
    person goes on where a repair or an appointment is asked for."""
    return "_claimed" if what in (Ending.REFUSED, WHY) and level == str(int(Level.CLAIMED)) else ""
