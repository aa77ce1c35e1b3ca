"""The back office is away while somebody proves who it is: nothing is lost half-way."""

from __future__ import annotations

from collections.abc import AsyncIterator
from datetime import timedelta

import pytest
from identity_scene import MOBILE, Scene, start_scene

from actions.backoffice.errors import BackOfficeDown
from actions.backoffice.verification import Level
from actions.services import Proof
from handoff.ledger.accounts import LookedFor

pytestmark = pytest.mark.stories
VERIFIED = Level.VERIFIED


@pytest.fixture
async def scene() -> AsyncIterator[Scene]:
    scene = await start_scene()
    yield scene
    await scene.bench.product.stop()


async def steps(scene: Scene) -> list[str]:
    store = scene.bench.product.store
    found = await store.read(lambda ledger: ledger.accounts.looked(LookedFor(), 50, 0))
    return [one.what for one in reversed(found) if one.login == "tenant"]


async def test_a_code_is_sent_once_when_the_system_is_back_in_time(scene: Scene) -> None:
    session = await scene.web()
    scene.office.down.add("contactgegevens")
    assert await scene.claim(session, level=VERIFIED) is Proof.CODE_SENT
    for _ in range(20):
        await scene.bench.work()
        scene.bench.clock.move(timedelta(seconds=16))
    assert scene.texts.sent == []
    scene.office.down.clear()
    code = await scene.code()
    assert len(scene.texts.sent) == 1
    scene.bench.clock.move(timedelta(minutes=9))
    assert await scene.checks.code(session, code) is Proof.GIVEN


async def test_a_code_that_nobody_waits_for_any_more_is_not_sent(scene: Scene) -> None:
    session = await scene.web()
    scene.office.down.add("contactgegevens")
    await scene.claim(session, level=VERIFIED)
    for _ in range(41):
        await scene.bench.work()
        scene.bench.clock.move(timedelta(seconds=16))
    scene.office.down.clear()
    await scene.bench.work()
    assert scene.texts.sent == []
    assert "identity_code_office_down" in await steps(scene)
    assert await scene.checks.code(session, "000000") is Proof.WRONG
    assert await scene.claim(session, level=VERIFIED) is Proof.CODE_SENT
    assert await scene.checks.code(session, await scene.code()) is Proof.GIVEN


async def test_asking_again_while_it_is_down_keeps_the_code_that_was_sent(scene: Scene) -> None:
    session = await scene.web()
    await scene.claim(session, level=VERIFIED)
    code = await scene.code()
    scene.office.down.add("find")
    with pytest.raises(BackOfficeDown):
        await scene.claim(session, level=VERIFIED)
    assert await scene.checks.code(session, code) is Proof.GIVEN


@pytest.mark.parametrize("level", [Level.CLAIMED, VERIFIED])
async def test_tries_while_it_is_down_are_not_counted(scene: Scene, level: Level) -> None:
    session = await scene.web()
    scene.office.down.add("find")
    for _ in range(8):
        with pytest.raises(BackOfficeDown):
            await scene.claim(session, level=level)
    scene.office.down.clear()
    assert await scene.claim(session, level=level) is not Proof.PERSON


async def test_a_code_to_the_own_number_is_not_promised_while_it_is_down(scene: Scene) -> None:
    session = await scene.phone("whatsapp", f"whatsapp:{MOBILE}")
    scene.office.down.add("find_by_number")
    before = len(scene.texts.sent)
    with pytest.raises(BackOfficeDown):
        await scene.checks.code_to_known_number(session)
    await scene.bench.work()
    assert len(scene.texts.sent) == before


async def test_a_proof_stays_while_it_cannot_be_looked_up_whose_number_it_is(scene: Scene) -> None:
    session = await scene.phone("whatsapp", f"whatsapp:{MOBILE}")
    await scene.verified(session)
    scene.office.down.add("find_by_number")
    assert await scene.level(session) is VERIFIED
