"""Asks a question with a few answers, hears which one, and goes on with the action that asked."""

from __future__ import annotations

from hashlib import sha256

from rasa_sdk.events import EventType, FollowupAction, SlotSet
from rasa_sdk.executor import CollectingDispatcher
from rasa_sdk.forms import FormValidationAction
from rasa_sdk.interfaces import Action, Tracker
from rasa_sdk.types import DomainDict

from actions.repairs.intake import NO_OTHER_TOPIC, WANTS_PERSON, Said
from actions.repairs.office_words import shown
from actions.repairs.pick import (
    FREE,
    PERSON,
    STOP,
    UNCLEAR,
    Offer,
    narrowed,
    pick_lists,
    picked,
    stops,
)
from actions.repairs.slots import intake_words
from actions.repairs.tracker import NOT_UNDERSTOOD, missed_before, said
from actions.wording import says, words_of

FORM = "repair_pick_form"
PICK, OFFER = "repair_pick", "repair_pick_from"
LISTEN = "action_listen"
_REQUESTED = "requested_slot"
_SURE = 0.8
_REPORT = "repair_report"
_OUR_TOPICS = frozenset({"repair_appointment_change", "repair_delayed"})


def ask(offer: Offer) -> list[EventType]:
    """Events that put this question to the tenant."""
    return [SlotSet(OFFER, offer.written()), SlotSet(PICK, None), FollowupAction(FORM)]


def answered(tracker: Tracker) -> tuple[Offer | None, str]:
    """The question that was asked, and the answer to it; empty while there is none."""
    return Offer.read(tracker.get_slot(OFFER)), str(tracker.get_slot(PICK) or "")


def forget() -> list[EventType]:
    return [SlotSet(OFFER, None), SlotSet(PICK, None)]


def key_of(tracker: Tracker, about: str) -> str:
    """A key for what is asked at this moment of this conversation. Opaque."""
    told = f"{tracker.sender_id}|{said(tracker).at.isoformat()}|{about}"
    return sha256(told.encode()).hexdigest()[:32]


class ValidateRepairPickForm(FormValidationAction):
    """Takes an answer by its button, its words, its place or its time; gives way to others."""

    def name(self) -> str:
        return f"validate_{FORM}"

    async def run(
        self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: DomainDict
    ) -> list[EventType]:
        offer, _ = answered(tracker)
        if str(tracker.get_slot(_REQUESTED) or "") != PICK:
            return []
        now = said(tracker)
        answer = UNCLEAR if offer is None else _heard(now, offer)
        if answer is None and _is_aside(now):
            return []
        better = narrowed(now.text, offer, now.at) if offer and answer is None else None
        if better:
            return [SlotSet(OFFER, better.written()), SlotSet(PICK, None)]
        if answer is None and missed_before(tracker):
            answer = UNCLEAR
        if answer is None:
            dispatcher.utter_message(response=NOT_UNDERSTOOD)
        return [SlotSet(PICK, answer)]


def _heard(now: Said, offer: Offer) -> str | None:
    if stops(now.text):
        return STOP
    answer = picked(now.text, offer, now.at)
    if answer is None and now.intent == WANTS_PERSON:
        return PERSON
    if answer is None and pick_lists().picks[offer.pick].free and not _is_aside(now):
        return FREE
    return answer


def _is_aside(now: Said) -> bool:
    """Whether another topic is asked about, rather than an answer that we cannot place."""
    if not now.text:
        return now.intent not in NO_OTHER_TOPIC  # a button of another topic
    if now.intent == _REPORT:
        return says(pick_lists().report, words_of(now.text))  # the wish itself
    ours = NO_OTHER_TOPIC | _OUR_TOPICS | intake_words().story_topics
    return now.intent not in ours and now.confidence >= _SURE


class ActionAskRepairPick(Action):
    """The question with its answers as choices."""

    def name(self) -> str:
        return f"action_ask_{FORM}_{PICK}"

    async def run(
        self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: DomainDict
    ) -> list[EventType]:
        offer, _ = answered(tracker)
        if offer is None:
            return []
        buttons = [{"title": each.title, "payload": each.title} for each in offer.shown]
        response = pick_lists().picks[offer.pick].ask
        dispatcher.utter_message(response=response, buttons=buttons, **shown(offer.told))
        return []


class ActionRepairPicked(Action):
    """Goes on with the action that asked."""

    def name(self) -> str:
        return "action_repair_picked"

    async def run(
        self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: DomainDict
    ) -> list[EventType]:
        offer, _ = answered(tracker)
        return [FollowupAction(offer.then if offer else LISTEN)]
