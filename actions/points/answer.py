"""How many points the tenant's own home has, the highest rent for it, and the rent it has."""

from __future__ import annotations

from typing import Any
from zoneinfo import ZoneInfo

from rasa_sdk.events import EventType
from rasa_sdk.executor import CollectingDispatcher
from rasa_sdk.interfaces import Action, Tracker
from rasa_sdk.types import DomainDict

from actions.backoffice.errors import BackOfficeDown, NotAllowed, NotFound
from actions.backoffice.port import BackOffice
from actions.backoffice.values import Waardering
from actions.backoffice.verification import Level, Verification
from actions.identity.needed import need
from actions.points.counting import Counter, counting
from actions.points.judge import Finding, judge
from actions.points.result import BadHome, NotNow, Points, UnknownYear
from actions.points.words import PointsWords, euros, points_words
from actions.services import Served, Services
from actions.wording import says, words_of
from bot.signals import Done, Escalate, EscalationReason, to_custom

NAME = "action_rent_points_maximum"
_AMSTERDAM = ZoneInfo("Europe/Amsterdam")
_SAID = "utter_rent_points_maximum"


class ActionRentPointsMaximum(Served, Action):
    """Tells what was counted; anything doubtful goes to a person."""

    def __init__(self, services: Services, counter: Counter = counting) -> None:
        super().__init__(services)
        self._counter = counter

    def name(self) -> str:
        return NAME

    async def run(
        self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: DomainDict
    ) -> list[EventType]:
        office = self.services.back_office
        if office is not None:
            self._counter.wake()  # proving who it is takes longer than starting
        who, events = await need(dispatcher, tracker, self.services, Level.VERIFIED, NAME)
        if office is None or who is None:
            if not events:
                dispatcher.utter_message(response=_SAID)
            return events
        return await _Telling(office, self._counter, dispatcher, tracker).tell(who, self.services)


class _Telling:
    """One answer."""

    def __init__(
        self,
        office: BackOffice,
        counter: Counter,
        dispatcher: CollectingDispatcher,
        tracker: Tracker,
    ) -> None:
        self._office = office
        self._counter = counter
        self._dispatcher = dispatcher
        self._said = str((tracker.latest_message or {}).get("text") or "")
        self._words: PointsWords = points_words()

    async def tell(self, who: Verification, services: Services) -> list[EventType]:
        words, day = self._words, services.now().astimezone(_AMSTERDAM).date()
        try:
            home = await self._office.waardering(who)
            points = await self._counter.count(home.eenheid, day)
        except (BackOfficeDown, NotNow):
            reason = EscalationReason.BACKOFFICE_DOWN
            return self._person("not_now", words.note("down"), reason)
        except UnknownYear:
            return self._done("year")
        except NotAllowed:
            return self._person("no_data", words.note("unknown"))
        except (NotFound, BadHome):
            return self._person("no_data", words.note("bad_home"))
        return self._found(home, points)

    def _found(self, home: Waardering, points: Points) -> list[EventType]:
        words, rent = self._words, home.kale_huur
        contested = says(words.contested, words_of(self._said))
        finding = judge(points, rent, words.free_from, contested)
        shown: dict[str, Any] = {
            "rent_points": str(points.points),
            "rent_points_amount": euros(points.maximum),
            "rent_points_rent": euros(rent) if rent is not None else words.unknown_rent,
            "rent_points_groups": words.largest(points),
        }
        if finding is Finding.FINE:
            return self._done("told", **shown)
        note = words.note(
            finding.value,
            points=points.points,
            maximum=shown["rent_points_amount"],
            rent=shown["rent_points_rent"],
            warnings=" ".join(points.warnings),
        )
        return self._person(finding.value, note, **shown)

    def _done(self, response: str, **shown: Any) -> list[EventType]:
        self._dispatcher.utter_message(response=f"{_SAID}_{response}", **shown)
        self._dispatcher.utter_message(json_message=to_custom(Done()))
        return []

    def _person(
        self,
        response: str,
        note: str,
        reason: EscalationReason = EscalationReason.POLICY,
        **shown: Any,
    ) -> list[EventType]:
        self._dispatcher.utter_message(response=f"{_SAID}_{response}", **shown)
        self._dispatcher.utter_message(json_message=to_custom(Escalate(reason, note)))
        return []
