"""Registers a confirmed report in the back office, once, or says honestly that it is not there."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from rasa_sdk.events import EventType, FollowupAction, SlotSet
from rasa_sdk.executor import CollectingDispatcher
from rasa_sdk.interfaces import Action, Tracker
from rasa_sdk.types import DomainDict

from actions.backoffice.errors import BackOfficeDown, BackOfficeError, NotAllowed, NotFound
from actions.backoffice.port import BackOffice
from actions.backoffice.values import (
    Eenheid,
    NewContactmoment,
    NewOnderhoudsverzoek,
    Onderhoudsverzoek,
)
from actions.backoffice.verification import Verification
from actions.identity.slots import Ending
from actions.repairs.hand_over import filled_form, hand_over, registered, signal
from actions.repairs.known_faults import count_report, fault_told
from actions.repairs.lexicon import lexicon
from actions.repairs.office_words import office_words, shown
from actions.repairs.pays import Pays
from actions.repairs.pick import FINE, OTHER, PERSON, STOP, UNCLEAR, Offer, Option
from actions.repairs.pick_form import LISTEN, answered, ask, forget, key_of
from actions.repairs.plan import plan_next
from actions.repairs.planning import reported
from actions.repairs.report import REGISTER, ended, to_colleague
from actions.repairs.request import (
    already_reported,
    at_address,
    homes,
    in_building,
    new_request,
    shown_address,
    told_words,
)
from actions.repairs.slots import ADDRESS, BEGAN, CARE, DEFECT, ELEMENT, KEY, SLOTS, WORDS
from actions.repairs.summary import pays_for
from actions.repairs.tracker import known_slots
from actions.repairs.who import asks, who_is_it
from actions.services import Served, Services
from actions.wording import words_of
from bot.signals import Done, EscalationReason

HOME, SEEN = "repair_home", "repair_seen"
"""Which home it is, and what the tenant said it is not: "duplicate", "fault"."""
CHECKS_SECONDS, CREATE_SECONDS = 1.8, 2.0
"""A turn may first ask who it is and then offer times: all together must stay below what the
tenant waits for (``bot.rasa_client``)."""
_ENDS = (STOP, PERSON, UNCLEAR)


class ActionRepairRegister(Served, Action):
    """Asks which home and whether it is known already, where that is needed; then registers."""

    def name(self) -> str:
        return REGISTER

    async def run(
        self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: DomainDict
    ) -> list[EventType]:
        if not known_slots(tracker).keys() & {ELEMENT, DEFECT}:
            # Registered already, or put off: there is nothing to do again.
            dispatcher.utter_message(response="utter_repair_nothing_to_register")
            return [*_all_ended(), FollowupAction(LISTEN)]
        office = self.services.back_office
        if office is None:
            return _Report(self.services, dispatcher, tracker).to_person("")
        who = await who_is_it(self.services, dispatcher, tracker, REGISTER)
        report = _Report(self.services, dispatcher, tracker)
        if isinstance(who, list):
            return who if asks(who) else [*report.shown_to_staff(), *who]
        if who is None:
            return report.to_person(office_words().line("note_not_identified"))
        return await _Registering(self.services, dispatcher, tracker, office, who).run()

    def given_up(
        self, dispatcher: CollectingDispatcher, tracker: Tracker, ending: Ending
    ) -> list[EventType]:
        """Nobody knows who it is. A person who goes on sees what was told."""
        if ending is Ending.STOPPED:
            return _all_ended()
        return _Report(self.services, dispatcher, tracker).shown_to_staff()


class _Report:
    """The report in the tracker, and the ways in which it can end."""

    def __init__(
        self, services: Services, dispatcher: CollectingDispatcher, tracker: Tracker
    ) -> None:
        self.services = services
        self.dispatcher = dispatcher
        self.tracker = tracker
        self.known = {
            slot: str(value) for slot in (*SLOTS, WORDS) if (value := tracker.get_slot(slot))
        }

    @property
    def pays(self) -> Pays:
        told = {slot: value for slot, value in self.known.items() if slot != WORDS}
        return pays_for(told, words_of(self.known.get(WORDS, "")))

    @property
    def told(self) -> dict[str, str]:
        return {slot: value for slot, value in self.known.items() if slot in SLOTS}

    def shown_to_staff(self) -> list[EventType]:
        """A person has been asked already: what was told goes along."""
        signal(self.dispatcher, filled_form(self.told, self.pays))
        return _all_ended()

    def to_person(self, why: str) -> list[EventType]:
        to_colleague(self.dispatcher, self.tracker, self.told, self.pays, why)
        return self.closed()

    def down(self, response: str, why: str) -> list[EventType]:
        self.dispatcher.utter_message(response=response)
        reason = EscalationReason.BACKOFFICE_DOWN
        hand_over(self.dispatcher, self.told, self.pays, reason, why=why)
        return self.closed()

    def closed(self) -> list[EventType]:
        return [*_all_ended(), FollowupAction(LISTEN)]


def _all_ended() -> list[EventType]:
    return [*ended(), *forget(), SlotSet(HOME, None), SlotSet(SEEN, None)]


@dataclass(frozen=True, slots=True)
class _Found:
    homes: tuple[Eenheid, ...]
    requests: Sequence[Onderhoudsverzoek]


class _Registering(_Report):
    """One step of registering, as far as it comes without another answer of the tenant."""

    def __init__(
        self,
        services: Services,
        dispatcher: CollectingDispatcher,
        tracker: Tracker,
        office: BackOffice,
        who: Verification,
    ) -> None:
        super().__init__(services, dispatcher, tracker)
        self.office, self.who = office, who
        self.offer, self.answer = answered(tracker)
        if self.offer and (self.offer.then != REGISTER or not self.answer):
            self.offer, self.answer = None, ""
        seen = str(tracker.get_slot(SEEN) or "").split()
        pick = self.offer.pick if self.offer else ""
        self.seen = {*seen, pick} if self.answer == OTHER else set(seen)

    async def run(self) -> list[EventType]:
        if self.answer in _ENDS:
            return self._stopped()
        try:
            async with asyncio.timeout(CHECKS_SECONDS):
                found = await self._look()
        except (BackOfficeDown, TimeoutError):
            return self.down("utter_repair_down", office_words().line("note_down"))
        except (NotAllowed, NotFound):
            return self.to_person(office_words().line("note_not_identified"))
        if not found.homes:
            return self.to_person(office_words().line("note_no_home"))
        fitting = at_address(self.known.get(ADDRESS, ""), found.homes)
        if not fitting:
            told = self.known.get(ADDRESS, "")
            return self.to_person(office_words().line("note_home", address=told))
        chosen = self._chosen(fitting)
        return await self._at(chosen, found) if chosen else self._ask_home(fitting)

    async def _look(self) -> _Found:
        eenheden, verzoeken = await asyncio.gather(
            self.office.eenheden(self.who), self.office.onderhoudsverzoeken(self.who)
        )
        return _Found(homes(eenheden), verzoeken)

    def _stopped(self) -> list[EventType]:
        if self.answer == STOP:
            self.dispatcher.utter_message(response="utter_repair_stopped")
            return self.closed()
        if self.offer and self.offer.pick == "home":
            return self.to_person(office_words().line("note_homes"))
        self.dispatcher.utter_message(response="utter_repair_person")
        number = self.offer.about if self.offer else ""
        told = office_words().line("note_again", number=number) if number else ""
        asked = self.answer == PERSON
        reason = EscalationReason.ASKED if asked else EscalationReason.NOT_UNDERSTOOD
        hand_over(self.dispatcher, self.told, self.pays, reason, why=told)
        return self.closed()

    def _chosen(self, fitting: Sequence[Eenheid]) -> Eenheid | None:
        wanted = str(self.tracker.get_slot(HOME) or "")
        if self.offer and self.offer.pick == "home" and self.answer:
            wanted = self.answer
        named = [each for each in fitting if each.id == wanted]
        return (named or list(fitting))[0] if named or len(fitting) == 1 else None

    def _ask_home(self, fitting: Sequence[Eenheid]) -> list[EventType]:
        options = tuple(Option(each.id, shown_address(each)) for each in fitting)
        return ask(Offer("home", REGISTER, key_of(self.tracker, "home"), options))

    async def _at(self, home: Eenheid, found: _Found) -> list[EventType]:
        old = self._reported_before(home, found)
        if self.offer and self.offer.pick == "duplicate" and self.answer != OTHER:
            return self._known_already(old)
        if self.offer and self.offer.pick == "fault" and self.answer == FINE:
            self.dispatcher.utter_message(response="utter_repair_fault_fine")
            signal(self.dispatcher, Done())
            return self.closed()
        if old and "duplicate" not in self.seen:
            return await self._again(old, home)
        fault = None if "fault" in self.seen else await fault_told(self.services, home, self.known)
        if fault:
            offer = Offer("fault", REGISTER, key_of(self.tracker, "fault"), told=fault.words)
            return [*self._at_home(home), *ask(offer)]
        return await self._create(home)

    def _reported_before(self, home: Eenheid, found: _Found) -> Onderhoudsverzoek | None:
        """The same, reported before this report began. What came later is this report itself: the
        turn is done again, and the same key finds it."""
        old = already_reported(self.known, home.id, found.requests, lexicon())
        began = str(self.tracker.get_slot(BEGAN) or "")
        ours = began and old and old.melddatum >= datetime.fromisoformat(began)
        return None if ours else old

    def _at_home(self, home: Eenheid) -> list[EventType]:
        return [SlotSet(HOME, home.id), SlotSet(SEEN, " ".join(sorted(self.seen)) or None)]

    async def _again(self, old: Onderhoudsverzoek, home: Eenheid) -> list[EventType]:
        """It is reported already: the new words are added, and never a second request."""
        words, now = office_words(), self.services.now()
        told = reported(old, now)
        moment = NewContactmoment(
            words.line("again_subject", number=old.code),
            told_words(self.known) or old.omschrijving,
            words.channel(self.tracker.get_latest_input_channel()),
        )
        try:
            await self.office.create_contactmoment(self.who, moment, f"{self._key}-again")
        except BackOfficeError:
            note = words.line("note_again", number=old.code)
            return self.down("utter_repair_again_down", note)
        key, told = key_of(self.tracker, "duplicate"), f"{told} {words.status(old.status)}"
        offer = Offer("duplicate", REGISTER, key, about=old.code, told=told)
        return [*self._at_home(home), *ask(offer)]

    def _known_already(self, old: Onderhoudsverzoek | None) -> list[EventType]:
        if self.answer == "plan" and old:
            return [*_all_ended(), *plan_next(old, self.known)]
        self.dispatcher.utter_message(response="utter_repair_again_fine")
        signal(self.dispatcher, Done())
        return self.closed()

    @property
    def _key(self) -> str:
        return str(self.tracker.get_slot(KEY) or key_of(self.tracker, REGISTER))

    async def _create(self, home: Eenheid) -> list[EventType]:
        photos = self.services.photos
        ours = await photos.of_this_report(self.tracker.sender_id) if photos else ()
        new = new_request(self.known, home.id, ours, lexicon())
        try:
            async with asyncio.timeout(CREATE_SECONDS):
                made = await self.office.create_onderhoudsverzoek(self.who, new, self._key)
        except (BackOfficeDown, TimeoutError):
            return await self._keep(new)
        except (NotAllowed, NotFound):
            return self.to_person(office_words().line("note_not_identified"))
        await count_report(self.services, home, self.known, self.tracker.sender_id)
        self.dispatcher.utter_message(response="utter_repair_registered", **shown(made.code))
        registered(self.dispatcher, self.told, self.pays, made.code)
        if in_building(self.known, lexicon()):
            self.dispatcher.utter_message(response="utter_repair_in_building")
            return self.closed()
        return [*_all_ended(), *plan_next(made, self.known)]

    async def _keep(self, new: NewOnderhoudsverzoek) -> list[EventType]:
        """It is not known whether it was written: the same key later writes it at most once."""
        words = office_words()
        if self.services.kept is None:
            return self.down("utter_repair_down", words.line("note_down"))
        await self.services.kept.keep_repair(self.tracker.sender_id, new, self._key)
        if self.known.get(CARE):
            return self.down("utter_repair_kept", words.line("note_kept"))
        self.dispatcher.utter_message(response="utter_repair_kept")
        signal(self.dispatcher, Done())
        return self.closed()
