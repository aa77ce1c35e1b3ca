"""Working time, targets, and the clocks of one conversation: pure."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from handoff.hours import NeverOpen, OpeningHours, read_hours
from handoff.model import AgentId, ConversationId
from handoff.service_levels.measure import (
    ClockOutcome,
    Happened,
    ServiceClock,
    advance,
    next_moment,
    sounded,
)
from handoff.service_levels.targets import ClockKind, Targets, read_targets
from handoff.service_levels.working_time import after_working, worked

pytestmark = pytest.mark.unit
HOURS = read_hours(
    {
        "monday": ["08:30-12:30", "13:00-17:00"],
        "tuesday": ["08:30-17:00"],
        "friday": ["08:30-12:30"],
        "sunday": ["01:00-05:00"],
    },
    [date(2026, 11, 30)],
)
MINUTES = timedelta(minutes=1)
TARGETS = read_targets({"queues": {"spoed": {"hours": "always"}}}, {"huur": 15, "spoed": 5}, HOURS)
TALK, FATMA = ConversationId("c-1"), AgentId("a-1")


def utc(*parts: int) -> datetime:
    return datetime(*parts, tzinfo=UTC)


MONDAY = utc(2026, 11, 23, 9)  # 10:00 in Amsterdam
FIRST, LAST = utc(2026, 1, 1), utc(2027, 6, 1)
moments = st.integers(0, (LAST - FIRST) // MINUTES).map(lambda minutes: FIRST + minutes * MINUTES)
spans = st.integers(0, 3_000).map(lambda minutes: timedelta(minutes=minutes))


@given(moments, spans)
def test_after_so_much_working_time_exactly_so_much_was_worked(
    start: datetime, budget: timedelta
) -> None:
    assert worked(HOURS, start, after_working(HOURS, start, budget)) == budget


@given(moments, spans, spans)
def test_working_time_adds_up_and_never_exceeds_the_time_that_passed(
    start: datetime, first: timedelta, second: timedelta
) -> None:
    middle, end = start + first * 7, start + (first + second) * 7
    whole = worked(HOURS, start, end)
    assert whole == worked(HOURS, start, middle) + worked(HOURS, middle, end)
    assert timedelta(0) <= whole <= end - start


def test_lunch_weekend_and_closing_days_do_not_count() -> None:
    assert worked(HOURS, utc(2026, 11, 23, 11), utc(2026, 11, 23, 12, 30)) == 60 * MINUTES
    assert after_working(HOURS, utc(2026, 11, 27, 11), 60 * MINUTES) == utc(2026, 11, 29, 0, 30)
    # Monday 30 November is closed, so it goes on on Tuesday.
    assert after_working(HOURS, utc(2026, 11, 29, 4), 10 * MINUTES) == utc(2026, 12, 1, 7, 40)


def test_a_night_that_loses_or_wins_an_hour_is_as_long_as_it_lasts() -> None:
    assert worked(HOURS, utc(2026, 3, 28), utc(2026, 3, 30)) == timedelta(hours=3)
    assert worked(HOURS, utc(2026, 10, 24), utc(2026, 10, 26)) == timedelta(hours=5)


def test_around_the_clock_every_minute_counts_and_never_open_is_refused() -> None:
    assert after_working(None, MONDAY, 90 * MINUTES) == MONDAY + 90 * MINUTES
    with pytest.raises(NeverOpen):
        after_working(OpeningHours({}), MONDAY, MINUTES)


def test_the_first_answer_is_what_is_promised_and_the_rest_has_defaults() -> None:
    assert TARGETS.of("huur").first_answer == 15
    assert TARGETS.of("huur").next_answer == TARGETS.of("unknown").next_answer == 60
    assert TARGETS.of("spoed").hours is None
    assert TARGETS.warn_at == 0.8


@pytest.mark.parametrize(
    "raw",
    [
        {"warn_at_percent": 101},
        {"default": {"next_answer": 0}},
        {"default": {"next_answer": "60"}},
        {"default": {"resolution": True}},
        {"queues": {"huur": {"fist_answer": 5}}},
        {"queues": {"huur": {"hours": {"someday": ["08:00-09:00"]}}}},
        {"queues": ["huur"]},
    ],
)
def test_wrong_settings_are_refused(raw: dict[str, object]) -> None:
    with pytest.raises(ValueError, match=r"service_levels|opening hours"):
        read_targets(raw, {}, HOURS)


class Talk:
    """The running clocks of one conversation, moved on by what happens."""

    def __init__(self, targets: Targets = TARGETS) -> None:
        self.targets = targets
        self.all: dict[str, ServiceClock] = {}
        self._number = 0

    def happens(self, at: datetime, **what: object) -> None:
        self._number += 1
        fresh = ServiceClock(f"{self._number}", TALK, ClockKind.RESOLUTION, "huur", 0, at)
        happened = Happened(**{"manned": True, **what})  # type: ignore[arg-type]
        for clock in advance(self.running, happened, fresh, self.targets, at):
            self.all[clock.id] = clock

    @property
    def running(self) -> list[ServiceClock]:
        return [one for one in self.all.values() if one.outcome is ClockOutcome.RUNNING]

    def last(self, kind: ClockKind) -> ServiceClock:
        return [one for one in self.all.values() if one.kind is kind][-1]


def test_asking_for_a_person_starts_first_answer_and_resolution() -> None:
    talk = Talk()
    talk.happens(MONDAY, asked="huur")
    assert {one.kind for one in talk.running} == {ClockKind.FIRST_ANSWER, ClockKind.RESOLUTION}
    first = talk.last(ClockKind.FIRST_ANSWER)
    assert (first.due_at, first.warn_at) == (MONDAY + 15 * MINUTES, MONDAY + 12 * MINUTES)
    assert next_moment(talk.running) == MONDAY + 12 * MINUTES


def test_an_answer_in_time_is_met_and_one_too_late_is_missed() -> None:
    for minutes, outcome in ((15, ClockOutcome.MET), (16, ClockOutcome.MISSED)):
        talk = Talk()
        talk.happens(MONDAY, asked="huur")
        talk.happens(MONDAY + minutes * MINUTES, staff_answered=True, agent=FATMA)
        first = talk.last(ClockKind.FIRST_ANSWER)
        assert (first.outcome, first.worked_minutes, first.agent) == (outcome, minutes, FATMA)


def test_time_in_which_we_wait_for_the_tenant_never_counts() -> None:
    talk = Talk()
    talk.happens(MONDAY, asked="huur")
    talk.happens(MONDAY + 10 * MINUTES, staff_answered=True)
    assert talk.last(ClockKind.RESOLUTION).due_at is None
    assert next_moment(talk.running) is None
    tuesday = MONDAY + timedelta(days=1)
    talk.happens(tuesday, tenant_wrote=True)
    assert talk.last(ClockKind.NEXT_ANSWER).due_at == tuesday + 60 * MINUTES
    talk.happens(tuesday + 5 * MINUTES, manned=False, closed=True)
    resolution = talk.last(ClockKind.RESOLUTION)
    assert (resolution.outcome, resolution.worked_minutes) == (ClockOutcome.MET, 15)
    assert talk.last(ClockKind.NEXT_ANSWER).outcome is ClockOutcome.DROPPED


def test_more_words_of_the_tenant_do_not_start_the_clock_again() -> None:
    talk = Talk()
    talk.happens(MONDAY, asked="huur")
    talk.happens(MONDAY + MINUTES, staff_answered=True)
    talk.happens(MONDAY + 2 * MINUTES, tenant_wrote=True)
    talk.happens(MONDAY + 30 * MINUTES, tenant_wrote=True)
    assert talk.last(ClockKind.NEXT_ANSWER).due_at == MONDAY + 62 * MINUTES


def test_passing_on_gives_no_more_time_and_danger_makes_it_sooner() -> None:
    talk = Talk()
    talk.happens(MONDAY, asked="huur")
    talk.happens(MONDAY + 5 * MINUTES, asked="klachten")
    assert talk.last(ClockKind.FIRST_ANSWER).due_at == MONDAY + 15 * MINUTES
    talk.happens(MONDAY + 6 * MINUTES, asked="spoed")
    first = talk.last(ClockKind.FIRST_ANSWER)
    assert (first.due_at, first.queue) == (MONDAY + 11 * MINUTES, "spoed")


def test_a_promise_that_is_replaced_ends_and_the_new_one_runs() -> None:
    talk = Talk()
    talk.happens(MONDAY, asked="huur", promised=MONDAY + 15 * MINUTES)
    talk.happens(MONDAY + 20 * MINUTES, promises_ended=True, promised=MONDAY + 35 * MINUTES)
    promises = [one for one in talk.all.values() if one.kind is ClockKind.PROMISE]
    assert [one.outcome for one in promises] == [ClockOutcome.MISSED, ClockOutcome.RUNNING]
    talk.happens(MONDAY + 30 * MINUTES, promises_ended=True, staff_answered=True)
    assert talk.last(ClockKind.PROMISE).outcome is ClockOutcome.MET


def test_each_clock_warns_once_and_is_late_once() -> None:
    talk = Talk()
    talk.happens(MONDAY, asked="huur")
    clock = talk.last(ClockKind.FIRST_ANSWER)
    assert sounded(clock, MONDAY + 11 * MINUTES) == clock
    warned = sounded(clock, MONDAY + 12 * MINUTES)
    assert warned.warned_at and not warned.breached_at
    assert sounded(warned, MONDAY + 13 * MINUTES) == warned
    late = sounded(warned, MONDAY + 15 * MINUTES)
    assert late.breached_at
    assert sounded(late, MONDAY + 99 * MINUTES) == late


def test_without_any_opening_there_is_nothing_to_count_down_to() -> None:
    talk = Talk(read_targets({}, {}, OpeningHours({})))
    talk.happens(MONDAY, asked="huur")
    assert all(one.due_at is None for one in talk.running)
    assert next_moment(talk.running) is None
