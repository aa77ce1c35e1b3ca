"""Right and wrong do the same work, counted at each step and on each kind of channel; and what
is written down about it is gone in time."""

from __future__ import annotations

from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import timedelta

import pytest
from identity_scene import HOME, MOBILE, Scene, start_scene
from sqlalchemy import text

from actions.backoffice.verification import Level
from actions.services import Proof
from handoff.ledger import Ledger
from handoff.model import ConversationId
from handoff.store.engine import SqlStore

pytestmark = pytest.mark.stories
WRONG = replace(HOME, huisnummer=99)
STRANGER = "+31622222222"
KINDS = ["webchat", "whatsapp", "sms", "telegram", "phone"]
TABLES = ["verification", "identity_code", "identity_try", "identity_origin", "caller"]


@pytest.fixture
async def scene() -> AsyncIterator[Scene]:
    scene = await start_scene()
    yield scene
    await scene.bench.product.stop()


async def begun(scene: Scene, kind: str, number: str, no: int) -> str:
    if kind == "webchat":
        return await scene.web(f"198.51.100.{no}")
    address = {"whatsapp": f"whatsapp:{number}", "sms": number, "telegram": f"70{no}"}
    session = await scene.phone(kind, address.get(kind, f"CA{no}"))
    if kind == "phone":
        id, now = ConversationId(session.split(".")[0]), scene.bench.clock.now()

        def called(ledger: Ledger) -> None:
            ledger.identity_checks.called_from(id, number, now)

        await scene.bench.product.store.write(called)
    return session


def rows(scene: Scene, query: str) -> list[str]:
    store = scene.bench.product.store
    assert isinstance(store, SqlStore)
    with store._engine.connect() as connection:
        return [str(one[0]) for one in connection.execute(text(query))]


def work_done(scene: Scene) -> tuple[list[str], list[str]]:
    """What the back office was asked, and the jobs that were put, in order."""
    return list(scene.office.calls), rows(scene, "SELECT kind FROM job ORDER BY id")


async def measured(scene: Scene, session: str, right: bool, level: Level) -> object:
    calls, jobs = work_done(scene)
    proof = await scene.claim(session, HOME if right else WRONG, level)
    after = work_done(scene)
    if level is Level.CLAIMED:
        assert proof is (Proof.GIVEN if right else Proof.WRONG)
        proof = Proof.WRONG  # yes or no is all that may differ
    return proof, after[0][len(calls) :], after[1][len(jobs) :]


@pytest.mark.parametrize("level", [Level.CLAIMED, Level.VERIFIED])
@pytest.mark.parametrize("kind", KINDS)
async def test_a_right_and_a_wrong_claim_do_the_same_work(
    scene: Scene, kind: str, level: Level
) -> None:
    right = await measured(scene, await begun(scene, kind, MOBILE, 1), True, level)
    wrong = await measured(scene, await begun(scene, kind, STRANGER, 2), False, level)
    assert right == wrong
    assert ["find"] in right  # type: ignore[operator]


@pytest.mark.parametrize("kind", ["whatsapp", "sms", "phone"])
async def test_a_known_and_an_unknown_number_do_the_same_work(scene: Scene, kind: str) -> None:
    seen = []
    for no, number in enumerate((MOBILE, STRANGER)):
        session = await begun(scene, kind, number, no)
        calls, jobs = work_done(scene)
        proof = await scene.checks.code_to_known_number(session)
        after = work_done(scene)
        seen.append((proof, after[0][len(calls) :], after[1][len(jobs) :]))
    assert seen[0] == seen[1]
    assert seen[0][:2] == (Proof.CODE_SENT, ["find_by_number"])
    assert "identity_code" in seen[0][2]


@pytest.mark.parametrize("kind", KINDS)
async def test_a_wrong_code_does_the_same_work_for_a_right_and_a_wrong_claim(
    scene: Scene, kind: str
) -> None:
    seen = []
    for no, (number, claim) in enumerate(((MOBILE, HOME), (STRANGER, WRONG))):
        session = await begun(scene, kind, number, no)
        await scene.claim(session, claim, Level.VERIFIED)
        await scene.bench.work()
        calls, jobs = work_done(scene)
        proof = await scene.checks.code(session, "not the code")
        after = work_done(scene)
        seen.append((proof, after[0][len(calls) :], after[1][len(jobs) :]))
    assert seen[0] == seen[1] == (Proof.WRONG, [], [])


async def test_what_was_tried_and_proved_is_gone_after_two_days(scene: Scene) -> None:
    await scene.verified(await begun(scene, "phone", MOBILE, 1))
    web = await scene.web()
    await scene.claim(web)
    await scene.claim(web, WRONG, Level.VERIFIED)
    assert all(rows(scene, f"SELECT 1 FROM {table}") for table in TABLES)
    scene.bench.clock.move(timedelta(days=1))
    await scene.bench.work()
    assert rows(scene, "SELECT 1 FROM identity_try")
    scene.bench.clock.move(timedelta(days=1, hours=3))
    await scene.bench.work()  # nobody tries anything: a job does it
    assert {table: rows(scene, f"SELECT 1 FROM {table}") for table in TABLES} == {
        table: [] for table in TABLES
    }
