"""What a tenant hears of the points of the own home, and when a person looks."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
import yaml
from rasa_sdk import Tracker
from rasa_sdk.executor import CollectingDispatcher

from actions.backoffice.errors import BackOfficeDown, BackOfficeError, NotFound
from actions.backoffice.fakes.in_memory import InMemory
from actions.backoffice.port import BackOffice
from actions.backoffice.values import Waardering
from actions.backoffice.verification import Level, RelatieId, Verification
from actions.points.answer import NAME, ActionRentPointsMaximum
from actions.points.judge import Finding, judge
from actions.points.result import CannotCount, Group, NotNow, Points, UnknownYear
from actions.services import Identity, Proof, Services
from bot.signals import Done, Escalate, EscalationReason, Signal, from_custom

pytestmark = pytest.mark.unit
NOW = datetime(2026, 11, 25, 9, tzinfo=UTC)
ANNA = RelatieId("anna")
TOPIC = Path(__file__).resolve().parents[2] / "data/nlu/rent_points_maximum.yml"
SAID: Mapping[str, Any] = yaml.safe_load(TOPIC.read_text(encoding="utf-8"))["responses"]
COUNTED = Points(
    170, Decimal("1118.23"), (Group("OVZ", Decimal("65.00")), Group("WOZ", Decimal("33.25")))
)


@dataclass
class Known:
    level: Level = Level.VERIFIED
    third_party: bool = False

    async def verification(self, session: str) -> Verification:
        return Verification(self.level, ANNA, NOW + timedelta(hours=1), self.third_party)

    async def claim(self, session: str, claim: object, level: Level) -> Proof:
        return Proof.WRONG

    async def code_to_known_number(self, session: str) -> Proof:
        return Proof.NO_WAY

    async def code(self, session: str, code: str) -> Proof:
        return Proof.WRONG

    async def portal_link(self, session: str) -> str | None:
        return None


class Homes(InMemory):
    """A back office that knows one home, or fails to tell it."""

    rent: Decimal | None = Decimal("812.50")
    fails: BackOfficeError | None = None

    async def waardering(self, of: RelatieId) -> Waardering:
        if self.fails:
            raise self.fails
        return Waardering({"id": "huis-1"}, self.rent)


@dataclass
class Counted:
    """A counter that gives this, or fails so."""

    gives: Points | CannotCount = COUNTED
    days: list[date] = field(default_factory=list)

    def wake(self) -> None:
        return None

    async def count(self, home: Mapping[str, Any], day: date) -> Points:
        self.days.append(day)
        if isinstance(self.gives, CannotCount):
            raise self.gives
        return self.gives


@dataclass
class Answer:
    text: str
    signals: list[Signal]
    events: list[dict[str, Any]]

    @property
    def escalated(self) -> Escalate:
        (one,) = [each for each in self.signals if isinstance(each, Escalate)]
        return one


async def ask(
    counter: Counted | None = None,
    homes: Homes | None = None,
    identity: Identity | None = None,
    said: str = "hoeveel punten heeft mijn huis",
    office: bool = True,
) -> Answer:
    homes = homes or Homes(lambda: NOW)
    back_office = BackOffice(homes, lambda: NOW) if office else None
    services = Services(lambda: NOW, back_office, identity or Known())
    action = ActionRentPointsMaximum(services, counter or Counted())
    dispatcher = CollectingDispatcher()
    tracker = Tracker("s", {}, {"text": said}, [], False, None, {}, "action_listen")
    events = await action.run(dispatcher, tracker, {})
    texts, signals = [], []
    for message in dispatcher.messages:
        if message.get("custom"):
            signals.append(from_custom(message["custom"]))
        if message.get("response"):
            shown = {name: str(value) for name, value in message.items()}
            own = SAID.get(message["response"])
            texts.append(own[0]["text"].format(**shown) if own else message["response"])
    return Answer(" ".join(texts), signals, [dict(event) for event in events])


def homes(rent: str | None = "812.50", fails: BackOfficeError | None = None) -> Homes:
    made = Homes(lambda: NOW)
    made.rent, made.fails = Decimal(rent) if rent else None, fails
    return made


async def test_points_highest_rent_and_own_rent_are_told_and_that_no_rights_follow() -> None:
    answer = await ask()
    assert "Uw woning heeft 170 punten. De hoogste huur is 1.118,23 euro." in answer.text
    assert "Uw kale huur is 812,50 euro." in answer.text
    assert "kamers (65) en WOZ-waarde (33,25)" in answer.text
    assert "geen rechten" in answer.text
    assert answer.signals == [Done()]


async def test_a_rent_above_the_highest_goes_to_a_person() -> None:
    answer = await ask(homes=homes("1118.24"))
    assert "Een collega" in answer.text and "niet te hoog" not in answer.text
    assert answer.escalated.reason is EscalationReason.POLICY
    assert "1.118,24" in answer.escalated.note


async def test_a_rent_at_the_highest_is_not_above_it() -> None:
    assert (await ask(homes=homes("1118.23"))).signals == [Done()]


async def test_missing_data_give_no_number_but_a_person() -> None:
    lacking = Points(150, Decimal("900.00"), (), ("geen energielabel",))
    answer = await ask(Counted(lacking))
    assert "150" not in answer.text
    assert "geen energielabel" in answer.escalated.note


async def test_who_does_not_agree_gets_a_person_with_the_numbers() -> None:
    answer = await ask(said="die punten kloppen niet, ik heb het nagemeten")
    assert "170" in answer.escalated.note and "collega" in answer.text


async def test_a_year_without_rules_is_said_honestly() -> None:
    answer = await ask(Counted(UnknownYear()))
    assert "Voor dit jaar kan ik de punten nog niet tellen." in answer.text
    assert answer.signals == [Done()]


async def test_the_day_is_the_one_in_the_netherlands() -> None:
    counter = Counted()
    await ask(counter)
    assert counter.days == [date(2026, 11, 25)]


@pytest.mark.parametrize("broken", [BackOfficeDown("away"), NotFound("waardering")])
async def test_without_the_data_of_the_home_a_person_looks(broken: BackOfficeError) -> None:
    answer = await ask(homes=homes(fails=broken))
    assert "punten." not in answer.text and "collega" in answer.text
    assert answer.escalated


async def test_a_count_that_does_not_come_in_time_is_no_count() -> None:
    answer = await ask(Counted(NotNow()))
    assert answer.escalated.reason is EscalationReason.BACKOFFICE_DOWN


@pytest.mark.parametrize("level", [Level.ANONYMOUS, Level.CLAIMED])
async def test_who_has_not_proved_enough_is_asked_who_it_is(level: Level) -> None:
    answer = await ask(identity=Known(level))
    assert "170" not in answer.text
    assert any(event.get("value") == NAME for event in answer.events)
    assert answer.events[-1]["event"] == "followup"


async def test_who_writes_for_another_sees_no_points() -> None:
    answer = await ask(identity=Known(third_party=True))
    assert "170" not in answer.text and not any("followup" in str(e) for e in answer.events)


async def test_without_a_back_office_the_general_answer_stays() -> None:
    answer = await ask(office=False)
    assert answer.text == SAID["utter_rent_points_maximum"][0]["text"]


def test_with_very_many_points_it_depends_on_the_contract() -> None:
    assert judge(Points(187, Decimal(1240)), Decimal(900), 187, False) is Finding.MANY
    assert judge(Points(186, Decimal(1230)), Decimal(900), 187, False) is Finding.FINE


def test_without_a_known_rent_nothing_is_compared() -> None:
    assert judge(COUNTED, None, 187, False) is Finding.NO_RENT
