"""After 24 hours of silence an answer waits, the tenant is asked to react, and gets it once."""

from __future__ import annotations

from collections.abc import AsyncIterator
from datetime import datetime, timedelta

import pytest

from channels.fakes.twilio import Order
from tests.channels.whatsapp_scene import DAY, Phone, a_phone

pytestmark = [
    pytest.mark.stories,
    pytest.mark.filterwarnings("ignore::DeprecationWarning"),
]
FIRST, SECOND = "De monteur komt dinsdag.", "Bent u dan thuis?"
QUESTION = "Ik wil een medewerker spreken"


@pytest.fixture
async def phone() -> AsyncIterator[Phone]:
    async with a_phone() as phone:
        yield phone


async def notes(phone: Phone) -> list[str]:
    staff, talk = await phone.staff(), await phone.conversation()
    opened = await staff.open(talk.id)
    return [one["text"] for one in opened["messages"] if one["kind"] == "note"]


async def test_within_the_day_an_answer_of_staff_arrives_at_once(phone: Phone) -> None:
    await phone.ask(QUESTION)
    await phone.taken_by()
    await phone.silent_for(DAY - timedelta(minutes=1))
    await phone.staff_say(FIRST)
    assert phone.news() == [FIRST]
    assert await phone.states() == {FIRST: "sent"}


async def test_the_console_says_until_when_free_text_is_taken(phone: Phone) -> None:
    heard = phone.bench.clock.now()
    await phone.ask(QUESTION)
    staff = await phone.staff()
    (row,) = await staff.listed()
    assert datetime.fromisoformat(row["window_closes_at"]) == heard + DAY
    web = await phone.bench.tenant()
    await web.ask(QUESTION)
    rows = {one["channel"]: one["window_closes_at"] for one in await staff.listed()}
    assert rows["webchat"] is None


async def test_later_the_tenant_is_asked_once_and_then_gets_the_answers_in_order(
    phone: Phone,
) -> None:
    await phone.ask(QUESTION)
    await phone.taken_by()
    await phone.silent_for(DAY)
    talk = await phone.conversation()
    await phone.staff_say(FIRST, SECOND)
    asked = phone.arrived()[-1]
    (template,) = phone.news()
    assert asked.form["ContentSid"] == phone.template and "Body" not in asked.form
    assert talk.reference in template and "{{" not in template
    assert await phone.states() == {FIRST: "held", SECOND: "held"}
    assert sum("24 uur" in note for note in await notes(phone)) == 1
    await phone.write("JA", times=3)
    await phone.bench.work()
    assert phone.news() == [FIRST, SECOND]
    assert await phone.states() == {FIRST: "sent", SECOND: "sent"}
    assert await phone.ask("En hoe laat?") == []


async def test_the_next_silence_asks_again(phone: Phone) -> None:
    await phone.ask(QUESTION)
    await phone.taken_by()
    for words in (FIRST, SECOND):
        await phone.silent_for(DAY)
        await phone.staff_say(words)
        assert len(phone.news()) == 1
        assert await phone.ask("ja") == [words]


async def test_a_promise_that_passes_asks_the_tenant_to_react_too(phone: Phone) -> None:
    await phone.ask(QUESTION)
    await phone.bench.work()
    phone.news()
    phone.bench.clock.move(timedelta(days=4))
    await phone.bench.work()
    (asked,) = phone.news()
    assert "Stuur JA" in asked
    assert len(await phone.ask("ja")) >= 1


@pytest.mark.parametrize(
    "fields",
    [
        {"MessageType": "reaction", "Body": "\N{THUMBS UP SIGN}"},
        {"MessageType": "sticker"},
        {"MessageType": "unsupported"},
        {"MessageType": "location", "Latitude": "52.1", "Longitude": "5.1"},
    ],
    ids=lambda fields: fields["MessageType"],
)
async def test_any_reaction_lets_the_answer_go(phone: Phone, fields: dict[str, str]) -> None:
    await phone.ask(QUESTION)
    await phone.taken_by()
    await phone.silent_for(DAY)
    await phone.staff_say(FIRST)
    phone.news()
    body = fields.pop("Body", "")
    assert (await phone.ask(body, **fields))[0] == FIRST


async def test_without_a_template_staff_see_that_it_waits_and_it_goes_later(phone: Phone) -> None:
    phone.switch_on(template="")
    await phone.ask(QUESTION)
    await phone.taken_by()
    await phone.silent_for(DAY)
    await phone.staff_say(FIRST)
    assert phone.news() == []
    assert any("kan nu niet worden verstuurd" in note for note in await notes(phone))
    assert await phone.ask("Hallo?") == [FIRST]


