"""STOP, START and HELP: what a tenant asks of the channel itself."""

from __future__ import annotations

import pytest

from channels.port import Attached, Chosen, Inbound, MediaRef, OptOut, Text, Unsupported, Wish
from handoff.ledger import Delivery
from handoff.model import AuthorKind, Message
from handoff.testing import Bench, BlockingLine, PhoneSide

pytestmark = pytest.mark.unit
STOP, START, HELP = OptOut(Wish.STOP), OptOut(Wish.START), OptOut(Wish.HELP)
PHOTO = MediaRef("media-1", "image/jpeg")
ASKED = "wanneer moet ik de huur betalen"


@pytest.fixture
def phone(bench: Bench) -> PhoneSide:
    return PhoneSide(bench, line=BlockingLine())


def text(bench: Bench, key: str) -> str:
    return bench.product.counter.words.text(key)


async def is_out(phone: PhoneSide) -> bool:
    since = await phone.bench.product.store.read(
        lambda ledger: ledger.opt_outs.since(phone.channel, phone.address)
    )
    return since is not None


async def delivery(phone: PhoneSide, message: Message) -> Delivery:
    found = await phone.bench.product.store.read(lambda ledger: ledger.deliveries.get(message.id))
    assert found is not None
    return found


async def taken_by_staff(phone: PhoneSide) -> str:
    await phone.ask("ik wil een medewerker")
    id = (await phone.conversation()).id
    assert (await (await phone.bench.staff()).step(id, "take")).status_code == 200
    await phone.bench.work()
    return id


async def test_stop_is_written_down_and_answered_by_nobody(phone: PhoneSide) -> None:
    await phone.ask(ASKED)
    asked = len(phone.bench.assistant.asked)
    assert await phone.sends(STOP) == []
    assert await is_out(phone)
    assert len(phone.bench.assistant.asked) == asked
    last = (await phone.log())[-1]
    assert last.author.kind is AuthorKind.TENANT
    assert last.text == text(phone.bench, "tenant_opt_out")


async def test_stop_as_the_very_first_message_is_not_even_greeted(phone: PhoneSide) -> None:
    assert await phone.sends(STOP) == []
    assert [one.text for one in await phone.log()] == [text(phone.bench, "tenant_opt_out")]
    assert await is_out(phone)


async def test_stop_drops_a_question_that_was_not_answered_yet(phone: PhoneSide) -> None:
    await phone.send(Text(ASKED))
    await phone.sends(STOP)
    assert phone.bench.assistant.asked == []


async def test_stop_leaves_a_conversation_with_the_person_who_has_it(phone: PhoneSide) -> None:
    await phone.ask("ik wil een medewerker")
    assert await phone.sends(STOP) == []
    assert await phone.state() == "waiting"


async def test_what_a_person_writes_after_stop_is_not_sent_and_says_why(phone: PhoneSide) -> None:
    id = await taken_by_staff(phone)
    before = len(phone.line.sent)
    await phone.sends(STOP)
    assert await phone.state() == "held"
    await (await phone.bench.staff()).say(id, "Nog een vraag")
    await phone.bench.work()
    assert len(phone.line.sent) == before
    ended = await delivery(phone, (await phone.log())[-1])
    assert (ended.message.text, ended.state) == ("Nog een vraag", "failed")
    assert ended.detail == "opted out"


async def test_an_answer_that_was_on_its_way_is_held_back_at_once(phone: PhoneSide) -> None:
    await phone.ask("hoe moet ik overmaken")
    await phone.bench.product.store.write(
        lambda ledger: ledger.opt_outs.put("sms", phone.address, phone.bench.clock.now())
    )
    assert await phone.ask(ASKED) == []
    answer = await delivery(phone, (await phone.log())[-1])
    assert (answer.state, answer.detail) == ("failed", "opted out")


async def test_other_addresses_and_channels_still_get_their_answers(phone: PhoneSide) -> None:
    await phone.sends(STOP)
    neighbour = PhoneSide(phone.bench, address="+31600000002")
    elsewhere = PhoneSide(phone.bench, "whatsapp", phone.address)
    assert len(await neighbour.ask(ASKED)) == 2  # the greeting and the answer
    assert len(await elsewhere.ask(ASKED)) == 2


