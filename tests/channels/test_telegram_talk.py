"""Telegram through the hub: groups, edits, blocks and busy chats, on a Bot API on loopback."""

from __future__ import annotations

from collections.abc import AsyncIterator, Awaitable, Callable
from datetime import timedelta

import pytest

from channels.fakes.telegram import BLOCKED, FakeTelegram
from channels.fakes.telegram_updates import body, membership_for, message, tap_for, update_for
from channels.registry import channels_on
from handoff.hints import Typing
from handoff.ledger import Ledger
from handoff.model import AuthorKind, Conversation, ConversationId, Message
from handoff.testing import Bench
from handoff.typing_signs import TypingSigns

pytestmark = pytest.mark.contract

TOKEN = "7310000001:sleutel_van_de_proef"
SECRET = "verborgen"
ADA, BORIS = 610_077, 610_078
GROUP = {"id": -100_200, "type": "supergroup", "title": "Portiek 7"}


class Scene:
    def __init__(self, bench: Bench, telegram: FakeTelegram) -> None:
        self.bench = bench
        self.telegram = telegram
        settings = {"token": TOKEN, "secret": SECRET, "base_url": telegram.url}
        settings["username"] = telegram.username
        bench.product.channels.update(channels_on({"telegram": settings}))

    async def post(self, update: bytes) -> None:
        headers = {"X-Telegram-Bot-Api-Secret-Token": SECRET}
        url = "/channels/telegram"
        answer = await self.bench.client.post(url, content=update, headers=headers)
        assert answer.status_code == 204, answer.text
        await self.bench.work()

    async def later(self, seconds: float) -> None:
        """Time goes by, e.g. the second in which more of a burst may come."""
        self.bench.clock.move(timedelta(seconds=seconds))
        await self.bench.work()

    def sent(self, chat: int) -> list[str]:
        calls = [call.fields for call in self.telegram.calls if call.method == "sendMessage"]
        return [fields["text"] for fields in calls if fields["chat_id"] == str(chat)]

    async def talk(self, chat: int) -> Conversation | None:
        return await self.bench.product.store.read(
            lambda ledger: ledger.conversations.latest_at("telegram", str(chat))
        )

    async def log(self, chat: int) -> list[Message]:
        talk = await self.talk(chat)
        assert talk is not None
        return list(
            await self.bench.product.store.read(lambda ledger: ledger.messages.after(talk.id, 0))
        )

    async def delivery(self, text: str, chat: int) -> tuple[str, str]:
        """State and detail of the last message with this text."""
        id = [one.id for one in await self.log(chat) if one.text == text][-1]

        def work(ledger: Ledger) -> tuple[str, str]:
            found = ledger.deliveries.get(id)
            assert found is not None
            return found.state, found.detail

        return await self.bench.product.store.read(work)


@pytest.fixture
async def scene(bench: Bench) -> AsyncIterator[Scene]:
    async with FakeTelegram(TOKEN) as telegram:
        yield Scene(bench, telegram)


def in_group(text: str, no: int) -> bytes:
    return body(no, message={**message({"text": text}, ADA), "chat": GROUP})


async def test_a_group_is_told_once_that_we_talk_in_private_only(scene: Scene) -> None:
    for no in range(1, 4):
        await scene.post(in_group("@thuisbalie_bot mijn kraan lekt", no))
    await scene.post(in_group("en de buren maken lawaai", 4))
    (told,) = scene.sent(GROUP["id"])
    assert "privébericht" in told
    # What neighbours said is not kept, and nobody at the desk has to do anything.
    assert not any("kraan" in one.text or "lawaai" in one.text for one in await scene.log(-100_200))
    talk = await scene.talk(-100_200)
    assert talk is not None and talk.state.value == "closed"


async def test_an_edited_message_is_read_anew_and_marked_for_staff(scene: Scene) -> None:
    await scene.post(update_for("wanneer moet ik de huur", ADA, 1))
    edit = message({"text": "wanneer moet ik de huur betalen", "edit_date": 1}, ADA)
    await scene.later(1)
    await scene.post(body(2, edited_message=edit))
    await scene.later(1)
    talk = await scene.talk(ADA)
    assert talk is not None
    shown = (await (await scene.bench.staff()).open(talk.id))["messages"]
    mine = [(one["text"], one["edited"]) for one in shown if one["author"] == "tenant"]
    assert mine == [
        ("wanneer moet ik de huur", False),
        ("wanneer moet ik de huur betalen", True),
    ]
    assert shown[-1]["author"] == "bot"


