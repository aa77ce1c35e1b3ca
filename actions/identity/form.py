"""Asks who it is, one thing at a time, and has the hub check it (R12)."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime

from rasa_sdk.events import ActiveLoop, EventType, SlotSet
from rasa_sdk.executor import CollectingDispatcher
from rasa_sdk.forms import FormValidationAction
from rasa_sdk.interfaces import Tracker
from rasa_sdk.types import DomainDict

from actions.backoffice.errors import BackOfficeDown
from actions.backoffice.values import Claim
from actions.backoffice.verification import Level
from actions.dutch_when import AMSTERDAM
from actions.identity.answers import Heard, Wish, hear, on_a_number
from actions.identity.endings import WHY, of_level
from actions.identity.slots import (
    ASKED_WHY,
    BIRTH_DATE,
    CODE,
    FOR,
    FORM,
    LEVEL,
    MISSED,
    NUMBER,
    OUTCOME,
    POSTCODE,
    REQUESTED,
    WAY,
    Ending,
    Way,
)
from actions.services import Identity, Proof, Served, Services

_SURE = 0.8
_MOST_MISSED = 3
_NO_OTHER_TOPIC = frozenset(
    {"", "nlu_fallback", "out_of_scope", "greeting", "thanks", "goodbye", "affirm", "deny",
     "chitchat", "change_contact_details"}
)  # fmt: skip
_PERSON = "human_agent_request"
_HOUSE = re.compile(r"(\d+)(.*)")


class ValidateIdentifyForm(Served, FormValidationAction):
    def name(self) -> str:
        return f"validate_{FORM}"

    async def run(
        self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: DomainDict
    ) -> list[EventType]:
        asking = _Asking(self.services, dispatcher, tracker)
        try:
            return await asking.run()
        except BackOfficeDown:
            return asking.end(Ending.DOWN)


class _Asking:
    """One answer, and what is asked next."""

    def __init__(
        self, services: Services, dispatcher: CollectingDispatcher, tracker: Tracker
    ) -> None:
        self.services, self.dispatcher, self.tracker = services, dispatcher, tracker
        self.session = str(tracker.sender_id)
        self.requested = str(tracker.get_slot(REQUESTED) or "")
        self.level = Level(int(tracker.get_slot(LEVEL) or Level.CLAIMED))
        self.changed: dict[str, str | None] = {}

    async def run(self) -> list[EventType]:
        identity = self.services.identity
        if identity is None:
            return self.end(Ending.REFUSED)
        who = await identity.verification(self.session)
        if who.third_party:
            return self.end(Ending.THIRD_PARTY)
        if who.reaches(self.level, self.services.now()):
            return self.end(Ending.GIVEN)
        text, intent, sure = _latest(self.tracker)
        heard = hear(text, self.requested, _today(self.services.now()))
        if self.requested and intent == _PERSON and sure:
            return self.end(Ending.PERSON)
        if heard.wish:
            return await self._wished(identity, heard.wish)
        if self.requested and heard.nothing:
            return [] if self._is_aside(text, intent, sure) else self._missed()
        return await self._go_on(identity, heard)

    def _is_aside(self, text: str, intent: str, sure: bool) -> bool:
        """Whether another topic is asked about; what the questions are for is none."""
        own = str(self.tracker.get_slot(FOR) or "").removeprefix("action_")
        return intent not in {*_NO_OTHER_TOPIC, own} and (sure or not text)

    async def _wished(self, identity: Identity, wish: Wish) -> list[EventType]:
        if wish is Wish.STOP:
            return self.end(Ending.STOPPED)
        if wish is Wish.PERSON:
            return self.end(Ending.PERSON)
        if wish is Wish.AGAIN:
            return await self._send_again(identity)
        if wish is Wish.NO_CODE:
            return await self._no_code(identity)
        if self._slot(ASKED_WHY):
            return self.end(Ending.REFUSED if wish is Wish.REFUSE else Ending.STOPPED)
        self.say(f"utter_identify_why{of_level(WHY, str(int(self.level)))}")
        self.changed[ASKED_WHY] = "yes"
        return self.ask(self.requested)

    async def _go_on(self, identity: Identity, heard: Heard) -> list[EventType]:
        self.changed |= heard.slots
        self.changed[MISSED] = None
        if heard.impossible:
            self.say("utter_identify_impossible_date")
            return self._missed(told=True)
        if self.requested == CODE and heard.code:
            return await self._check_code(identity, heard.code)
        if not self._slot(WAY):
            number = on_a_number(self.tracker.get_latest_input_channel())
            if self.level is Level.CLAIMED and number and not self._slot(POSTCODE):
                return self.ask(WAY)
            self.changed[WAY] = Way.CLAIM
        if self._slot(WAY) == Way.NUMBER:
            return await self._send_to_number(identity)
        missing = [slot for slot in (POSTCODE, NUMBER, BIRTH_DATE) if not self._slot(slot)]
        return self.ask(missing[0]) if missing else await self._claim(identity)

    async def _send_to_number(self, identity: Identity) -> list[EventType]:
        proof = await identity.code_to_known_number(self.session)
        if proof is Proof.CODE_SENT:
            self.say("utter_identify_number_code_sent")
            return self.ask(CODE)
        if proof is Proof.NO_WAY:
            self.changed[WAY] = Way.CLAIM
            return self.ask(POSTCODE)
        return self.end(Ending.FAILED)

    async def _claim(self, identity: Identity) -> list[EventType]:
        house = _HOUSE.match(str(self._slot(NUMBER)))
        claim = Claim(
            str(self._slot(POSTCODE)),
            int(house[1]) if house else 0,
            date.fromisoformat(str(self._slot(BIRTH_DATE))),
            house[2] if house else "",
        )
        proof = await identity.claim(self.session, claim, self.level)
        if proof is Proof.GIVEN:
            return self.end(Ending.GIVEN)
        if proof is Proof.CODE_SENT:
            self.say("utter_identify_code_sent")
            return self.ask(CODE)
        if proof is Proof.NO_WAY:
            return await self._portal(identity)
        if proof is Proof.PERSON:
            return self.end(Ending.FAILED)
        self.say("utter_identify_wrong")
        self.changed |= dict.fromkeys((POSTCODE, NUMBER, BIRTH_DATE))
        return self.ask(POSTCODE)

    async def _portal(self, identity: Identity) -> list[EventType]:
        """No code can be sent: the portal, else a person."""
        link = await identity.portal_link(self.session)
        if link is None:
            return self.end(Ending.NO_WAY)
        self.dispatcher.utter_message(response="utter_identify_portal", identify_link=link)
        return self.ask(CODE)

    async def _check_code(self, identity: Identity, code: str) -> list[EventType]:
        proof = await identity.code(self.session, code)
        if proof is Proof.GIVEN:
            return self.end(Ending.GIVEN)
        if proof is Proof.WRONG:
            self.say("utter_identify_code_wrong")
            return self.ask(CODE)
        return self.end(Ending.FAILED)

    async def _send_again(self, identity: Identity) -> list[EventType]:
        if self._slot(WAY) == Way.NUMBER:
            return await self._send_to_number(identity)
        missing = [slot for slot in (POSTCODE, NUMBER, BIRTH_DATE) if not self._slot(slot)]
        return self.ask(missing[0]) if missing else await self._claim(identity)

    async def _no_code(self, identity: Identity) -> list[EventType]:
        """First told what to do, with the portal where there is one; then a person."""
        if self._slot(MISSED):
            return self.end(Ending.NO_WAY)
        self.changed[MISSED] = str(_MOST_MISSED - 1)
        link = await identity.portal_link(self.session)
        if link is None:
            self.say("utter_identify_no_code")
        else:
            self.dispatcher.utter_message(response="utter_identify_portal", identify_link=link)
        return self.ask(CODE)

    def _missed(self, told: bool = False) -> list[EventType]:
        missed = int(self.tracker.get_slot(MISSED) or 0) + 1
        if missed >= _MOST_MISSED:
            return self.end(Ending.MISSED)
        if not told:
            self.say("utter_identify_not_understood")
        self.changed[MISSED] = str(missed)
        return self.ask(self.requested)

    def _slot(self, name: str) -> str | None:
        value = self.changed[name] if name in self.changed else self.tracker.get_slot(name)
        return str(value) if value else None

    def say(self, response: str) -> None:
        self.dispatcher.utter_message(response=response)

    def ask(self, slot: str) -> list[EventType]:
        # The slot is emptied in each case: with nothing set Rasa takes the form to have given way.
        return [*self._events(), SlotSet(CODE, None), SlotSet(REQUESTED, slot)]

    def end(self, ending: Ending) -> list[EventType]:
        return [*self._events(), SlotSet(OUTCOME, ending.value), ActiveLoop(None)]

    def _events(self) -> list[EventType]:
        return [SlotSet(name, value) for name, value in self.changed.items()]


def _latest(tracker: Tracker) -> tuple[str, str, bool]:
    """The tenant's own words, what Rasa made of them, and whether it is sure."""
    message = tracker.latest_message
    intent = message.get("intent") or {}
    text = str(message.get("text") or "")
    sure = float(intent.get("confidence") or 0.0) >= _SURE
    return "" if text.startswith("/") else text, str(intent.get("name") or ""), sure


def _today(now: datetime) -> date:
    return now.astimezone(UTC).astimezone(AMSTERDAM).date()
