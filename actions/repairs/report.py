"""Takes in a repair report. Where a back office is connected it is registered next
(``actions.repairs.register``); elsewhere a member of staff does, and we never claim that we did."""

from __future__ import annotations

from collections.abc import Mapping

from rasa_sdk.events import ActiveLoop, EventType, FollowupAction, SlotSet
from rasa_sdk.executor import CollectingDispatcher
from rasa_sdk.forms import FormValidationAction
from rasa_sdk.interfaces import Action, Tracker
from rasa_sdk.types import DomainDict

from actions.repairs import summary as repair_summary
from actions.repairs.hand_over import FORM, URGENT_QUEUE, hand_over
from actions.repairs.intake import Heard, Said, hear
from actions.repairs.lexicon import lexicon
from actions.repairs.pays import Payer, Pays
from actions.repairs.pick_form import key_of
from actions.repairs.slots import (
    BEGAN,
    CHANGE,
    CONFIRM,
    DANGER,
    DEFECT,
    ELEMENT,
    KEY,
    PHOTO,
    SLOTS,
    WORDS,
)
from actions.repairs.things import own_words
from actions.repairs.told import told_lists, without_care
from actions.repairs.tracker import (
    FINISH,
    NOT_UNDERSTOOD,
    NUMBER_NEEDED,
    all_said,
    asked_before,
    known_slots,
    missed_before,
    said,
    story,
)
from actions.services import Served
from actions.wording import words_of
from bot.signals import EscalationReason

OUTCOME = "repair_outcome"
REFERENCE = "conversation_reference"
"""The hub's own reference, where it sent one along."""
STOPPED, PERSON = "stopped", "person"

REGISTER = "action_repair_register"
_REQUESTED = "requested_slot"
_MOST_WORDS = 600
_STORY = 3
"""From so many words on a message tells something that its slots do not."""
_CONFIRM_ASKED = "utter_repair_confirm"


class ValidateRepairForm(FormValidationAction):
    """Takes everything a message tells, asked for or not; gives way to other questions."""

    def name(self) -> str:
        return f"validate_{FORM}"

    async def run(
        self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: DomainDict
    ) -> list[EventType]:
        now, requested = said(tracker), str(tracker.get_slot(_REQUESTED) or "")
        known = known_slots(tracker)
        heard = hear(now, requested or None, known, lexicon(), missed_before(tracker))
        if not requested:
            heard = _with_story(heard, now, tracker)
        if PHOTO in heard.slots and PHOTO not in known:
            dispatcher.utter_message(response="utter_repair_photo")
        if heard.aside:
            return []
        if heard.missed:
            dispatcher.utter_message(response=NOT_UNDERSTOOD)
        if heard.asks_number:
            dispatcher.utter_message(response=NUMBER_NEEDED)
        if heard.asks_who_pays:
            dispatcher.utter_message(text=_pays(tracker, {**known, **heard.slots}).reason)
        return [*_kept(heard, tracker), *_events(heard, requested, known)]


def _events(heard: Heard, requested: str, known: Mapping[str, str]) -> list[EventType]:
    events = [SlotSet(slot, value) for slot, value in heard.slots.items()]
    events += [SlotSet(slot, None) for slot in heard.clear]
    if heard.stop or heard.person:
        return [*events, *_end(STOPPED if heard.stop else PERSON)]
    if {**known, **heard.slots}.get(DANGER) == lexicon().answers.yes_label:
        return [*events, ActiveLoop(None)]
    if heard.asks_change:
        events.append(SlotSet(_REQUESTED, CHANGE))
    if requested and all(event["name"] == _REQUESTED for event in events):
        # An event that changes nothing, or Rasa takes the form to have given way.
        events.insert(0, SlotSet(requested, None))
    return events


def _kept(heard: Heard, tracker: Tracker) -> list[EventType]:
    """What names this report once, from its beginning; and the tenant's words of what is broken."""
    events: list[EventType] = []
    if not tracker.get_slot(KEY):
        events.append(SlotSet(KEY, key_of(tracker, FORM)))
        events.append(SlotSet(BEGAN, said(tracker).at.isoformat()))
    lists = told_lists()
    text = without_care(own_words(said(tracker).text), lists)
    before = str(tracker.get_slot(WORDS) or "") or without_care(own_words(story(tracker)), lists)
    tells = {ELEMENT, DEFECT} & heard.slots.keys() and len(words_of(text)) >= _STORY
    if tells and text not in before:
        before = " ".join(filter(None, (before, text)))
    if before and not heard.stop:
        events.append(SlotSet(WORDS, before[:_MOST_WORDS]))
    return events


def _with_story(heard: Heard, now: Said, tracker: Tracker) -> Heard:
    """A report that begins with a button or a bare wish was often told just before."""
    if {ELEMENT, DEFECT} & heard.slots.keys():
        return heard
    before = hear(Said(story(tracker), now.intent, 1.0, now.at), None, {}, lexicon(), False)
    return Heard(slots={**before.slots, **heard.slots})


class ActionAskRepairConfirm(Action):
    """The summary, to be confirmed; once with who pays, where that may not be us."""

    def name(self) -> str:
        return f"action_ask_{FORM}_{CONFIRM}"

    async def run(
        self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: DomainDict
    ) -> list[EventType]:
        known = known_slots(tracker)
        pays = _pays(tracker, known)
        if pays.who is not Payer.LANDLORD and not asked_before(tracker, _CONFIRM_ASKED):
            dispatcher.utter_message(text=pays.reason)
        text = repair_summary.summary(known, pays)
        dispatcher.utter_message(response=_CONFIRM_ASKED, repair_summary=text)
        return []


class ActionRepairFinish(Served, Action):
    """Ends the questions: what happens next, and what the colleague who takes it needs."""

    def name(self) -> str:
        return FINISH

    async def run(
        self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: DomainDict
    ) -> list[EventType]:
        known, outcome = known_slots(tracker), tracker.get_slot(OUTCOME)
        pays = _pays(tracker, known)
        if outcome == STOPPED:
            dispatcher.utter_message(response="utter_repair_stopped")
        elif outcome == PERSON:
            hand_over(dispatcher, known, pays, EscalationReason.ASKED)
        elif known.get(DANGER) == lexicon().answers.yes_label:
            dispatcher.utter_message(response="utter_repair_danger")
            hand_over(dispatcher, known, pays, EscalationReason.URGENT, URGENT_QUEUE)
        elif self.services.back_office is not None and self.services.identity is not None:
            return [FollowupAction(REGISTER)]
        else:
            to_colleague(dispatcher, tracker, known, pays)
        return ended()


def to_colleague(
    dispatcher: CollectingDispatcher,
    tracker: Tracker,
    known: Mapping[str, str],
    pays: Pays,
    why: str = "",
) -> None:
    """A colleague registers the report; ``why`` tells why it was not done here."""
    dispatcher.utter_message(response="utter_repair_next")
    reference = tracker.get_slot(REFERENCE)
    if reference:
        dispatcher.utter_message(
            response="utter_repair_reference", conversation_reference=str(reference)
        )
    hand_over(dispatcher, known, pays, EscalationReason.POLICY, why=why)


def ended() -> list[EventType]:
    """Nothing of this report is kept."""
    return [SlotSet(slot, None) for slot in (*SLOTS, OUTCOME, WORDS, KEY, BEGAN)]


def _pays(tracker: Tracker, known: Mapping[str, str]) -> Pays:
    return repair_summary.pays_for(known, words_of(all_said(tracker)))


def _end(outcome: str) -> list[EventType]:
    return [SlotSet(OUTCOME, outcome), ActiveLoop(None)]
