"""The assistant never looks as staff do: nothing that actions are handed gives that level."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest

from actions.backoffice.errors import NotAllowed
from actions.backoffice.fakes.in_memory import InMemory
from actions.backoffice.port import BackOffice
from actions.backoffice.verification import Level, Verification
from handoff.clock import TestClock
from tests.tenant_office import ANNA, anna

pytestmark = pytest.mark.unit


@pytest.mark.parametrize("level", [Level.ANONYMOUS, Level.CLAIMED, Level.VERIFIED])
async def test_no_level_of_a_tenant_reads_the_warnings(level: Level) -> None:
    clock = TestClock()
    office = InMemory(clock.now)
    office.put(anna())
    who = Verification(level, ANNA, clock.now() + timedelta(hours=1))
    with pytest.raises(NotAllowed):
        await BackOffice(office, clock.now).signaleringen(who)
    assert office.calls == []


def test_only_the_tenant_card_and_what_staff_had_kept_look_as_staff_do() -> None:
    root = Path(__file__).resolve().parents[2]
    files = [one for part in ("actions", "bot", "handoff") for one in (root / part).rglob("*.py")]
    issue = [one for one in files if b"Level.STAFF" in one.read_bytes()]
    issuing = {one.relative_to(root).as_posix() for one in issue}
    assert issuing == {
        "actions/backoffice/port.py",
        "handoff/console/tenant_card.py",
        "handoff/kept_requests/keeping.py",
    }


def test_no_action_speaks_of_the_warnings() -> None:
    root = Path(__file__).resolve().parents[2] / "actions"
    outside = [one for one in root.rglob("*.py") if "backoffice" not in one.parts]
    speaking = [one.name for one in outside if b"signalering" in one.read_bytes().lower()]
    assert [one for one in speaking if one != "repairs_office.py"] == []
