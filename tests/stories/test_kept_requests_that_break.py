"""A try that breaks off again and again leaves nobody waiting: a person gets the request."""

from __future__ import annotations

from collections.abc import AsyncIterator, Sequence
from dataclasses import replace
from datetime import datetime, timedelta

import pytest

from handoff.kept_requests.bodies import Unreadable, new_of
from handoff.kept_requests.keeping import KEPT
from handoff.ledger import Job, Ledger
from handoff.ledger.kept_requests import KeptState
from handoff.worker import LEASE, MOST_CRASHES, Worker
from tests.kept_requests_scene import CREATE, Scene, start_scene

pytestmark = pytest.mark.stories


def lease(now: datetime, ledger: Ledger) -> Sequence[Job]:
    return ledger.jobs.claim((KEPT,), "dead", now, now + LEASE, 9)


@pytest.fixture
async def scene() -> AsyncIterator[Scene]:
    made = await start_scene()
    yield made
    await made.close()


async def test_a_try_that_kills_the_process_each_time_ends_with_a_person(scene: Scene) -> None:
    await scene.keep()
    scene.office.down.clear()
    store, clock = scene.bench.product.store, scene.bench.clock
    clock.move(timedelta(minutes=1))
    for _ in range(MOST_CRASHES):  # a worker leases it, and is never heard of again
        now = clock.now()
        jobs = await store.write(
            lambda one, at=now: one.jobs.claim((KEPT,), "dead", at, at + LEASE, 9)
        )
        assert len(jobs) == 1
        clock.move(LEASE * 2)
    await scene.bench.work()
    assert (await scene.request()).state is KeptState.GIVEN_UP
    assert await scene.phone.state() == "waiting"
    assert scene.told("Een collega doet dit nu voor u") == 1
    assert scene.office.calls.count(CREATE) == 0


async def test_a_try_that_fails_for_hours_by_our_own_fault_is_never_forgotten(scene: Scene) -> None:
    await scene.keep()
    product = scene.bench.product

    async def broken(_: Job) -> None:
        raise RuntimeError("our own fault")

    worker = Worker(product.store, {KEPT: broken}, product.clock, product.hints, lasting=(KEPT,))
    for _ in range(3 * MOST_CRASHES):
        scene.bench.clock.move(timedelta(minutes=10))
        await worker.drain()
    scene.office.down.clear()
    await scene.later(10)  # mended: by now a person decides
    assert (await scene.request()).state is KeptState.GIVEN_UP
    assert await scene.phone.state() == "waiting"


async def test_what_another_release_kept_goes_to_a_person(scene: Scene) -> None:
    await scene.keep()
    known = await scene.request()
    other = replace(known, id="other", key="other", kind="of tomorrow")
    store = scene.bench.product.store
    await store.write(lambda ledger: ledger.kept.add(other))
    await scene.bench.product.office.kept.try_now(known.conversation, "other")
    await scene.bench.work()
    found = await store.read(lambda ledger: ledger.kept.get("other"))
    assert found is not None and found.state is KeptState.GIVEN_UP
    assert await scene.phone.state() == "waiting"
    still = await store.read(lambda ledger: ledger.kept.get(known.id))
    assert still is not None and still.state is KeptState.WAITING


@pytest.mark.parametrize(
    ("kind", "body"),
    [
        ("of tomorrow", {}),
        ("case", {"omschrijving": "klacht"}),
        ("repair", {"eenheid": "1", "omschrijving": "kraan"}),
        ("contact", {"onderwerp": "x", "colour": "red"}),
    ],
)
async def test_a_body_with_other_parts_is_not_guessed_at(
    scene: Scene, kind: str, body: dict[str, str]
) -> None:
    await scene.keep()
    with pytest.raises(Unreadable):
        new_of(replace(await scene.request(), kind=kind, body=body))