async def test_that_somebody_reads_along_is_no_reason_to_ask(phone: Phone) -> None:
    await phone.ask(QUESTION)
    await phone.taken_by()
    await phone.staff_say(FIRST)
    await phone.silent_for(DAY)
    staff, talk = await phone.staff(), await phone.conversation()
    assert (await staff.step(talk.id, "release")).status_code == 200
    await phone.bench.work()
    assert phone.news() == []
    assert phone.template not in [one.form.get("ContentSid") for one in phone.arrived()]


async def test_words_that_twilio_let_fail_are_kept_and_arrive_once(phone: Phone) -> None:
    await phone.ask(QUESTION)
    await phone.taken_by()
    await phone.silent_for(DAY - timedelta(minutes=1))
    # By Twilio's clock the tenant was heard earlier than by ours.
    phone.fake.session = DAY - timedelta(hours=1)
    await phone.staff_say(FIRST, SECOND)
    assert await phone.states() == {FIRST: "sent", SECOND: "sent"}
    failed = [one for one in phone.fake.sent if one.magic_code() == 63016]
    for one in reversed(failed):
        await phone.fake.report(one.sid, order=Order.TWICE)
    await phone.bench.work()
    assert await phone.states() == {FIRST: "held", SECOND: "held"}
    assert len(phone.news()) == 1
    staff = await phone.staff()
    closes = (await staff.open((await phone.conversation()).id))["conversation"]["window_closes_at"]
    assert datetime.fromisoformat(closes) <= phone.bench.clock.now()
    await phone.write("ja")
    for one in failed:  # Twilio says it all once more, after the tenant has reacted
        await phone.fake.report(one.sid)
    await phone.bench.work()
    assert phone.news() == [FIRST, SECOND]
    for one in failed:
        await phone.fake.report(one.sid)
    await phone.bench.work()
    assert phone.news() == []
    assert await phone.states() == {FIRST: "sent", SECOND: "sent"}


async def test_late_news_of_a_failure_after_the_tenant_wrote_sends_at_once(phone: Phone) -> None:
    await phone.ask(QUESTION)
    await phone.taken_by()
    await phone.silent_for(DAY - timedelta(minutes=1))
    phone.fake.session = DAY - timedelta(hours=1)
    await phone.staff_say(FIRST)
    (failed,) = [one for one in phone.fake.sent if one.magic_code() == 63016]
    phone.bench.clock.move(timedelta(seconds=5))
    assert await phone.ask("Bent u er nog?") == []
    await phone.fake.report(failed.sid)
    await phone.bench.work()
    assert phone.news() == [FIRST]


async def test_staff_hear_that_the_request_to_react_did_not_arrive(phone: Phone) -> None:
    phone.fake.contents.delete(phone.template)
    await phone.ask(QUESTION)
    await phone.taken_by()
    await phone.silent_for(DAY)
    await phone.staff_say(FIRST)
    assert phone.news() == []
    assert any("kwam niet aan" in note for note in await notes(phone))
    assert await phone.ask("Hallo?") == [FIRST]


async def test_a_template_that_is_not_approved_is_told_to_staff_when_it_fails(phone: Phone) -> None:
    phone.fake.contents.approved.clear()
    await phone.ask(QUESTION)
    await phone.taken_by()
    await phone.silent_for(DAY)
    await phone.staff_say(FIRST)
    await phone.report_all()
    assert sum("kwam niet aan" in note for note in await notes(phone)) == 1
    assert await phone.states() == {FIRST: "held"}


async def test_what_is_said_while_an_answer_is_let_go_does_not_overtake_it(phone: Phone) -> None:
    await phone.ask(QUESTION)
    await phone.taken_by()
    await phone.silent_for(DAY)
    await phone.staff_say(FIRST)
    phone.news()
    staff, talk = await phone.staff(), await phone.conversation()
    await staff.say(talk.id, SECOND)  # stands in the line already
    await phone.write("ja")
    await staff.say(talk.id, "Tot dan.")
    await phone.bench.work()
    assert phone.news() == [FIRST, SECOND, "Tot dan."]


async def test_who_said_stop_is_not_asked(phone: Phone) -> None:
    await phone.ask(QUESTION)
    await phone.taken_by()
    await phone.ask("STOP")
    await phone.silent_for(DAY)
    await phone.staff_say(FIRST)
    assert phone.news() == []
    assert await phone.states() == {FIRST: "failed"}
