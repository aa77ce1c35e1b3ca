"""The demo fills itself beside the start, and again when that failed."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path
from threading import Event

import pytest

from actions.backoffice.demo import people as p
from actions.backoffice.demo.setting_up import demo

pytestmark = pytest.mark.contract
NOW = datetime(2026, 11, 25, 12, tzinfo=UTC)


async def test_the_start_does_not_wait_for_its_tenants_but_a_question_does(tmp_path: Path) -> None:
    may_fill = Event()

    def now() -> datetime:
        may_fill.wait()
        return NOW

    # Would never come back if it filled the database itself.
    office = demo({"database_url": f"sqlite:///{tmp_path / 'demo.sqlite'}"}, now)
    may_fill.set()
    assert await office.find(p.NOBODY_BEHIND.claim) == [p.NOBODY_BEHIND.id]
    await office.close()


async def test_a_database_that_could_not_be_filled_at_the_start_is_filled_by_a_question(
    tmp_path: Path,
) -> None:
    times: list[datetime] = []

    def now() -> datetime:
        times.append(NOW)
        if len(times) == 1:
            raise OSError("not yet")
        return NOW

    office = demo({"database_url": f"sqlite:///{tmp_path / 'demo.sqlite'}"}, now)
    assert await office.find(p.NOBODY_BEHIND.claim) == [p.NOBODY_BEHIND.id]
    await office.close()


async def test_what_is_there_is_kept_by_the_next_start(tmp_path: Path) -> None:
    url = {"database_url": f"sqlite:///{tmp_path / 'demo.sqlite'}"}
    first = demo(url, lambda: NOW)
    repair = (await first.onderhoudsverzoeken(p.TO_PLAN.id))[0]
    await first.cancel_onderhoudsverzoek(p.TO_PLAN.id, repair.id, "key")
    await first.close()
    second = demo(url, lambda: NOW)
    assert (await second.onderhoudsverzoeken(p.TO_PLAN.id))[0].status == "GEA"
    await second.close()
