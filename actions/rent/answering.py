"""One answer about rent: identity first, then the back office, and what is said when it fails."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Sequence
from datetime import date

from rasa_sdk.events import EventType
from rasa_sdk.executor import CollectingDispatcher
from rasa_sdk.interfaces import Action, Tracker
from rasa_sdk.types import DomainDict

from actions.backoffice.errors import BackOfficeDown, NotAllowed, NotFound
from actions.backoffice.port import BackOffice
from actions.backoffice.verification import Level, Verification
from actions.dutch_when import AMSTERDAM
from actions.identity.needed import may_ask, need
from actions.rent.words import phrases, word
from actions.services import Served
from actions.wording import says, words_of
from bot.signals import Escalate, EscalationReason, to_custom

QUEUE = "huur"
_ALLOWANCE = "utter_rent_own_allowance"
_OFFER = "utter_rent_own_offer"


class RentAction(Served, Action, ABC):
    """``topic`` is the intent it answers; its own words are ``utter_<topic>``."""

    topic = ""
    general = False
    """Whether ``utter_<topic>`` answers it for everybody; else it is of one tenant alone."""
    asks = False
    """Whether that answer asks something of its own: the offer is then a button below it."""

    def name(self) -> str:
        return f"action_{self.topic}"

    async def run(
        self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: DomainDict
    ) -> list[EventType]:
        if (
            self.general
            and not takes_offer(tracker, self.topic, self.asks)
            and not await self._proved(tracker)
        ):
            return await self._say_general(dispatcher, tracker)
        who, events = await need(
            dispatcher,
            tracker,
            self.services,
            Level.VERIFIED,
            self.name(),
            general=self.general,
        )
        office = self.services.back_office
        if who is None or office is None:
            if not events:
                dispatcher.utter_message(response=f"utter_{self.topic}")
            return events
        try:
            return await self.answer(dispatcher, tracker, office, who)
        except BackOfficeDown:
            dispatcher.utter_message(response="utter_rent_own_down")
            hand_over(dispatcher, EscalationReason.BACKOFFICE_DOWN)
        except (NotFound, NotAllowed):
            dispatcher.utter_message(response="utter_rent_own_not_found")
            hand_over(dispatcher, EscalationReason.POLICY)
        return []

    async def _proved(self, tracker: Tracker) -> bool:
        identity = self.services.identity
        if identity is None or self.services.back_office is None:
            return False
        who = await identity.verification(tracker.sender_id)
        return not who.third_party and who.reaches(Level.VERIFIED, self.services.now())

    async def _say_general(
        self, dispatcher: CollectingDispatcher, tracker: Tracker
    ) -> list[EventType]:
        """What holds for everybody, at once; the tenant's own figures are one tap away."""
        may_look = may_ask(tracker) and await self._may_prove(tracker)
        button = {"title": word("look_up_own"), "payload": f"/{self.topic}"}
        below = [button] if may_look and self.asks else None
        dispatcher.utter_message(response=f"utter_{self.topic}", buttons=below)
        if may_look and not self.asks:
            dispatcher.utter_message(response=_OFFER, buttons=[button])
        return []

    async def _may_prove(self, tracker: Tracker) -> bool:
        identity = self.services.identity
        if identity is None or self.services.back_office is None:
            return False
        return not (await identity.verification(tracker.sender_id)).third_party

    @abstractmethod
    async def answer(
        self,
        dispatcher: CollectingDispatcher,
        tracker: Tracker,
        office: BackOffice,
        who: Verification,
    ) -> list[EventType]:
        """Say it. May raise what the back office raises."""

    @property
    def today(self) -> date:
        return self.services.now().astimezone(AMSTERDAM).date()


def tell(dispatcher: CollectingDispatcher, lines: Sequence[str]) -> None:
    dispatcher.utter_message(response="utter_rent_own", rent_told=" ".join(lines))


def tell_allowance(dispatcher: CollectingDispatcher, tracker: Tracker) -> None:
    """The pointer to housing allowance: once in a conversation, and not to who knows of it."""
    if _ALLOWANCE not in said_by_us(tracker) and not says(
        phrases("knows_allowance"), words_of(all_said(tracker))
    ):
        dispatcher.utter_message(response=_ALLOWANCE)


def takes_offer(tracker: Tracker, topic: str, below: bool) -> bool:
    """Whether the tenant takes the offer, made just before, to look in the own figures.

    ``below``: it was a button of the answer itself.
    """
    if not str((tracker.latest_message or {}).get("text") or "").startswith("/"):
        return False
    bot = [one for one in tracker.events if one.get("event") == "bot"]
    names = [(one.get("metadata") or {}).get("utter_action") for one in bot[-2:]]
    return names[-1:] == [f"utter_{topic}"] if below else names == [f"utter_{topic}", _OFFER]


def said_by_us(tracker: Tracker) -> set[str]:
    """The names of the answers that were given in this conversation."""
    bot = (one for one in tracker.events if one.get("event") == "bot")
    return {str((one.get("metadata") or {}).get("utter_action")) for one in bot}


def all_said(tracker: Tracker) -> str:
    """What the tenant wrote in this conversation."""
    return " ".join(str(e.get("text") or "") for e in tracker.events if e.get("event") == "user")


def hand_over(dispatcher: CollectingDispatcher, reason: EscalationReason, note: str = "") -> None:
    dispatcher.utter_message(json_message=to_custom(Escalate(reason, note, QUEUE)))
