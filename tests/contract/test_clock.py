"""The clock port: the machine's clock and the test clock keep the same promises."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from handoff.clock import Clock, SystemClock, TestClock

pytestmark = pytest.mark.contract
START = datetime(2026, 11, 24, 21, 30, tzinfo=UTC)


@pytest.fixture(params=[SystemClock(), SystemClock.starting_at(START), TestClock(START)])
def clock(request: pytest.FixtureRequest) -> Clock:
    found: Clock = request.param
    return found


def test_it_tells_an_aware_moment_in_utc(clock: Clock) -> None:
    assert clock.now().utcoffset() == timedelta(0)


async def test_time_goes_on_while_sleeping(clock: Clock) -> None:
    before = clock.now()
    await clock.sleep(0.01)
    assert clock.now() >= before + timedelta(seconds=0.01)


def test_it_never_goes_back(clock: Clock) -> None:
    moments = [clock.now() for _ in range(100)]
    assert moments == sorted(moments)


def test_a_demo_starts_at_the_moment_it_is_told() -> None:
    assert abs(SystemClock.starting_at(START).now() - START) < timedelta(seconds=5)
