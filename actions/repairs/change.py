"""Moves or cancels the appointment of a repair, or the repair itself; nothing without a yes."""

from __future__ import annotations

from rasa_sdk.events import EventType
from rasa_sdk.executor import CollectingDispatcher
from rasa_sdk.interfaces import Action, Tracker
from rasa_sdk.types import DomainDict

from actions.backoffice.errors import BackOfficeDown, NotAllowed, NotFound
from actions.backoffice.values import Afspraak, Onderhoudsverzoek
from actions.repairs.office import Seen, Turn
from actions.repairs.office_words import office_words
from actions.repairs.pick import FINE, NO, NONE, PERSON, STOP, UNCLEAR, YES, Offer, Option, picked
from actions.repairs.pick_form import answered, ask, key_of
from actions.repairs.plan import plan_next
from actions.repairs.planning import coming, show_block
from actions.repairs.slots import WHEN
from actions.repairs.status import NONE_OPEN
from actions.repairs.tracker import said
from actions.services import Served
from bot.signals import EscalationReason

CHANGE = "action_repair_change"
MOVE = "move"
_CONFIRM = {"cancel": "confirm_cancel", "repaired": "confirm_repaired"}


class ActionRepairChange(Served, Action):
    def name(self) -> str:
        return CHANGE

    async def run(
        self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: DomainDict
    ) -> list[EventType]:
        if self.services.back_office is None:
            dispatcher.utter_message(response="utter_repair_appointment_change")
            return []
        turn = Turn(self.services, dispatcher, tracker)
        offer, answer = answered(tracker)
        if offer is None or offer.then != CHANGE:
            offer, answer = None, ""
        if answer in (STOP, FINE, NO):
            return turn.done("utter_repair_unchanged")
        if offer and answer in (PERSON, UNCLEAR, NONE):
            asked = answer == PERSON
            reason = EscalationReason.ASKED if asked else EscalationReason.NOT_UNDERSTOOD
            return turn.person(reason, offer.told)
        seen = await turn.look(CHANGE)
        if isinstance(seen, list):
            return seen
        return await _Changing(turn, seen).go_on(offer, answer)


class _Changing:
    def __init__(self, turn: Turn, seen: Seen) -> None:
        self.turn, self.seen, self.now = turn, seen, turn.now

    async def go_on(self, offer: Offer | None, answer: str) -> list[EventType]:
        if offer is None or not answer:
            return self._which()
        about = answer if offer.pick == "which" else offer.about
        verzoek = self.seen.repair(about)
        if verzoek is None:
            return self.turn.done("utter_repair_no_appointment")
        if offer.pick == "which":
            return self._planned(verzoek)
        if answer == YES:
            ended = self._repaired if offer.pick == "confirm_repaired" else self._cancelled
            return await ended(verzoek, offer)
        return self._wanted(answer, verzoek)

    def _wanted(self, answer: str, verzoek: Onderhoudsverzoek) -> list[EventType]:
        if answer in _CONFIRM:
            return self._ask(_CONFIRM[answer], verzoek)
        return plan_next(verzoek, {WHEN: said(self.turn.tracker).text})

    def _which(self) -> list[EventType]:
        repairs = self.seen.open
        planned = [each for each in repairs if coming(each, self.now)]
        chosen = planned or repairs
        if not chosen:
            return ask(Offer("report_none", NONE_OPEN, key_of(self.turn.tracker, CHANGE)))
        if len(chosen) == 1:
            return self._planned(chosen[0])
        options = tuple(Option(each.id, self._title(each)) for each in chosen)
        return ask(Offer("which", CHANGE, key_of(self.turn.tracker, CHANGE), options))

    def _planned(self, verzoek: Onderhoudsverzoek) -> list[EventType]:
        if coming(verzoek, self.now) is None:
            self.turn.say("utter_repair_not_planned", verzoek.omschrijving)
            return plan_next(verzoek, {WHEN: said(self.turn.tracker).text})
        now = said(self.turn.tracker)
        told = picked(now.text, Offer("planned", CHANGE, ""), now.at)
        if told in (*_CONFIRM, MOVE):
            return self._wanted(told, verzoek)  # it was told with the question already
        return self._ask("planned", verzoek)

    def _ask(self, pick: str, verzoek: Onderhoudsverzoek) -> list[EventType]:
        key = key_of(self.turn.tracker, f"{pick}-{verzoek.id}")
        return ask(Offer(pick, CHANGE, key, about=verzoek.id, told=self._title(verzoek)))

    def _title(self, verzoek: Onderhoudsverzoek) -> str:
        ahead = coming(verzoek, self.now)
        if ahead is None:
            return verzoek.omschrijving
        when = show_block(ahead.begin, ahead.eind, self.now)
        return f"{verzoek.omschrijving} ({when})"

    async def _cancelled(self, verzoek: Onderhoudsverzoek, offer: Offer) -> list[EventType]:
        ahead = coming(verzoek, self.now)
        if ahead is None:
            return self.turn.done("utter_repair_no_appointment")
        if not await self._cancel(ahead, offer):
            return self._not_cancelled(verzoek)
        when = show_block(ahead.begin, ahead.eind, self.now)
        return self.turn.done("utter_repair_cancelled", when)

    async def _repaired(self, verzoek: Onderhoudsverzoek, offer: Offer) -> list[EventType]:
        ahead = coming(verzoek, self.now)
        if ahead and not await self._cancel(ahead, offer):
            return self._not_cancelled(verzoek)
        try:
            key = f"{offer.key}-request"
            await self.seen.office.cancel_onderhoudsverzoek(self.seen.who, verzoek.id, key)
        except (BackOfficeDown, NotAllowed, NotFound):
            return self._not_cancelled(verzoek)
        return self.turn.done("utter_repair_ended", verzoek.omschrijving)

    async def _cancel(self, ahead: Afspraak, offer: Offer) -> bool:
        try:
            key = f"{offer.key}-appointment"
            await self.seen.office.cancel_afspraak(self.seen.who, ahead.id, key)
        except (BackOfficeDown, NotAllowed, NotFound):
            return False
        return True

    def _not_cancelled(self, verzoek: Onderhoudsverzoek) -> list[EventType]:
        note = office_words().line("note_cancel_down", number=verzoek.code)
        return self.turn.down("utter_repair_not_cancelled", note)
