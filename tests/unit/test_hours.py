"""Opening hours across weekends, holidays and the night the clock changes."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest

from handoff.hours import NeverOpen, OpeningHours, read_hours

pytestmark = pytest.mark.unit
HOURS = read_hours(
    {"monday": ["08:30-12:30", "13:00-17:00"], "friday": ["08:30-12:30"], "sunday": []},
    [date(2026, 11, 30)],
)


def utc(*parts: int) -> datetime:
    return datetime(*parts, tzinfo=UTC)


def test_open_from_the_first_minute_until_before_the_last() -> None:
    assert HOURS.is_open(utc(2026, 11, 27, 7, 30))  # 08:30 in Amsterdam
    assert not HOURS.is_open(utc(2026, 11, 27, 7, 29))
    assert not HOURS.is_open(utc(2026, 11, 27, 11, 30))  # 12:30


def test_a_lunch_break_is_closed() -> None:
    assert not HOURS.is_open(utc(2026, 11, 23, 11, 45))


def test_the_next_opening_skips_a_closing_day() -> None:
    assert HOURS.next_opening(utc(2026, 11, 27, 19)) == utc(2026, 12, 4, 7, 30)


def test_the_next_opening_skips_a_public_holiday() -> None:
    # Monday 6 April 2026 is the second day of Easter.
    assert HOURS.next_opening(utc(2026, 4, 3, 19)) == utc(2026, 4, 10, 6, 30)


def test_hours_are_wall_clock_hours_in_summer_and_winter() -> None:
    assert HOURS.next_opening(utc(2026, 7, 4)) == utc(2026, 7, 6, 6, 30)
    assert HOURS.next_opening(utc(2026, 10, 24, 12)) == utc(2026, 10, 26, 7, 30)


def test_hours_without_any_opening_are_refused() -> None:
    with pytest.raises(NeverOpen):
        OpeningHours({}).next_opening(utc(2026, 1, 1))


@pytest.mark.parametrize(
    "raw", [{"maandag": []}, {"monday": ["8-9-10"]}, {"monday": ["17:00-08:00"]}, {"monday": "x"}]
)
def test_a_malformed_block_is_refused(raw: dict[str, object]) -> None:
    with pytest.raises(ValueError, match=r"opening hours|isoformat"):
        read_hours(raw)
