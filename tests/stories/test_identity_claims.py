"""Who somebody says to be: right and wrong look alike, and nothing else proves anything."""

from __future__ import annotations

from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import date, timedelta

import pytest
from identity_scene import HOME, JANSEN, MOBILE, Scene, start_scene, tenant

from actions.backoffice.errors import BackOfficeDown
from actions.backoffice.verification import Level
from actions.services import Proof
from channels.port import OptOut, Wish
from handoff.testing import PhoneSide

pytestmark = pytest.mark.stories
OTHER_DATE = replace(HOME, geboortedatum=date(1961, 3, 15))


@pytest.fixture
async def scene() -> AsyncIterator[Scene]:
    scene = await start_scene()
    yield scene
    await scene.bench.product.stop()


async def test_a_right_claim_gives_level_one_for_an_hour(scene: Scene) -> None:
    session = await scene.web()
    assert await scene.level(session) is Level.ANONYMOUS
    assert await scene.claim(session) is Proof.GIVEN
    found = await scene.checks.verification(f"{session}.part2")
    assert (found.relatie, found.level) == (JANSEN, Level.CLAIMED)
    scene.bench.clock.move(timedelta(minutes=61))
    assert await scene.level(session) is Level.ANONYMOUS


async def test_a_session_that_is_not_ours_proves_nothing(scene: Scene) -> None:
    assert await scene.claim("no-such.1.0") is Proof.PERSON
    assert await scene.checks.code("no-such.1.0", "123456") is Proof.PERSON
    assert (await scene.checks.verification("../x")).relatie is None
    assert "find" not in scene.office.calls


async def test_another_conversation_begins_with_nothing(scene: Scene) -> None:
    await scene.claim(await scene.web())
    assert await scene.level(await scene.web()) is Level.ANONYMOUS


@pytest.mark.parametrize(
    "wrong",
    [OTHER_DATE, replace(HOME, huisnummer=13), replace(HOME, toevoeging="A")],
)
async def test_what_was_wrong_is_not_told(scene: Scene, wrong: object) -> None:
    session = await scene.web()
    assert await scene.claim(session, wrong) is Proof.WRONG  # type: ignore[arg-type]
    assert scene.office.calls == ["find"]


async def test_twins_the_deceased_and_who_moved_are_as_wrong_as_any() -> None:
    dead = replace(tenant().relatie, overlijdensdatum=date(2026, 1, 2))
    for dossiers in (
        [tenant("one"), tenant("two")],
        [tenant(relatie=dead)],
        [tenant(eenheden=())],
    ):
        scene = await start_scene(*dossiers)
        assert await scene.claim(await scene.web()) is Proof.WRONG
        await scene.bench.product.stop()


async def test_while_the_back_office_is_down_nothing_counts(scene: Scene) -> None:
    session = await scene.web()
    scene.office.down = {"find"}
    for _ in range(6):
        with pytest.raises(BackOfficeDown):
            await scene.claim(session)
    scene.office.down = set()
    assert await scene.claim(session) is Proof.GIVEN


async def test_a_caller_or_a_number_alone_is_nobody(scene: Scene) -> None:
    for channel, address in (("sms", MOBILE), ("whatsapp", f"whatsapp:{MOBILE}")):
        session = await scene.phone(channel, address)
        assert await scene.level(session) is Level.ANONYMOUS
    assert scene.office.calls == []


async def test_who_writes_for_another_gets_a_person_and_inherits_nothing(scene: Scene) -> None:
    talk = await scene.bench.tenant()
    session = f"{talk.id}.1.0"
    assert await scene.claim(session) is Proof.GIVEN
    await talk.ask("Ik ben de bewindvoerder van mevrouw Jansen")
    found = await scene.checks.verification(session)
    assert found.third_party
    assert not found.reaches(Level.CLAIMED, scene.bench.clock.now())
    assert await scene.claim(session) is Proof.PERSON
    assert await scene.checks.code(session, "123456") is Proof.PERSON


async def test_closing_ends_it_and_so_does_saying_it_is_somebody_else(scene: Scene) -> None:
    talk = await scene.bench.tenant()
    session, staff = f"{talk.id}.1.0", await scene.bench.staff()
    await scene.claim(session)
    await scene.checks.end(session)
    assert await scene.level(session) is Level.ANONYMOUS
    await scene.claim(session)
    assert (await staff.step(talk.id, "take")).status_code == 200
    assert await scene.level(session) is Level.CLAIMED
    assert (await staff.step(talk.id, "close")).status_code == 200
    assert await scene.level(session) is Level.ANONYMOUS
    await talk.ask("Hallo")
    assert await scene.level(session) is Level.ANONYMOUS


async def test_stop_ends_it(scene: Scene) -> None:
    session = await scene.phone("sms", MOBILE)
    await scene.claim(session)
    assert await scene.level(session) is Level.CLAIMED
    side = PhoneSide(scene.bench, "sms", MOBILE, scene.texts)
    await side.send(OptOut(Wish.HELP))
    assert await scene.level(session) is Level.CLAIMED
    await side.send(OptOut(Wish.STOP))
    assert await scene.level(session) is Level.ANONYMOUS
