"""A provider that is down, slow, busy or confused, and people it cannot name."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from datetime import timedelta

import pytest

from channels.fakes.twilio import Behaviour, Order
from channels.fakes.twilio_webhooks import signed
from channels.port import DeliveryUpdate, Fate
from handoff.fates import Fates
from handoff.model import AuthorKind, Message
from tests.channels.provider_scene import PUBLIC, Provider, a_provider
from tests.channels.twilio_scene import ACCOUNT

pytestmark = [
    pytest.mark.contract,
    # Of the client library, about how it hands over the credentials.
    pytest.mark.filterwarnings("ignore::DeprecationWarning"),
]
RENT = "wanneer moet ik de huur betalen"


@pytest.fixture(params=["sms", "whatsapp"])
async def provider(request: pytest.FixtureRequest) -> AsyncIterator[Provider]:
    async with a_provider(request.param) as found:
        yield found


async def asks(provider: Provider, text: str = RENT) -> None:
    assert await provider.writes(text) == [204]
    provider.clock.move(timedelta(seconds=5))
    await provider.bench.work()


async def takes_and_keeps_silent(provider: Provider) -> tuple[asyncio.Event, asyncio.Task[None]]:
    """The provider has taken an answer of ours, and says so when the event is set."""
    taken, answered = asyncio.Event(), asyncio.Event()
    provider.fake.messages.watchers.append(
        lambda message: taken.set() if message.direction != "inbound" else None
    )
    provider.fake.behaviour = Behaviour(waits_for=answered)
    working = asyncio.create_task(asks(provider))
    await taken.wait()
    return answered, working


async def ours(provider: Provider) -> list[Message]:
    """What the tenant must get."""
    log = await provider.log()
    return [one for one in log if one.seq and one.author.kind is not AuthorKind.TENANT]


async def state(provider: Provider) -> str:
    return (await provider.last_delivery()).state


async def test_news_that_comes_before_the_answer_to_our_call_stays(provider: Provider) -> None:
    await asks(provider)
    answered, working = await takes_and_keeps_silent(provider)
    sid = provider.fake.sent[-1].sid
    assert await provider.fake.report(sid, "sent", "delivered") == [204, 204]
    answered.set()
    await working
    delivery = await provider.last_delivery()
    assert (delivery.state, delivery.ref) == ("delivered", sid)


async def test_a_failure_that_comes_before_the_answer_to_our_call_stays(
    provider: Provider,
) -> None:
    await asks(provider)
    answered, working = await takes_and_keeps_silent(provider)
    await provider.fake.report(provider.fake.sent[-1].sid, "failed", code=30005)
    answered.set()
    await working
    delivery = await provider.last_delivery()
    assert (delivery.state, delivery.detail) == ("failed", "30005")


@pytest.mark.parametrize("order", list(Order))
async def test_in_whatever_order_news_comes_the_furthest_state_stays(
    provider: Provider, order: Order
) -> None:
    await asks(provider)
    ref = str((await provider.last_delivery()).ref)
    assert set(await provider.fake.report(ref, order=order)) == {204}
    furthest = {"sms": "delivered", "whatsapp": "read"}[provider.name]
    assert await state(provider) == furthest


async def test_who_said_stop_to_the_provider_is_sent_nothing_more(provider: Provider) -> None:
    await asks(provider)
    code = {"sms": 21610, "whatsapp": 63014}[provider.name]
    sid = str((await provider.last_delivery()).ref)
    assert await provider.fake.report(sid, "failed", code=code) == [204]
    sent = len(provider.fake.sent)
    product = provider.bench.product
    address = (await provider.last_delivery()).address
    since = await product.store.read(lambda led: led.opt_outs.since(provider.name, address))
    assert since is not None
    staff = await provider.bench.staff()
    talk = (await provider.last_delivery()).conversation
    await staff.step(talk, "take")
    await staff.say(talk, "Wij komen morgen.")
    await provider.bench.work()
    assert len(provider.fake.sent) == sent
    assert (await provider.last_delivery()).state == "failed"


async def test_news_of_a_message_we_do_not_know_is_taken_and_changes_nothing(
    provider: Provider,
) -> None:
    await asks(provider)
    form = {
        "AccountSid": ACCOUNT.sid,
        "MessageSid": "SM" + "f" * 32,
        "MessageStatus": "failed",
        "ErrorCode": "30005",
        "To": provider.tenant,
        "From": provider.ours,
    }
    for query in ("", "?mid=bestaat-niet", "?mid=%00"):
        url = f"{PUBLIC}/channels/{provider.name}{query}"
        assert await provider.post(signed(url, form, ACCOUNT.auth_token)) == 204
    assert await state(provider) == "sent"


async def test_news_that_comes_while_a_dead_process_left_the_send_undone_is_not_sent_again(
    provider: Provider,
) -> None:
    await asks(provider)
    assert await provider.writes(RENT) == [204]
    provider.clock.move(timedelta(seconds=5))
    product = provider.bench.product
    (turn,) = await product.worker._claim(1)
    await product.turns.run(turn)
    known, answer = len(provider.fake.sent), (await provider.log())[-1].id
    now = provider.clock.now()
    await product.store.write(
        lambda ledger: ledger.deliveries.mark(answer, "sending", now, None, "")
    )
    fates = Fates(product.store, product.clock, product.outbox.held, product.hints)
    await fates.take(DeliveryUpdate(provider.name, answer, "SM" + "1" * 32, Fate.DELIVERED))
    await provider.bench.work()
    assert await state(provider) == "delivered"
    assert len(provider.fake.sent) == known


async def test_while_the_provider_is_down_messages_come_in_and_answers_wait(
    provider: Provider,
) -> None:
    provider.replace(base_url="http://127.0.0.1:9")
    await asks(provider)
    assert await provider.said() == [RENT]
    assert await state(provider) == "queued"
    provider.replace()
    for _ in range(4):
        provider.clock.move(timedelta(minutes=1))
        await provider.bench.work()
    assert await state(provider) == "sent"
    texts = [one.body for one in provider.fake.sent]
    assert len(texts) == len(set(texts)) > 1


async def test_a_provider_that_stays_busy_gets_each_answer_once_and_in_order(
    provider: Provider,
) -> None:
    provider.fake.behaviour = Behaviour(refuses_with=429)
    await asks(provider)
    for _ in range(2):
        provider.clock.move(timedelta(seconds=10))
        await provider.bench.work()
    assert provider.fake.sent == []
    provider.fake.behaviour = Behaviour()
    for _ in range(3):
        provider.clock.move(timedelta(minutes=1))
        await provider.bench.work()
    said = [one.text.split("\n")[0] for one in await ours(provider)]
    sent = [one.body.split("\n")[0] for one in provider.fake.sent]
    assert sent == said and await state(provider) == "sent"


async def test_a_slow_provider_holds_up_no_webhook_and_gets_nothing_twice(
    provider: Provider,
) -> None:
    await asks(provider)
    provider.replace(patience_seconds=0.3)
    answered, working = await takes_and_keeps_silent(provider)
    assert await provider.writes("en de kosten?") == [204]
    await working
    in_doubt, taken = await provider.last_delivery(), provider.fake.sent[-1]
    assert in_doubt.state == "unknown"
    answered.set()
    provider.replace()
    provider.fake.behaviour = Behaviour()
    provider.clock.move(timedelta(minutes=2))
    await provider.bench.work()
    store = provider.bench.product.store
    found = await store.read(lambda ledger: ledger.deliveries.get(in_doubt.message.id))
    assert found is not None and (found.state, found.ref) == ("sent", taken.sid)
    assert len({one.sid for one in provider.fake.sent}) == len(await ours(provider))


@pytest.mark.parametrize(
    ("sender", "answered"),
    [("+32470000001", True), ("Mijn Bank", False), ("1008", False)],
)
async def test_strange_senders_of_a_text_are_heard_and_staff_see_when_no_answer_can_arrive(
    sender: str, answered: bool
) -> None:
    async with a_provider("sms") as provider:
        assert await provider.writes(RENT, sender=sender) == [204]
        provider.clock.move(timedelta(seconds=5))
        await provider.bench.work()
        assert await provider.said(sender) == [RENT]
        assert bool(provider.fake.sent) is answered
        staff = await provider.staff()
        (listed,) = await staff.listed("bot")
        shown = (await staff.open(listed["id"]))["messages"][-1]["delivery"]
        assert shown["state"] == ("sent" if answered else "failed")
        assert shown["reason"] == ("" if answered else "invalid_number")


async def test_callers_without_a_number_are_never_one_person(provider: Provider) -> None:
    anonymous = {"sms": "Anonymous", "whatsapp": "whatsapp:"}[provider.name]
    heard = 204 if provider.name == "sms" else 422
    for text in ("ik ben de een", "ik ben de ander"):
        signed_forms = await provider.writes_later(text, sender=anonymous)
        assert [await provider.post(one) for one in signed_forms] == [heard]
    assert await provider.rows() == (2 if provider.name == "sms" else 0)