async def test_start_lets_messages_through_again_with_one_line(phone: PhoneSide) -> None:
    await phone.ask(ASKED)
    await phone.sends(STOP)
    assert await phone.sends(START) == [text(phone.bench, "opt_in_again")]
    assert not await is_out(phone)
    assert (await phone.log())[-2].text == text(phone.bench, "tenant_opt_in")
    assert len(await phone.ask(ASKED)) == 1


@pytest.mark.parametrize("body", [HELP, START], ids=["help", "start"])
async def test_help_and_start_leave_a_question_for_the_assistant_as_it_was(
    phone: PhoneSide, body: OptOut
) -> None:
    await phone.ask("hoe moet ik overmaken")
    await phone.send(Text(ASKED))
    got = await phone.sends(body)
    assert len(got) == 2 and "vooruit" in got[1]
    assert phone.bench.assistant.asked[-1].text == ASKED


async def test_help_says_what_this_is_how_to_stop_and_how_to_get_a_person(
    phone: PhoneSide,
) -> None:
    (told,) = await phone.sends(HELP)
    assert told == text(phone.bench, "opt_out_help")
    for part in ("digitale assistent", "STOP", "medewerker"):
        assert part in told
    assert phone.bench.assistant.asked == [] and not await is_out(phone)


async def test_help_and_start_leave_a_conversation_with_its_person(phone: PhoneSide) -> None:
    await taken_by_staff(phone)
    for body in (HELP, START):
        (told,) = await phone.sends(body)
        assert told and await phone.state() == "held"
        assert (await phone.log())[-1].author.kind is AuthorKind.SYSTEM


async def test_stop_does_not_open_a_closed_conversation_again(phone: PhoneSide) -> None:
    id = await taken_by_staff(phone)
    assert (await (await phone.bench.staff()).step(id, "close")).status_code == 200
    await phone.sends(STOP)
    assert await phone.state() == "closed"


async def test_on_sms_only_start_ends_a_stop(phone: PhoneSide) -> None:
    await phone.sends(STOP)
    assert await phone.ask(ASKED) == []
    assert await is_out(phone)


@pytest.mark.parametrize("body", [Text(ASKED), Attached(ASKED, (PHOTO,))], ids=["text", "photo"])
async def test_elsewhere_whoever_writes_again_wants_messages_again(
    bench: Bench, body: Text | Attached
) -> None:
    phone = PhoneSide(bench, "whatsapp")
    await phone.ask("hoe moet ik overmaken")
    await phone.sends(STOP)
    again, *answers = await phone.sends(body)
    assert again == text(bench, "opt_in_again") and any("vooruit" in said for said in answers)
    assert not await is_out(phone)
    assert bench.assistant.asked[-1].text == ASKED


async def test_a_button_is_words_too_but_a_sticker_is_not(bench: Bench) -> None:
    phone = PhoneSide(bench, "whatsapp")
    await phone.ask(ASKED)
    choice = (await phone.log())[-1].choices[0]
    await phone.sends(STOP)
    assert await phone.sends(Unsupported("sticker")) == []
    assert await is_out(phone)
    assert len(await phone.sends(Chosen(choice.id))) == 2
    assert not await is_out(phone)


async def test_danger_after_a_stop_elsewhere_is_answered_with_what_to_do(bench: Bench) -> None:
    phone = PhoneSide(bench, "whatsapp")
    await phone.sends(STOP)
    got = await phone.ask("ik ruik gas")
    assert any("112" in told or "gas" in told.lower() for told in got)
    assert await phone.state() == "waiting"


async def test_the_same_stop_twice_is_one(phone: PhoneSide) -> None:
    inbound = Inbound("sms", "own", phone.address, "SM-1", STOP)
    inbox, capabilities = phone.bench.product.inbox, phone.line.capabilities
    assert not (await inbox.receive(inbound, capabilities)).again
    assert (await inbox.receive(inbound, capabilities)).again
    assert len(await phone.log()) == 1


async def test_a_photo_with_words_is_what_the_words_say(phone: PhoneSide) -> None:
    await phone.ask("hoe moet ik overmaken")
    await phone.send(Attached("ik ruik gas", (PHOTO,)))
    assert await phone.state() == "waiting"


@pytest.mark.parametrize("words", ["", "  ", "\x00"])
async def test_a_photo_without_words_is_thanked_for_and_asked_about(
    phone: PhoneSide, words: str
) -> None:
    await phone.ask("hoe moet ik overmaken")
    thanks, *_ = await phone.sends(Attached(words, (PHOTO,)))
    assert thanks == text(phone.bench, "photo_kept_alone")
