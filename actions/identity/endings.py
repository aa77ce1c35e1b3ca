"""What is said, and who goes on, when the questions of identity end."""

from __future__ import annotations

from collections.abc import Mapping

from rasa_sdk.executor import CollectingDispatcher

from actions.identity.slots import Ending
from bot.signals import Escalate, EscalationReason, to_custom

_TO_PERSON: Mapping[Ending, EscalationReason] = {
    Ending.PERSON: EscalationReason.ASKED,
    Ending.FAILED: EscalationReason.POLICY,
    Ending.MISSED: EscalationReason.NOT_UNDERSTOOD,
    Ending.NO_WAY: EscalationReason.POLICY,
    Ending.DOWN: EscalationReason.BACKOFFICE_DOWN,
    Ending.THIRD_PARTY: EscalationReason.THIRD_PARTY,
}


def say_ending(dispatcher: CollectingDispatcher, ending: Ending) -> None:
    """The text of this ending, and a person where one must go on. None for GIVEN."""
    if ending is Ending.GIVEN:
        return
    dispatcher.utter_message(response=f"utter_identify_{ending.value}")
    reason = _TO_PERSON.get(ending)
    if reason is not None:
        dispatcher.utter_message(json_message=to_custom(Escalate(reason)))
