"""Faults of a whole building: the safe answer at once, then whether the fault is known."""

from __future__ import annotations

from rasa_sdk.events import EventType, FollowupAction
from rasa_sdk.executor import CollectingDispatcher
from rasa_sdk.interfaces import Action, Tracker
from rasa_sdk.types import DomainDict

from actions.backoffice.errors import BackOfficeError
from actions.backoffice.values import Eenheid
from actions.repairs.hand_over import FORM
from actions.repairs.known_faults import fault_told
from actions.repairs.lexicon import lexicon
from actions.repairs.office import Turn
from actions.repairs.office_words import office_words
from actions.repairs.pick import YES, Offer
from actions.repairs.pick_form import answered, ask, forget, key_of
from actions.repairs.request import homes
from actions.repairs.slots import ROOM
from actions.repairs.things import own_words, reports
from actions.repairs.tracker import said, story
from actions.repairs.who import who_is_it
from actions.services import Served
from bot.signals import EscalationReason

BUILDING, CHECK, NEXT = (
    "action_repair_building",
    "action_repair_building_check",
    "action_repair_building_next",
)
_WORDS = 200


class ActionRepairBuilding(Served, Action):
    """The topic's own answer; with a back office also the offer to look whether it is known."""

    def name(self) -> str:
        return BUILDING

    async def run(
        self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: DomainDict
    ) -> list[EventType]:
        topic = said(tracker).intent
        dispatcher.utter_message(response=f"utter_{topic}")
        services = self.services
        if services.back_office is None or services.faults is None or services.identity is None:
            return []
        return ask(Offer("building", CHECK, key_of(tracker, topic), about=topic))


class ActionRepairBuildingCheck(Served, Action):
    """Who it is, then what staff confirmed of the complex; else an offer to report it."""

    def name(self) -> str:
        return CHECK

    async def run(
        self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: DomainDict
    ) -> list[EventType]:
        offer, answer = answered(tracker)
        turn = Turn(self.services, dispatcher, tracker)
        if offer is None or answer != YES or self.services.back_office is None:
            return _passed_on(turn, tracker)
        who = await who_is_it(self.services, dispatcher, tracker, CHECK)
        if isinstance(who, list):
            return who
        if who is None:
            return _passed_on(turn, tracker)
        try:
            mine = homes(await self.services.back_office.eenheden(who))
        except BackOfficeError:
            return turn.down("utter_repair_not_seen", _note(tracker))
        words = await self._known(mine, offer.about, tracker)
        if words:
            return turn.done("utter_repair_fault_known", words)
        key = key_of(tracker, NEXT)
        return ask(Offer("building_report", NEXT, key, about=offer.about))

    async def _known(self, mine: tuple[Eenheid, ...], topic: str, tracker: Tracker) -> str:
        known = _known_of(topic, story(tracker))
        for home in mine:
            fault = await fault_told(self.services, home, known)
            if fault:
                return fault.words
        return ""


class ActionRepairBuildingNext(Served, Action):
    """The fault is not known: the tenant reports it, or a person passes it on."""

    def name(self) -> str:
        return NEXT

    async def run(
        self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: DomainDict
    ) -> list[EventType]:
        _, answer = answered(tracker)
        if answer == YES:
            return [*forget(), FollowupAction(FORM)]
        return _passed_on(Turn(self.services, dispatcher, tracker), tracker)


def _known_of(topic: str, text: str) -> dict[str, str]:
    """Place, part and defect as the tenant told them; else the topic's own place."""
    words = lexicon()
    told = next(iter(reports(text, words)), None)
    known = told.slots() if told else {}
    code = office_words().topics.get(topic, "")
    place = next((entry.label for entry in words.rooms if entry.code == code), "")
    return {ROOM: place, **known} if place else known


def _passed_on(turn: Turn, tracker: Tracker) -> list[EventType]:
    return turn.person(EscalationReason.POLICY, _note(tracker))


def _note(tracker: Tracker) -> str:
    told = " ".join(filter(None, (story(tracker), own_words(said(tracker).text))))
    return office_words().line("note_building", words=told[-_WORDS:])
