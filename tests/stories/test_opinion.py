"""After closing a tenant is asked one question; only an answer to it is taken as one."""

from __future__ import annotations

from datetime import timedelta

import pytest

from channels.port import OptOut, Wish
from handoff.ledger import Ledger
from handoff.model import ConversationId
from handoff.opinion.values import Flag, Opinion
from handoff.testing import Bench, PhoneSide, StaffSide, TenantSide

pytestmark = pytest.mark.stories
ASK = "ik wil een medewerker"
QUESTION = "Hoe goed hielpen wij u?"
DANGER = "ik ruik gas in huis"


async def helped(bench: Bench, id: str, fatma: StaffSide) -> None:
    """A person answers and closes; then some minutes pass."""
    await fatma.step(id, "take")
    await fatma.say(id, "Dat is geregeld.")
    assert (await fatma.step(id, "close")).status_code == 200
    bench.clock.move(timedelta(minutes=3))
    await bench.work()


async def asked_on_web(bench: Bench) -> TenantSide:
    tenant, fatma = await bench.tenant(), await bench.staff()
    await tenant.ask(ASK)
    await helped(bench, tenant.id, fatma)
    assert (await tenant.events())[-1]["text"].startswith(QUESTION)
    return tenant


async def opinion(bench: Bench, id: str) -> Opinion | None:
    def work(ledger: Ledger) -> Opinion | None:
        return ledger.opinions.latest(ConversationId(id))

    return await bench.product.store.read(work)


async def test_a_score_and_words_are_kept_and_the_conversation_stays_closed(bench: Bench) -> None:
    tenant = await asked_on_web(bench)
    await tenant.choose("4")
    await tenant.ask("Heel vriendelijk geholpen")
    assert await tenant.state() == "closed"
    found = await opinion(bench, tenant.id)
    assert found is not None
    assert (found.score, found.words, found.flag) == (
        4,
        "Heel vriendelijk geholpen",
        Flag.COMPLIMENT,
    )
    fatma = await bench.staff()
    seen = (await fatma.client.get(f"/console/api/conversations/{tenant.id}/service")).json()
    assert (seen["opinion"]["score"], seen["opinion"]["flag"]) == (4, "compliment")


@pytest.mark.parametrize(("text", "score"), [("vier", 4), ("een 2", 2), ("⭐⭐⭐⭐⭐", 5)])
async def test_a_typed_score_counts_as_much_as_a_button(
    bench: Bench, text: str, score: int
) -> None:
    tenant = await asked_on_web(bench)
    await tenant.ask(text)
    await tenant.ask("Nee")
    found = await opinion(bench, tenant.id)
    assert found is not None and (found.score, found.words) == (score, "")
    assert await tenant.state() == "closed"


async def test_danger_goes_before_any_score(bench: Bench) -> None:
    tenant = await asked_on_web(bench)
    await tenant.ask(DANGER)
    assert await tenant.state() == "waiting"
    found = await opinion(bench, tenant.id)
    assert found is not None and found.score is None


async def test_a_new_question_opens_the_conversation_and_a_later_number_is_no_score(
    bench: Bench,
) -> None:
    tenant = await asked_on_web(bench)
    await tenant.ask("Mijn kraan lekt")
    assert await tenant.state() != "closed"
    await tenant.say("4 sterren")
    found = await opinion(bench, tenant.id)
    assert found is not None and found.score is None


async def test_a_new_question_instead_of_words_is_answered(bench: Bench) -> None:
    tenant = await asked_on_web(bench)
    await tenant.ask("5")
    await tenant.ask("Wanneer wordt mijn huur afgeschreven?")
    assert await tenant.state() != "closed"


async def test_a_number_off_the_scale_is_asked_again(bench: Bench) -> None:
    tenant = await asked_on_web(bench)
    [told] = [one for one in await tenant.ask("8") if one["author"] == "system"]
    assert "1 tot en met 5" in told["text"]
    await tenant.ask("4")
    found = await opinion(bench, tenant.id)
    assert found is not None and found.score == 4


async def test_a_day_later_a_number_is_no_score_any_more(bench: Bench) -> None:
    tenant = await asked_on_web(bench)
    bench.clock.move(timedelta(hours=25))
    await tenant.say("een 4 graag")
    found = await opinion(bench, tenant.id)
    assert found is not None and found.score is None


async def test_who_gives_a_low_score_may_complain_and_gets_a_person(bench: Bench) -> None:
    tenant = await asked_on_web(bench)
    await tenant.choose("1")
    assert await tenant.state() == "closed"
    await tenant.choose("Ik wil een klacht indienen")
    assert await tenant.state() == "waiting"
    fatma = await bench.staff()
    [listed] = await fatma.listed("waiting")
    assert listed["queue"] == "klachten"
    refused = await fatma.client.get("/console/api/opinions/flagged")
    assert refused.status_code == 403
    flagged = await bench.product.store.read(
        lambda ledger: ledger.opinions.flagged(bench.clock.now() - timedelta(days=1))
    )
    assert [(one.score, one.flag) for one in flagged] == [(1, Flag.COMPLAINT)]


async def test_who_opens_the_conversation_at_once_is_not_asked(bench: Bench) -> None:
    tenant, fatma = await bench.tenant(), await bench.staff()
    await tenant.ask(ASK)
    await fatma.step(tenant.id, "take")
    await fatma.step(tenant.id, "close")
    await tenant.ask("Nog iets: mijn kraan lekt")
    bench.clock.move(timedelta(minutes=5))
    await bench.work()
    assert await opinion(bench, tenant.id) is None


async def test_after_danger_nobody_asks_for_a_score(bench: Bench) -> None:
    tenant, fatma = await bench.tenant(), await bench.staff()
    await tenant.ask(DANGER)
    await helped(bench, tenant.id, fatma)
    assert await opinion(bench, tenant.id) is None


async def test_danger_while_a_person_helps_counts_as_well(bench: Bench) -> None:
    tenant, fatma = await bench.tenant(), await bench.staff()
    await tenant.ask(ASK)
    await fatma.step(tenant.id, "take")
    await tenant.ask(DANGER)
    await helped(bench, tenant.id, fatma)
    assert await opinion(bench, tenant.id) is None


async def test_an_address_is_asked_once_in_thirty_days(bench: Bench) -> None:
    phone = PhoneSide(bench)
    for days, times in ((0, 1), (29, 1), (2, 2)):
        bench.clock.move(timedelta(days=days))
        fatma = await bench.staff()
        await phone.ask(ASK)
        await helped(bench, (await phone.conversation()).id, fatma)
        assert sum(text.startswith(QUESTION) for text in phone.line.sent) == times


async def test_who_wants_no_messages_is_not_asked(bench: Bench) -> None:
    phone, fatma = PhoneSide(bench), await bench.staff()
    await phone.ask(ASK)
    await phone.sends(OptOut(Wish.STOP))
    await helped(bench, (await phone.conversation()).id, fatma)
    assert await opinion(bench, (await phone.conversation()).id) is None


async def test_the_question_fits_one_text_message(bench: Bench) -> None:
    phone, fatma = PhoneSide(bench), await bench.staff()
    await phone.ask(ASK)
    await helped(bench, (await phone.conversation()).id, fatma)
    assert len(phone.line.sent[-1]) <= 160
    assert await phone.ask("4") != []
    assert await phone.state() == "closed"
