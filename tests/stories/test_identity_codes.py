"""One-time codes: asked for alike when right and wrong, used once, and shown to nobody."""

from __future__ import annotations

from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import timedelta

import pytest
from identity_scene import HOME, MOBILE, Scene, start_scene, tenant
from sqlalchemy import text

from actions.backoffice.values import Contactgegeven
from actions.backoffice.verification import Level
from actions.services import Proof
from channels.port import DeliveryResult, Receipt
from handoff.store.engine import SqlStore

pytestmark = pytest.mark.stories
WRONG = replace(HOME, huisnummer=99)
VERIFIED = Level.VERIFIED


@pytest.fixture
async def scene() -> AsyncIterator[Scene]:
    scene = await start_scene()
    yield scene
    await scene.bench.product.stop()


async def test_a_code_on_top_of_a_right_claim_gives_level_two_for_half_an_hour(
    scene: Scene,
) -> None:
    session = await scene.web()
    await scene.verified(session)
    assert await scene.level(session) is VERIFIED
    scene.bench.clock.move(timedelta(minutes=31))
    assert await scene.level(session) is Level.ANONYMOUS


async def test_level_one_takes_nothing_away_from_level_two(scene: Scene) -> None:
    session = await scene.web()
    await scene.verified(session)
    assert await scene.claim(session) is Proof.GIVEN
    assert await scene.level(session) is VERIFIED


async def test_right_and_wrong_do_the_same_until_a_code_is_typed(scene: Scene) -> None:
    seen = []
    for claim in (HOME, WRONG):
        session, before = await scene.web(), len(scene.office.calls)
        proof = await scene.claim(session, claim, VERIFIED)
        jobs = await _jobs(scene)
        level = await scene.level(session)
        seen.append((proof, scene.office.calls[before:], jobs, level))
        await scene.bench.work()
        assert await scene.checks.code(session, "000000") is Proof.WRONG
    assert seen[0] == seen[1] == (Proof.CODE_SENT, ["find"], ["identity_code"], Level.ANONYMOUS)
    assert len(scene.texts.sent) == 1


async def _jobs(scene: Scene) -> list[str]:
    store = scene.bench.product.store
    assert isinstance(store, SqlStore)
    with store._engine.connect() as connection:
        rows = connection.execute(text("SELECT kind FROM job WHERE kind = 'identity_code'"))
        return [row.kind for row in rows]


async def test_a_code_works_once_and_only_in_its_own_conversation(scene: Scene) -> None:
    session, other = await scene.web(), await scene.web()
    await scene.claim(session, level=VERIFIED)
    code = await scene.code()
    assert await scene.checks.code(other, code) is Proof.WRONG
    assert await scene.checks.code(session, f" {code[:3]}-{code[3:]} ") is Proof.GIVEN
    assert await scene.checks.code(session, code) is Proof.WRONG


async def test_a_code_is_too_old_after_ten_minutes(scene: Scene) -> None:
    session = await scene.web()
    await scene.claim(session, level=VERIFIED)
    code = await scene.code()
    scene.bench.clock.move(timedelta(minutes=10))
    assert await scene.checks.code(session, code) is Proof.WRONG


async def test_after_three_wrong_tries_the_right_code_is_wrong_too(scene: Scene) -> None:
    session = await scene.web()
    await scene.claim(session, level=VERIFIED)
    code = await scene.code()
    wrong = "000000" if code != "000000" else "111111"
    for _ in range(3):
        assert await scene.checks.code(session, wrong) is Proof.WRONG
    assert await scene.checks.code(session, code) is Proof.WRONG


async def test_a_new_code_makes_the_one_before_worthless(scene: Scene) -> None:
    session = await scene.web()
    await scene.claim(session, level=VERIFIED)
    first = await scene.code()
    await scene.claim(session, level=VERIFIED)
    second = await scene.code()
    if first != second:
        assert await scene.checks.code(session, first) is Proof.WRONG
    assert await scene.checks.code(session, second) is Proof.GIVEN


async def test_a_code_goes_to_the_number_that_is_written_from_when_it_is_on_file(
    scene: Scene,
) -> None:
    session = await scene.phone("whatsapp", f"whatsapp:{MOBILE}")
    assert await scene.checks.code_to_known_number(session) is Proof.CODE_SENT
    assert await scene.checks.code(session, await scene.code()) is Proof.GIVEN
    assert await scene.level(session) is Level.CLAIMED


async def test_an_unknown_number_hears_the_same_and_gets_no_code(scene: Scene) -> None:
    session = await scene.phone("whatsapp", "whatsapp:+31622222222")
    before = len(scene.texts.sent)
    assert await scene.checks.code_to_known_number(session) is Proof.CODE_SENT
    await scene.bench.work()
    assert len(scene.texts.sent) == before
    assert await scene.checks.code(session, "123456") is Proof.WRONG


async def test_without_a_number_or_without_texts_there_is_no_way(scene: Scene) -> None:
    assert await scene.checks.code_to_known_number(await scene.web()) is Proof.NO_WAY
    hidden = await scene.phone("whatsapp", "NL.12345")
    assert await scene.checks.code_to_known_number(hidden) is Proof.NO_WAY
    no_texts = await start_scene(texts=False)
    no_texts.bench.product.channels.pop("sms", None)
    assert await no_texts.claim(await no_texts.web(), level=VERIFIED) is Proof.NO_WAY
    await no_texts.bench.product.stop()


async def test_no_code_goes_to_a_confidential_or_fixed_number() -> None:
    hidden = Contactgegeven("1", "TEL", MOBILE, mobiel=True, vertrouwelijk=True)
    fixed = Contactgegeven("2", "TEL", "+31301234567")
    mail = Contactgegeven("3", "EMA", "j@example.nl")
    scene = await start_scene(tenant(contactgegevens=(hidden, fixed, mail)))
    assert await scene.claim(await scene.web(), level=VERIFIED) is Proof.CODE_SENT
    await scene.bench.work()
    assert scene.texts.sent == []
    await scene.bench.product.stop()


async def test_a_busy_provider_is_asked_again_with_another_code(scene: Scene) -> None:
    session = await scene.web()
    scene.texts.answers.append(Receipt(DeliveryResult.LATER))
    await scene.claim(session, level=VERIFIED)
    await scene.bench.work()
    assert scene.texts.sent == []
    scene.bench.clock.move(timedelta(seconds=6))
    assert await scene.checks.code(session, await scene.code()) is Proof.GIVEN


async def test_no_code_and_no_birth_date_is_stored_or_logged(scene: Scene) -> None:
    session = await scene.web()
    await scene.claim(session, level=VERIFIED)
    code = await scene.code()
    store = scene.bench.product.store
    assert isinstance(store, SqlStore)
    with store._engine.connect() as connection:
        dump = "\n".join(connection.connection.iterdump())  # type: ignore[attr-defined]
    assert "identity_code_sent" in dump
    assert f"'{code}" not in dump and f"{code} " not in dump
    assert "1961-03-14" not in dump and MOBILE not in dump and "1234AB" not in dump
