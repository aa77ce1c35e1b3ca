"""Many tries at the same moment are counted one by one, on SQLite and on PostgreSQL."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable
from pathlib import Path

import pytest
from identity_scene import HOME, Scene, start_scene

from actions.backoffice.verification import Level
from actions.services import Proof
from handoff.settings import IdentitySettings

pytestmark = pytest.mark.stories
MANY = 50


@pytest.fixture(params=["sqlite", "postgresql"])
async def scene(
    request: pytest.FixtureRequest, postgres: Callable[[], str], tmp_path: Path
) -> AsyncIterator[Scene]:
    own_file = f"sqlite:///{tmp_path}/t.sqlite"
    url = own_file if request.param == "sqlite" else postgres()
    scene = await start_scene(database_url=url, identity=IdentitySettings(failures=20))
    yield scene
    await scene.bench.product.stop()


async def test_fifty_wrong_codes_at_once_are_no_more_than_the_limit(scene: Scene) -> None:
    session = await scene.web()
    await scene.claim(session, level=Level.VERIFIED)
    wrong = "000000" if await scene.code() != "000000" else "111111"
    answers = await asyncio.gather(*(scene.checks.code(session, wrong) for _ in range(MANY)))
    assert answers.count(Proof.WRONG) == 19
    assert answers.count(Proof.PERSON) == MANY - 19
    assert await scene.checks.code(session, wrong) is Proof.PERSON


async def test_the_right_code_among_many_wrong_ones_at_once_is_too_late(scene: Scene) -> None:
    session = await scene.web()
    await scene.claim(session, level=Level.VERIFIED)
    right = await scene.code()
    guesses = [f"{no:06}" for no in range(3) if f"{no:06}" != right] + ["999999"] * 3
    await asyncio.gather(*(scene.checks.code(session, guess) for guess in guesses))
    assert await scene.checks.code(session, right) is Proof.WRONG
    assert await scene.level(session) is Level.ANONYMOUS


async def test_one_right_code_twice_at_once_counts_once(scene: Scene) -> None:
    session = await scene.web()
    await scene.claim(session, level=Level.VERIFIED)
    code = await scene.code()
    answers = await asyncio.gather(*(scene.checks.code(session, code) for _ in range(2)))
    assert sorted(answers) == [Proof.GIVEN, Proof.WRONG]
    assert await scene.level(session) is Level.VERIFIED


async def test_fifty_claims_on_one_home_at_once_ask_the_back_office_as_often_as_the_limit(
    scene: Scene,
) -> None:
    sessions = [await scene.web(f"198.51.100.{no}") for no in range(MANY)]
    wrong = type(HOME)("1234AB", 99, HOME.geboortedatum)
    answers = await asyncio.gather(*(scene.claim(one, wrong) for one in sessions))
    assert len(scene.office.calls) == 20
    assert answers.count(Proof.PERSON) >= MANY - 20
