"""Gives a report to a person, with all that was told and why the assistant did not end it."""

from __future__ import annotations

from collections.abc import Mapping

from rasa_sdk.executor import CollectingDispatcher

from actions.repairs import summary
from actions.repairs.lexicon import lexicon
from actions.repairs.pays import Pays
from actions.repairs.slots import CARE, CONFIRM
from bot.signals import CaseOpened, Done, Escalate, EscalationReason, FormFilled, Signal, to_custom

QUEUE = "reparaties"
URGENT_QUEUE = "spoed"
FORM = "repair_form"


def signal(dispatcher: CollectingDispatcher, told: Signal) -> None:
    dispatcher.utter_message(json_message=to_custom(told))


def hand_over(
    dispatcher: CollectingDispatcher,
    known: Mapping[str, str],
    pays: Pays,
    reason: EscalationReason,
    queue: str = QUEUE,
    why: str = "",
) -> None:
    """A person takes over this report. ``why`` stands behind the report in the note."""
    words = lexicon()
    told = {slot: value for slot, value in known.items() if slot != CONFIRM}
    signal(dispatcher, filled_form(told, pays))
    note = " ".join(filter(None, (summary.note(told, words), why)))
    signal(dispatcher, Escalate(reason, note, queue, bool(told.get(CARE))))


def filled_form(known: Mapping[str, str], pays: Pays) -> FormFilled:
    return FormFilled(FORM, tuple(summary.fields(known, pays, lexicon()).items()))


def registered(
    dispatcher: CollectingDispatcher, known: Mapping[str, str], pays: Pays, number: str
) -> None:
    """Staff sees the report and its number; nobody has to act."""
    told = {slot: value for slot, value in known.items() if slot != CONFIRM}
    signal(dispatcher, filled_form(told, pays))
    signal(dispatcher, CaseOpened(number))
    signal(dispatcher, Done())


def to_person(dispatcher: CollectingDispatcher, reason: EscalationReason, note: str) -> None:
    """A person takes over a question about repairs."""
    signal(dispatcher, Escalate(reason, note, QUEUE))
