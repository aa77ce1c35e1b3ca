"""Figures of reports, counted by hand."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest

from handoff.console.report_csv import as_csv
from handoff.ledger.reports import AskedRow, OpenedRow
from handoff.reports.figures import Handled, Rows, Waits, figures
from handoff.reports.period import BadPeriod, Period, last_days
from handoff.reports.tables import Line, Table, read_words, tables

pytestmark = pytest.mark.unit

NOON = datetime(2026, 11, 24, 11, 0, tzinfo=UTC)
DAY = Period(date(2026, 11, 24), date(2026, 11, 24))
NOTHING = Rows([], [], [], [], [], [], (0, 0))


def by_the_clock(_: str, start: datetime, end: datetime) -> timedelta:
    return end - start


def opened(id: str, at: datetime = NOON, topic: str | None = None) -> OpenedRow:
    return OpenedRow(id, "sms", topic, at)


def asked(id: str, no: int, reason: str, minutes: int | None) -> AskedRow:
    taken = None if minutes is None else NOON + timedelta(minutes=minutes)
    return AskedRow(id, "huur", reason, no, NOON, taken)


def test_every_conversation_is_handled_in_exactly_one_way() -> None:
    rows = Rows(
        [opened(id) for id in "abcd"],
        [
            ("a", "answered", 2),
            ("a", "asked_back", 1),
            ("b", "asked_back", 1),
            ("c", "answered", 1),
        ],
        [asked("c", 1, "asked", 4), asked("c", 2, "policy", 10), asked("c", 3, "policy", None)],
        [asked("c", 2, "policy", 10), asked("c", 1, "asked", 4)],
        [("resolution", "met", 3), ("resolution", "missed", 1), ("promise", "dropped", 2)],
        [(5, 3), (1, 2)],
        (1, 4),
    )
    found = figures(rows, DAY, by_the_clock)
    assert found.handled == Handled(alone=1, asked_back=1, handed_over=1, nothing=1)
    assert found.handled.total == found.total == 4
    assert found.reasons == {"asked": 1}
    assert found.waits == Waits(taken=2, untaken=1, median=4.0, p90=10.0)
    assert [(one.kind, one.met, one.missed) for one in found.kept] == [("resolution", 3, 1)]
    assert (found.scores.counts, found.scores.mean) == ((2, 0, 0, 0, 3), 3.4)
    assert (found.reopened, found.closed) == (1, 4)


def test_four_scores_have_no_mean() -> None:
    rows = Rows([], [], [], [], [], [(5, 4)], (0, 0))
    assert figures(rows, DAY, by_the_clock).scores.mean is None


def test_an_empty_period_counts_nothing_and_divides_by_nothing() -> None:
    found = figures(NOTHING, DAY, by_the_clock)
    assert (found.total, found.waits) == (0, Waits(0, 0, None, None))
    assert found.days == [(date(2026, 11, 24), 0)]


def test_the_hour_that_comes_twice_counts_both_times() -> None:
    sunday = Period(date(2026, 10, 25), date(2026, 10, 25))
    assert sunday.until - sunday.since == timedelta(hours=25)
    twice = [datetime(2026, 10, 25, hour, 30, tzinfo=UTC) for hour in (0, 1)]
    late = datetime(2026, 10, 25, 22, 59, tzinfo=UTC)
    rows = [opened("a", twice[0]), opened("b", twice[1]), opened("c", late)]
    found = figures(Rows(rows, [], [], [], [], [], (0, 0)), sunday, by_the_clock)
    assert found.hours[6][2] == 2
    assert found.hours[6][23] == 1
    assert found.days == [(date(2026, 10, 25), 3)]


def test_a_day_is_one_of_amsterdam() -> None:
    just_past_midnight = datetime(2026, 11, 23, 23, 30, tzinfo=UTC)
    assert last_days(just_past_midnight, 1) == DAY
    assert DAY.before() == Period(date(2026, 11, 23), date(2026, 11, 23))


@pytest.mark.parametrize("last", [date(2026, 11, 23), date(2028, 1, 1)])
def test_a_period_that_ends_before_it_begins_or_lasts_over_a_year_is_refused(last: date) -> None:
    with pytest.raises(BadPeriod):
        Period(date(2026, 11, 24), last)


@pytest.mark.parametrize("bad", ["=1+1", "+31", "-2", "@SUM(A1)", "\t=1", "\r=1", " =1"])
def test_no_cell_of_a_file_runs_in_a_spreadsheet(bad: str) -> None:
    table = Table("topics", "Titel", "Uitleg", (Line("x", bad, 2.5, None),))
    text = as_csv(table, DAY, read_words()).decode()
    assert text.startswith("\ufeff")
    lines = text.removeprefix("\ufeff").split("\r\n")
    assert lines[:2] == ['"Titel"', '"Periode";"2026-11-24 / 2026-11-24"']
    assert "'" in text.split('"2,5"')[0].rsplit("\r\n", 1)[-1]
    assert text.endswith('"2,5";""\r\n')


def test_days_are_held_against_the_days_before() -> None:
    now = figures(Rows([opened("a")], [], [], [], [], [], (0, 0)), DAY, by_the_clock)
    before = figures(NOTHING, DAY.before(), by_the_clock)
    made = {one.name: one for one in tables(now, before, read_words(), lambda _, name: name)}
    assert made["days"].lines == (Line("2026-11-24", "2026-11-24", 1, 0),)
    assert made["topics"].lines[0].label == "Nog geen onderwerp"
    assert len(made["hours"].lines) == 7 * 24