async def test_danger_that_is_edited_in_is_heard(scene: Scene) -> None:
    await scene.post(update_for("ik heb een vraag", ADA, 1))
    await scene.post(body(2, edited_message=message({"text": "ik ruik gas in huis"}, ADA)))
    talk = await scene.talk(ADA)
    assert talk is not None and talk.urgent_kind == "gas"


async def test_the_same_edit_twice_is_one_message(scene: Scene) -> None:
    edit = body(2, edited_message=message({"text": "hallo daar"}, ADA))
    await scene.post(edit)
    await scene.post(edit)
    assert [one.text for one in await scene.log(ADA)].count("hallo daar") == 1


async def test_who_blocked_us_is_not_written_to_again_until_he_writes(scene: Scene) -> None:
    await scene.post(update_for("ik wil een medewerker spreken", BLOCKED, 1))
    calls = len(scene.telegram.calls)
    talk = await scene.talk(BLOCKED)
    assert talk is not None
    staff = await scene.bench.staff()
    await staff.step(talk.id, "take")
    await staff.say(talk.id, "Waarmee kan ik helpen?")
    await scene.bench.work()
    assert len(scene.telegram.calls) == calls
    assert await scene.delivery("Waarmee kan ik helpen?", BLOCKED) == ("failed", "opted out")


async def test_a_block_that_telegram_tells_of_stops_what_follows(scene: Scene) -> None:
    await scene.post(update_for("ik wil een medewerker spreken", ADA, 1))
    await scene.post(membership_for("member", "kicked", ADA, 2))
    talk = await scene.talk(ADA)
    assert talk is not None
    staff = await scene.bench.staff()
    await staff.step(talk.id, "take")
    await staff.say(talk.id, "Bent u er nog?")
    await scene.bench.work()
    assert "Bent u er nog?" not in scene.sent(ADA)
    assert await scene.delivery("Bent u er nog?", ADA) == ("failed", "opted out")
    await scene.post(membership_for("kicked", "member", ADA, 3))
    await staff.say(talk.id, "Welkom terug.")
    await scene.bench.work()
    assert "Welkom terug." in scene.sent(ADA)


async def test_a_chat_that_must_wait_holds_no_other_chat_back(scene: Scene) -> None:
    scene.telegram.busy.add(str(ADA))
    await scene.post(update_for("wanneer moet ik de huur betalen", ADA, 1))
    await scene.post(update_for("wanneer moet ik de huur betalen", BORIS, 2))
    await scene.later(1)
    assert "voor de 1e" in scene.sent(BORIS)[-1]
    tried = len(scene.sent(ADA))
    await scene.later(1)
    assert len(scene.sent(ADA)) == tried == 1  # Telegram asked for three seconds
    scene.telegram.busy.clear()
    await scene.later(2)
    texts = [one.text for one in await scene.log(ADA) if one.author.kind is AuthorKind.BOT]
    arrived = scene.sent(ADA)[tried:]
    assert arrived == texts  # all of it, once, in order


async def test_typing_shows_as_long_as_somebody_writes(scene: Scene) -> None:
    await scene.post(update_for("hallo", ADA, 1))
    talk = await scene.talk(ADA)
    assert talk is not None
    product = scene.bench.product
    paused: list[float] = []
    signs = TypingSigns(product.store, product.channels, product.hints, pause=_noting(paused))
    assert signs.wanted
    signs.heard(Typing(talk.id, AuthorKind.BOT, True))
    signs.heard(Typing(talk.id, AuthorKind.BOT, True))
    signs.heard(Typing(ConversationId("onbekend"), AuthorKind.BOT, True))
    await signs.settled()
    shown = [call for call in scene.telegram.calls if call.method == "sendChatAction"]
    # A sign stays five seconds, and nobody writes for longer than a minute without a word.
    assert len(shown) == 15
    assert set(paused) == {4.0}
    assert {call.fields["chat_id"] for call in shown} == {str(ADA)}


def _noting(paused: list[float]) -> Callable[[float], Awaitable[None]]:
    async def pause(seconds: float) -> None:
        paused.append(seconds)

    return pause


async def test_a_tap_is_taken_once_however_often_it_is_sent(scene: Scene) -> None:
    await scene.post(update_for("hallo", ADA, 1))
    choice = next(one for log in await scene.log(ADA) for one in log.choices)
    for _ in range(3):
        await scene.post(tap_for(choice.id, ADA, 2))
    assert [one.text for one in await scene.log(ADA)].count(choice.title) == 1
