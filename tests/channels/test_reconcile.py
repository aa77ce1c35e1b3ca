"""What came in while we could not be reached is fetched, once, in its order."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable
from datetime import timedelta

import pytest

from channels.fakes.twilio import Behaviour
from handoff.arrivals import Arrivals
from handoff.fates import Fates
from handoff.provider_side import provider_side
from tests.channels.provider_scene import PUBLIC, Provider, a_provider, channel

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


async def test_a_message_that_never_reached_us_is_fetched_and_answered(provider: Provider) -> None:
    await provider.writes_unheard(RENT)
    assert await provider.said() == []
    assert await provider.reconciler().look() == {provider.name: 1}
    provider.clock.move(timedelta(seconds=5))
    await provider.bench.work()
    assert await provider.said() == [RENT]
    assert provider.bench.assistant.asked
    assert [one.recipient for one in provider.fake.sent][-1] == provider.tenant


async def test_by_webhook_and_by_list_is_one_message_and_one_turn(provider: Provider) -> None:
    assert await provider.writes(RENT) == [204]
    looking = provider.reconciler()
    assert await looking.look() == {provider.name: 0}
    provider.clock.move(timedelta(seconds=5))
    await provider.bench.work()
    assert await looking.look() == {provider.name: 0}
    await provider.bench.work()
    assert await provider.said() == [RENT]
    assert len(provider.bench.assistant.asked) == 1


async def test_a_webhook_that_comes_after_the_list_is_the_same_message(provider: Provider) -> None:
    # A button: the list knows its title only, so the two do not say the same.
    button = {"ButtonPayload": "een-knop"} if provider.name == "whatsapp" else {}
    (late,) = await provider.writes_later(RENT, fields=button)
    assert await provider.reconciler().look() == {provider.name: 1}
    assert await provider.post(late) == 204
    assert await provider.said() == [RENT]


async def test_all_looks_and_webhooks_at_once_are_one_message(provider: Provider) -> None:
    await provider.writes_unheard(RENT)
    looks = [provider.reconciler().look() for _ in range(8)]
    found = await asyncio.gather(*looks)
    assert sum(one[provider.name] for one in found) == 1
    assert await provider.said() == [RENT]


async def test_what_was_missed_comes_in_the_order_it_was_said(provider: Provider) -> None:
    for text in ("hallo", "mijn kraan lekt", "in de keuken"):
        await provider.writes_unheard(text)
        provider.clock.move(timedelta(minutes=1))
    assert await provider.reconciler().look() == {provider.name: 3}
    assert await provider.said() == ["hallo", "mijn kraan lekt", "in de keuken"]


async def test_the_first_look_goes_some_hours_back_and_later_ones_to_the_last(
    provider: Provider,
) -> None:
    await provider.writes_unheard("lang geleden, aan wie hier eerst zat")
    provider.clock.move(timedelta(hours=5))
    looking = provider.reconciler()
    assert await looking.look() == {provider.name: 0}
    provider.clock.move(timedelta(days=2))
    await provider.writes_unheard("twee dagen later")
    provider.clock.move(timedelta(days=2))
    assert await looking.look() == {provider.name: 1}
    assert await provider.said() == ["twee dagen later"]


@pytest.mark.parametrize("status", [401, 429, 503])
async def test_a_provider_that_is_away_is_asked_again_and_nothing_is_skipped(
    provider: Provider, status: int
) -> None:
    looking = provider.reconciler()
    assert await looking.look() == {provider.name: 0}
    await provider.writes_unheard(RENT)
    provider.fake.behaviour = Behaviour(refuses_with=status)
    provider.clock.move(timedelta(hours=20))
    assert await looking.look() == {}
    provider.fake.behaviour = Behaviour()
    assert await looking.look() == {provider.name: 1}
    assert await provider.said() == [RENT]


async def test_one_provider_that_is_away_stops_no_other(provider: Provider) -> None:
    other = {"sms": "whatsapp", "whatsapp": "sms"}[provider.name]
    provider.bench.product.channels[other] = channel(other, "http://127.0.0.1:9")
    await provider.writes_unheard(RENT)
    assert await provider.reconciler().look() == {provider.name: 1}


async def test_an_empty_message_and_one_of_nobody_do_not_stop_what_follows(
    provider: Provider,
) -> None:
    await provider.writes_unheard("\x07")
    await provider.writes_unheard("wie ben ik", sender="\x07")
    await provider.writes_unheard(RENT)
    looking = provider.reconciler()
    found = await looking.look()
    assert (await provider.said())[-1] == RENT
    assert found[provider.name] >= 1
    assert (await looking.look())[provider.name] == 0


async def test_looking_can_be_switched_off(provider: Provider) -> None:
    assert provider.reconciler().wanted
    assert not provider.reconciler(every_minutes=0).wanted
    del provider.bench.product.channels[provider.name]
    assert not provider.reconciler().wanted


async def test_it_runs_by_itself_from_the_start(provider: Provider) -> None:
    await provider.writes_unheard(RENT)
    product = provider.bench.product
    fates = Fates(product.store, product.clock, product.outbox.held, product.hints)
    with product.hints.listening() as ear:
        async with provider_side(product, Arrivals(product.inbox, fates), PUBLIC):
            assert await ear.next(patience=10) is not None
    assert await provider.said() == [RENT]


async def test_on_postgresql_looks_and_webhooks_at_once_are_one_message_too(
    postgres: Callable[[], str],
) -> None:
    async with a_provider("sms", PUBLIC, postgres()) as provider:
        (form,) = await provider.writes_later(RENT)
        looks = [provider.reconciler().look() for _ in range(4)]
        posts = [provider.post(form) for _ in range(4)]
        *_, first, second = await asyncio.gather(*looks, *posts)
        assert {first, second} == {204}
        assert await provider.said() == [RENT] and await provider.rows() == 1
        assert await provider.reconciler().look() == {"sms": 0}
