"""How it stands with one's own repairs; what takes too long goes to a person with its history."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from repair_office import FREE, NOW, office, repair
from repair_office_talk import WHOLE, Known, OfficeTalk

from actions.backoffice.fakes.in_memory import BLOCK
from actions.backoffice.values import Afspraak, Onderhoudsverzoek
from actions.backoffice.verification import Level
from actions.repairs.promises import NoSuchPromise, promises, read_promise
from bot.signals import EscalationReason

pytestmark = pytest.mark.unit

STATUS = {"intent": "repair_status"}


def talk_with(*repairs: Onderhoudsverzoek, level: Level = Level.CLAIMED) -> OfficeTalk:
    return OfficeTalk(office=office(*repairs), who=Known(level))


def visit(begin: datetime, status: str = "GEP", number: int = 1) -> Afspraak:
    return Afspraak(f"a-{begin}", f"verzoek-{number}", "", status, begin, begin + BLOCK)


async def asked(*repairs: Onderhoudsverzoek) -> OfficeTalk:
    return await talk_with(*repairs).tell("hoe staat het ermee", **STATUS)


async def test_an_open_repair_is_told_with_its_day_state_and_appointment() -> None:
    talk = await asked(repair(1, afspraken=(visit(FREE[0]),)))
    assert talk.said[0] == (
        "Kraan, keuken: lekt, gemeld op zondag 22 november. Wij zijn ermee bezig. "
        "De monteur komt op dinsdag 1 december, 8 tot 12 uur."
    )
    assert talk.needs_nobody


async def test_without_an_appointment_that_is_said_too() -> None:
    talk = await asked(repair(1, status="REG"))
    assert "bij ons binnen. Er is nog geen afspraak." in talk.said[0]


async def test_the_three_newest_are_told_and_how_many_more_there_are() -> None:
    talk = await asked(*(repair(n, f"deur {n}", days=n, defecten=()) for n in range(1, 6)))
    assert [line.split(",")[0] for line in talk.said[:3]] == ["Deur 1", "Deur 2", "Deur 3"]
    assert talk.said[3] == "Er zijn er nog 2." and "Deur 4" not in talk.text


async def test_what_is_repaired_or_cancelled_is_not_open() -> None:
    talk = await asked(*(repair(n, status=s) for n, s in enumerate(("TEC", "FIN", "AFG", "GEA"))))
    assert "geen open reparatie" in talk.text


async def test_who_has_none_may_report_one() -> None:
    talk = await asked()
    await talk.tell("ja")
    assert talk.slots["requested_slot"] == "repair_room"


async def test_who_has_none_and_wants_nothing_is_left_alone() -> None:
    talk = await asked()
    await talk.tell("nee")
    assert talk.needs_nobody and not talk.form


async def test_nothing_is_shown_before_it_is_known_who_asks() -> None:
    talk = talk_with(repair(1), level=Level.ANONYMOUS)
    await talk.tell("hoe staat het ermee", **STATUS)
    assert talk.asked_who and "kraan" not in talk.text.lower()
    await talk.identified()
    assert "Kraan" in talk.text


async def test_who_is_not_recognised_sees_nothing_and_gets_a_person() -> None:
    talk = talk_with(repair(1), level=Level.ANONYMOUS)
    await talk.tell("hoe staat het ermee", **STATUS)
    await talk.identified("refused")
    assert "Kraan" not in talk.text and talk.escalation.reason is EscalationReason.POLICY


async def test_a_back_office_that_is_down_shows_nothing_and_a_person_looks() -> None:
    talk = talk_with(repair(1))
    talk.office.down.add("onderhoudsverzoeken")
    await talk.tell("hoe staat het ermee", **STATUS)
    assert "nu niet zien" in talk.text
    assert talk.escalation.reason is EscalationReason.BACKOFFICE_DOWN


LATE = {
    "older than promised": (repair(1, days=20), "Gemeld woensdag 4 november"),
    "an appointment without result": (
        repair(1, days=5, afspraken=(visit(NOW - timedelta(days=1)),)),
        "Afspraak zonder resultaat: maandag 23 november",
    ),
    "moved several times": (
        repair(1, days=5, afspraken=(visit(FREE[0], "ANN"), visit(FREE[1], "ANN"), visit(FREE[2]))),
        "2 keer verzet",
    ),
}


@pytest.mark.parametrize(("late", "told"), LATE.values(), ids=LATE)
async def test_a_late_repair_is_seen_at_a_status_check(late: Onderhoudsverzoek, told: str) -> None:
    talk = await asked(late)
    assert "Dat spijt ons" in talk.text
    assert talk.escalation.reason is EscalationReason.POLICY and told in talk.escalation.note


async def test_what_was_reported_before_is_late() -> None:
    talk = await asked(repair(1, days=1), repair(2, days=60, status="AFG"))
    assert "Eerder gemeld: vrijdag 25 september" in talk.escalation.note


async def test_an_old_repair_for_which_somebody_comes_is_not_late() -> None:
    talk = await asked(repair(1, days=20, afspraken=(visit(FREE[0]),)))
    assert talk.needs_nobody


async def test_a_tenant_who_says_it_takes_too_long_gets_a_person_with_the_history() -> None:
    talk = await talk_with(repair(1, days=3)).tell("al weken niks", intent="repair_delayed")
    assert "dat spijt ons" in talk.text
    assert "R4701" in talk.escalation.note and "zaterdag 21 november" in talk.escalation.note


async def test_without_a_repair_the_note_says_that_there_is_none() -> None:
    talk = await talk_with().tell("al weken niks", intent="repair_delayed")
    assert "geen open reparatie" in talk.escalation.note


async def test_after_reporting_the_status_shows_it() -> None:
    talk = await OfficeTalk().tell(WHOLE, "ja", "dinsdag 8 uur")
    await talk.tell("hoe staat het ermee", **STATUS)
    assert "Kraan, keuken: lekt" in talk.text and "dinsdag 1 december" in talk.text


@pytest.mark.parametrize(
    ("text", "until"),
    [
        ("binnen 10 werkdagen", datetime(2026, 12, 4, 22, 59, 59, tzinfo=UTC)),
        ("binnen 24 uur", datetime(2026, 11, 21, 10, 0, tzinfo=UTC)),
        ("binnen 2 weken", datetime(2026, 12, 4, 10, 0, tzinfo=UTC)),
    ],
)
def test_a_promise_is_read_out_of_its_words(text: str, until: datetime) -> None:
    friday = datetime(2026, 11, 20, 10, 0, tzinfo=UTC)
    assert read_promise(text).until(friday) == until


def test_a_promise_without_a_number_is_refused() -> None:
    with pytest.raises(NoSuchPromise):
        read_promise("zo snel mogelijk")


def test_the_promises_of_this_corporation_are_readable() -> None:
    told: dict[str, Any] = {p: promises().until(p, NOW) for p in ("spoed", "normaal")}
    assert NOW < told["spoed"] < told["normaal"]
