"""The benchmark's own arithmetic, and the words of its table."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bench.kills import Fate, Toll
from bench.load import Load
from bench.machine import Machine
from bench.measure import keeps_up
from bench.messages import Message
from bench.picture import Bars, draw
from bench.report import OURS, PEER, Result, as_markdown
from bench.stats import middle, percentile, ratio, spread, window

pytestmark = pytest.mark.unit

times = st.lists(st.floats(0, 1e6), min_size=1, max_size=50)


@pytest.mark.parametrize(
    ("share", "value"), [(0.0, 1), (0.5, 5), (0.95, 10), (0.9, 9), (0.99, 10), (1.0, 10)]
)
def test_a_percentile_is_a_value_that_was_measured(share: float, value: float) -> None:
    assert percentile([10, 1, 9, 2, 8, 3, 7, 4, 6, 5], share) == value


@given(times, st.floats(0, 1))
def test_at_least_the_share_lies_at_or_below_the_percentile(
    values: list[float], share: float
) -> None:
    found = percentile(values, share)
    assert sum(value <= found for value in values) >= share * len(values)


@given(times)
def test_the_median_lies_between_the_lowest_and_the_highest_round(values: list[float]) -> None:
    found = spread(values)
    assert found.low <= found.median <= found.high
    assert found.rounds == len(values)


def test_the_median_of_an_even_number_is_the_mean_of_the_two_in_the_middle() -> None:
    assert middle([4, 1, 3, 2]) == 2.5


@pytest.mark.parametrize("statistic", [middle, spread, lambda values: percentile(values, 0.5)])
def test_no_values_is_an_error_and_not_a_zero(
    statistic: Callable[[list[float]], object],
) -> None:
    with pytest.raises(ValueError, match="no values"):
        statistic([])


def test_one_slow_turn_does_not_decide_the_figure_of_a_turn() -> None:
    turns = [float(n) for n in range(1, 21)]
    turns[9] = 5000.0
    assert window(turns, turn=10, reach=4) == 11.0


def test_a_ratio_to_zero_is_left_out() -> None:
    assert ratio(5, 0) is None
    assert ratio(5, 10) == 0.5


def answered_after(*seconds: float | None) -> Load:
    messages = tuple(
        Message("vraag", due_at=100.0, answered_at=None if s is None else 100.0 + s)
        for s in seconds
    )
    return Load(messages, seconds=2.0)


def test_a_server_keeps_up_when_all_is_answered_in_time() -> None:
    assert keeps_up(answered_after(0.1, 0.2, 1.9))
    assert not keeps_up(answered_after(0.1, 2.5))
    assert not keeps_up(answered_after(0.1, None))


def test_a_handed_over_message_counts_as_unanswered_by_the_assistant() -> None:
    load = Load((Message("vraag", answered_at=1.0, handed_over=True),), seconds=1.0)
    assert load.unanswered == 1
    assert load.answered_per_second == 0


def test_latency_counts_from_the_moment_a_message_was_due() -> None:
    assert Message("vraag", due_at=10.0, written_at=11.5, answered_at=12.0).latency == 2.0


def result() -> Result:
    machine = Machine("EPYC", 2, 8.0, "6.1", "3.11", 900, 0.1)
    toll = Toll({fate.value: 0 for fate in Fate} | {"answered": 50, "lost": 3}, 1, 0, 12.0)
    return Result(
        date="2026-11-24",
        machine=machine,
        versions={"Rasa": "3.6.21"},
        topics=15,
        questions=45,
        rounds={
            OURS: [{"alone_p50_ms": 20.0}, {"alone_p50_ms": 40.0}, {"alone_p50_ms": 30.0}],
            PEER: [{"alone_p50_ms": 60.0}],
        },
        kills={PEER: {"sends once": [toll, toll]}},
    )


def test_the_table_shows_the_median_the_spread_and_the_ratio() -> None:
    page = as_markdown(result())
    assert (
        "| turn, 1 conversation, p50 | 30 ms (20 to 40) | 60 ms (60 to 60) | 0.50 | lower |" in page
    )


def test_a_figure_that_was_not_taken_is_a_dash() -> None:
    assert "| turn, 16 conversations, p99 | - | - | - | lower |" in as_markdown(result())


def test_kills_are_summed_and_shown_per_kill() -> None:
    assert (
        "| sends once | stock Rasa | 2 | 106 | 100 | 6 | 2 | 0 | 0 | 3.00 | 12.0 s |"
        in as_markdown(result())
    )


def test_the_longer_bar_fills_the_room_and_words_are_escaped() -> None:
    picture = draw([Bars("a < b", 10.0, 5.0, 0)])
    assert 'width="620.0"' in picture
    assert 'width="310.0"' in picture
    assert "a &lt; b" in picture
