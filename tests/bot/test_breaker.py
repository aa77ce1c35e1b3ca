"""When the assistant keeps failing, nobody waits for it."""

from __future__ import annotations

import pytest

from bot.breaker import Breaker

pytestmark = pytest.mark.unit


class Now:
    def __init__(self) -> None:
        self.seconds = 100.0

    def __call__(self) -> float:
        return self.seconds


def broken(now: Now) -> Breaker:
    breaker = Breaker(failures=3, pause_seconds=30, clock=now)
    for _ in range(3):
        breaker.failed()
    return breaker


def test_a_few_failures_do_not_open_it() -> None:
    breaker = Breaker(failures=3, clock=Now())
    breaker.failed()
    breaker.failed()
    assert not breaker.open


def test_a_success_between_failures_counts_them_afresh() -> None:
    breaker = Breaker(failures=2, clock=Now())
    breaker.failed()
    breaker.succeeded()
    breaker.failed()
    assert not breaker.open


def test_it_is_open_for_the_pause_and_then_lets_a_try_through() -> None:
    now = Now()
    breaker = broken(now)
    assert breaker.open
    now.seconds += 29.9
    assert breaker.open
    now.seconds += 0.2
    assert not breaker.open


def test_a_failed_try_opens_it_for_another_pause() -> None:
    now = Now()
    breaker = broken(now)
    now.seconds += 31
    breaker.failed()
    assert breaker.open
    now.seconds += 31
    breaker.succeeded()
    assert not breaker.open
