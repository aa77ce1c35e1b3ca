"""Plans the visit of a repair: real free blocks of time, one of which the tenant picks."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping, Sequence

from rasa_sdk.events import EventType, FollowupAction, SlotSet
from rasa_sdk.executor import CollectingDispatcher
from rasa_sdk.interfaces import Action, Tracker
from rasa_sdk.types import DomainDict

from actions.backoffice.errors import BackOfficeDown, NotAllowed, NotFound
from actions.backoffice.port import BackOffice
from actions.backoffice.values import AfspraakOptie, Onderhoudsverzoek
from actions.backoffice.verification import Verification
from actions.identity.slots import Ending
from actions.repairs.hand_over import signal, to_person
from actions.repairs.office_words import office_words, shown
from actions.repairs.pick import NONE, PERSON, STOP, UNCLEAR, Offer
from actions.repairs.pick_form import LISTEN, answered, ask, forget, key_of
from actions.repairs.planning import offered, show_block
from actions.repairs.slots import WHEN
from actions.repairs.who import who_is_it
from actions.services import Served, Services
from bot.signals import Done, EscalationReason

PLAN = "action_repair_plan"
REQUEST, NUMBER, WISH = "repair_request", "repair_number", "repair_wish"
OPTIONS_SECONDS = 1.2


def plan_next(verzoek: Onderhoudsverzoek, known: Mapping[str, str]) -> list[EventType]:
    """Events that go on with planning this repair; ``known`` holds when the tenant is at home."""
    return [
        SlotSet(REQUEST, verzoek.id),
        SlotSet(NUMBER, verzoek.code),
        SlotSet(WISH, known.get(WHEN)),
        FollowupAction(PLAN),
    ]


class ActionRepairPlan(Served, Action):
    """Offers up to three blocks, then more, then a person; plans the one that is picked."""

    def name(self) -> str:
        return PLAN

    async def run(
        self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: DomainDict
    ) -> list[EventType]:
        office = self.services.back_office
        request = str(tracker.get_slot(REQUEST) or "")
        if office is None or not request:
            return [FollowupAction(LISTEN)]
        who = await who_is_it(self.services, dispatcher, tracker, PLAN)
        if isinstance(who, list):
            return who
        planning = _Planning(self.services, dispatcher, tracker, office, request)
        if who is None:
            return planning.to_person(EscalationReason.POLICY, "utter_repair_plan_person")
        return await planning.run(who)

    def given_up(
        self, dispatcher: CollectingDispatcher, tracker: Tracker, ending: Ending
    ) -> list[EventType]:
        return forgotten()


class _Planning:
    def __init__(
        self,
        services: Services,
        dispatcher: CollectingDispatcher,
        tracker: Tracker,
        office: BackOffice,
        request: str,
    ) -> None:
        self.now = services.now()
        self.dispatcher, self.tracker = dispatcher, tracker
        self.office, self.request = office, request
        self.number = str(tracker.get_slot(NUMBER) or "")
        self.offer, self.answer = answered(tracker)
        if self.offer and self.offer.then != PLAN:
            self.offer, self.answer = None, ""

    async def run(self, who: Verification) -> list[EventType]:
        if self.offer is None or not self.answer:
            return await self._offer(who, taken=False)
        if self.answer == NONE:
            if self.offer.more:
                return ask(self.offer.more)
            return self.to_person(EscalationReason.POLICY, "utter_repair_plan_person")
        if self.answer == STOP:
            self.dispatcher.utter_message(response="utter_repair_plan_stopped")
            signal(self.dispatcher, Done())
            return self._closed()
        if self.answer in (PERSON, UNCLEAR):
            asked = self.answer == PERSON
            reason = EscalationReason.ASKED if asked else EscalationReason.NOT_UNDERSTOOD
            return self.to_person(reason, "utter_repair_plan_person")
        return await self._choose(who, self.offer)

    async def _offer(self, who: Verification, taken: bool) -> list[EventType]:
        try:
            free = await self._free(who)
        except (BackOfficeDown, TimeoutError):
            return self.to_person(EscalationReason.BACKOFFICE_DOWN, "utter_repair_plan_down")
        except (NotAllowed, NotFound):
            return self.to_person(EscalationReason.POLICY, "utter_repair_plan_person")
        options = offered(free, str(self.tracker.get_slot(WISH) or ""), self.now)
        if not options:
            return self.to_person(EscalationReason.POLICY, "utter_repair_plan_person")
        if taken:
            self.dispatcher.utter_message(response="utter_repair_plan_taken")
        return ask(Offer("appointment", PLAN, key_of(self.tracker, PLAN), options, self.request))

    async def _free(self, who: Verification) -> Sequence[AfspraakOptie]:
        async with asyncio.timeout(OPTIONS_SECONDS):
            return await self.office.afspraak_opties(who, self.request)

    async def _choose(self, who: Verification, offer: Offer) -> list[EventType]:
        wanted = next((each.title for each in offer.options if each.value == self.answer), "")
        try:
            made = await self.office.choose_afspraak(who, self.answer, f"{offer.key}-{self.answer}")
        except BackOfficeDown:
            line = office_words().line("note_plan_down", number=self.number, when=wanted)
            reason = EscalationReason.BACKOFFICE_DOWN
            return self.to_person(reason, "utter_repair_plan_not_made", line)
        except (NotAllowed, NotFound):
            return await self._offer(who, taken=True)
        when = show_block(made.begin, made.eind, self.now)
        self.dispatcher.utter_message(response="utter_repair_planned", **shown(when))
        signal(self.dispatcher, Done())
        return self._closed()

    def to_person(self, reason: EscalationReason, response: str, note: str = "") -> list[EventType]:
        self.dispatcher.utter_message(response=response)
        note = note or office_words().line("note_slots", number=self.number)
        to_person(self.dispatcher, reason, note)
        return self._closed()

    def _closed(self) -> list[EventType]:
        return [*forgotten(), FollowupAction(LISTEN)]


def forgotten() -> list[EventType]:
    """Nothing is being planned any more."""
    return [*(SlotSet(slot, None) for slot in (REQUEST, NUMBER, WISH)), *forget()]
