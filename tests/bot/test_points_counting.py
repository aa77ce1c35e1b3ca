"""Points are counted in a process of their own, which reaches nobody."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
from points_homes import terraced_house

from actions.points.counting import CountingProcess
from actions.points.result import BadHome, NotNow, UnknownYear

pytestmark = pytest.mark.unit
DAY = date(2026, 11, 25)
ROOT = Path(__file__).resolve().parents[2]
LONG = 60.0


@pytest.fixture(scope="module")
def counting() -> Iterator[CountingProcess]:
    process = CountingProcess(LONG)
    yield process
    process.stop()


async def test_a_home_gets_points_a_highest_rent_and_its_groups(counting: CountingProcess) -> None:
    points = await counting.count(terraced_house(), DAY)
    assert (points.points, points.maximum) == (174, Decimal("1145.69"))
    assert {"OVZ", "ENE", "WOZ"} <= {one.code for one in points.groups}
    assert points.warnings == ()


async def test_a_year_that_the_package_does_not_know_is_said(counting: CountingProcess) -> None:
    for day in (date(2025, 12, 31), date(2027, 1, 1)):
        with pytest.raises(UnknownYear):
            await counting.count(terraced_house(), day)


async def test_missing_data_are_told(counting: CountingProcess) -> None:
    home = terraced_house()
    del home["energieprestaties"]
    del home["bouwjaar"]
    assert (await counting.count(home, DAY)).warnings


async def test_what_is_no_home_is_refused_and_the_next_one_is_counted(
    counting: CountingProcess,
) -> None:
    with pytest.raises(BadHome):
        await counting.count({"ruimten": "geen"}, DAY)
    assert (await counting.count(terraced_house(), DAY)).points == 174


async def test_where_the_package_would_ask_the_land_registry_it_cannot(
    counting: CountingProcess,
) -> None:
    home = terraced_house()
    del home["adres"]["woonplaats"]
    # Of small homes of these years the package wants to know the region.
    home |= {"bouwjaar": 2020, "gebruiksoppervlakte": 38}
    told = " ".join((await counting.count(home, DAY)).warnings)
    assert "ophalen van woonplaatsdata" in told and "no network here" in told


def test_the_process_refuses_every_connection() -> None:
    script = (
        "import sys, socket; from actions.points.child import _refuse_network;"
        "sys.addaudithook(_refuse_network); socket.create_connection(('127.0.0.1', 9))"
    )
    done = subprocess.run(
        [sys.executable, "-c", script], cwd=ROOT, capture_output=True, check=False
    )
    assert b"no network here" in done.stderr


async def test_what_comes_too_late_is_no_answer_and_not_the_next_one() -> None:
    hasty = CountingProcess(0.0)
    with pytest.raises(NotNow):
        await hasty.count(terraced_house(), DAY)
    hasty.stop()


def test_the_gateway_itself_never_loads_the_package() -> None:
    script = (
        "import sys, json, decimal, handoff.app; from actions.executor import action_classes;"
        "action_classes(); print(json.dumps([decimal.getcontext().prec,"
        " *(n for n in ('pandas', 'woningwaardering') if n in sys.modules)]))"
    )
    done = subprocess.run([sys.executable, "-c", script], cwd=ROOT, capture_output=True, check=True)
    assert json.loads(done.stdout.splitlines()[-1]) == [28]


def test_the_process_ends_when_nobody_asks_any_more() -> None:
    child = subprocess.run(
        [sys.executable, "-m", "actions.points.child"],
        cwd=ROOT,
        stdin=subprocess.DEVNULL,
        capture_output=True,
        timeout=LONG,
        check=False,
    )
    assert child.returncode == 0
