"""How a member of staff wants the console is kept with the account, not with the machine."""

from __future__ import annotations

from typing import Any

import pytest

from handoff.testing import Bench
from tests.refusals import refused

pytestmark = pytest.mark.stories
WISHES = "/console/api/preferences"


async def test_nothing_is_kept_until_somebody_wishes_something(bench: Bench) -> None:
    staff = await bench.staff()
    assert (await staff.client.get(WISHES)).json() is None


async def test_wishes_come_back_and_are_overwritten(bench: Bench) -> None:
    staff = await bench.staff()
    first = {"single_keys": False, "keys": {"take": "x"}, "theme": "dark"}
    assert (await staff.client.put(WISHES, json=first)).status_code == 200
    second = {"quiet": {"on": True, "start": "22:00", "end": "07:30"}, "on_call": True}
    await staff.client.put(WISHES, json=second)
    kept = (await staff.client.get(WISHES)).json()
    assert kept["single_keys"] is True
    assert kept["keys"] == {}
    assert kept["quiet"] == {"on": True, "start": "22:00", "end": "07:30"}
    assert kept["on_call"] is True


async def test_a_colleague_keeps_their_own(bench: Bench) -> None:
    fatma, other = await bench.staff(), await bench.staff("fatma2")
    await fatma.client.put(WISHES, json={"theme": "dark"})
    assert (await other.client.get(WISHES)).json() is None


@pytest.mark.parametrize(
    "wrong",
    [
        {"keys": {"take": "ab"}},
        {"keys": {"take": "\u0007"}},
        {"keys": {"take": "x", "note": "x"}},
        {"keys": {"<script>": "x"}},
        {"keys": {f"k_{chr(97 + n // 26)}{chr(97 + n % 26)}": "" for n in range(61)}},
        {"quiet": {"on": True, "start": "25:00"}},
        {"quiet": {"on": True, "until": "07:00"}},
        {"volume": 101},
        {"volume": -1},
        {"theme": "pink"},
        {"unknown": 1},
        [],
    ],
)
async def test_what_cannot_be_wished_is_refused_and_changes_nothing(
    bench: Bench, wrong: Any
) -> None:
    staff = await bench.staff()
    await staff.client.put(WISHES, json={"volume": 30})
    refused(await staff.client.put(WISHES, json=wrong), 422, "bad_request")
    assert (await staff.client.get(WISHES)).json()["volume"] == 30
