"""Who comes first, who is asked, and what a person who waits is told: pure rules."""

from __future__ import annotations

from datetime import UTC, datetime, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from handoff.hours import Block, NeverOpen, OpeningHours
from handoff.model import AgentId
from handoff.routing.blocks import next_block
from handoff.routing.choose import choose, owner_of_queue
from handoff.routing.place import expected_minutes
from handoff.routing.score import Wait, score
from handoff.routing.values import Colleague, Presence, Skills, Status

pytestmark = pytest.mark.unit
NOW = datetime(2026, 11, 24, 10, tzinfo=UTC)  # a Tuesday, 11:00 in Amsterdam
TWO_BLOCKS = OpeningHours(
    {day: (Block(time(10), time(12)), Block(time(13), time(16, 30))) for day in range(5)}
)


def minutes(n: float) -> timedelta:
    return timedelta(minutes=n)


def colleague(
    name: str,
    *,
    queues: tuple[str, ...] = ("huur",),
    load: int = 0,
    status: Status = Status.ONLINE,
    idle: int = 0,
    lead: bool = False,
) -> Colleague:
    idle_since = NOW - minutes(idle)
    skills = Skills(frozenset(queues), 2)
    return Colleague(AgentId(name), name, skills, status, load, idle_since, lead)


def name_of(chosen: Colleague | None) -> str | None:
    return chosen.name if chosen else None


@pytest.mark.parametrize(
    ("first", "second"),
    [
        (Wait(NOW, danger=90), Wait(NOW - minutes(700))),
        (Wait(NOW, danger=100), Wait(NOW, danger=90)),
        (Wait(NOW - minutes(20)), Wait(NOW - minutes(10))),
        (Wait(NOW - minutes(5), vulnerable=True), Wait(NOW - minutes(40))),
        (Wait(NOW - minutes(5), reopened=True), Wait(NOW - minutes(15))),
        (Wait(NOW, overdue=True), Wait(NOW - minutes(60), vulnerable=True)),
        (Wait(NOW, window_closes_at=NOW + minutes(5)), Wait(NOW - minutes(40))),
    ],
)
def test_the_first_of_the_two_goes_before_the_second(first: Wait, second: Wait) -> None:
    assert score(first, NOW) > score(second, NOW)


def test_a_window_that_is_over_or_far_away_gives_nobody_haste() -> None:
    plain = score(Wait(NOW), NOW)
    for closes in (NOW - minutes(1), NOW, NOW + timedelta(hours=20)):
        assert score(Wait(NOW, window_closes_at=closes), NOW) == plain


def test_a_wait_that_begins_in_the_future_counts_as_none() -> None:
    assert score(Wait(NOW + minutes(10)), NOW) == 0


def test_the_least_loaded_is_asked_and_then_the_longest_idle() -> None:
    busy, idle = colleague("busy", load=1, idle=90), colleague("idle", idle=5)
    longest = colleague("longest", idle=30)
    assert name_of(choose("huur", [busy, idle, longest], ())) == "longest"


def test_nobody_is_asked_for_a_queue_that_is_not_theirs() -> None:
    assert choose("reparaties", [colleague("a")], ()) is None


def test_who_let_it_pass_is_not_asked_again_and_then_the_lead_is() -> None:
    a, b = colleague("a"), colleague("b", idle=10)
    lead = colleague("lead", queues=("klachten",), lead=True)
    asked: list[AgentId] = []
    while (chosen := choose("huur", [a, b, lead], asked)) is not None:
        asked.append(chosen.agent)
    assert asked == ["b", "a", "lead"]


@pytest.mark.parametrize("status", [Status.AWAY, Status.WRAP_UP, Status.OFFLINE])
def test_who_is_not_online_is_never_asked(status: Status) -> None:
    assert choose("huur", [colleague("a", status=status)], ()) is None


colleagues = st.lists(
    st.builds(
        colleague,
        st.text("abcdef", min_size=1, max_size=3),
        queues=st.sampled_from([("huur",), ("reparaties",), ("huur", "reparaties")]),
        load=st.integers(0, 4),
        status=st.sampled_from(Status),
        idle=st.integers(0, 500),
        lead=st.booleans(),
    ),
    max_size=6,
    unique_by=lambda one: one.agent,
)


@given(colleagues, st.sampled_from(["huur", "reparaties"]), st.data())
def test_never_over_capacity_never_absent_and_nobody_twice(
    all_of_them: list[Colleague], queue: str, data: st.DataObject
) -> None:
    names = [one.agent for one in all_of_them]
    abandoned = data.draw(st.sets(st.sampled_from(names)) if names else st.just(set()))
    chosen = choose(queue, all_of_them, abandoned)
    possible = [
        one
        for one in all_of_them
        if one.status is Status.ONLINE and one.load < one.skills.capacity
        if one.agent not in abandoned and (one.is_lead or queue in one.skills.queues)
    ]
    assert (chosen is None) == (not possible)
    assert chosen is None or chosen in possible


def test_a_queue_belongs_to_its_lead_asleep_or_not() -> None:
    own = colleague("z", status=Status.OFFLINE, lead=True)
    other = colleague("a", queues=("spoed",), lead=True)
    assert name_of(owner_of_queue("huur", [colleague("x"), other, own])) == "z"
    assert name_of(owner_of_queue("verhuur", [other, own])) == "a"
    assert owner_of_queue("huur", [colleague("x")]) is None


def test_a_lease_that_ran_out_is_nobody_there() -> None:
    presence = Presence(AgentId("a"), Status.ONLINE, NOW, NOW - minutes(2))
    assert presence.at(NOW - minutes(1)) is Status.ONLINE
    assert presence.at(NOW) is Status.OFFLINE
    assert presence.gone_since(NOW + minutes(9)) == NOW


def test_wrap_up_ends_by_itself() -> None:
    later = NOW + minutes(30)
    presence = Presence(AgentId("a"), Status.WRAP_UP, later, NOW, NOW + minutes(5))
    assert presence.at(NOW + minutes(4)) is Status.WRAP_UP
    assert presence.at(NOW + minutes(5)) is Status.ONLINE


@pytest.mark.parametrize(
    ("now", "opens", "closes"),
    [
        # Local time is one hour ahead. At 10:10 the block of 10:00 has begun, so 13:00.
        (datetime(2026, 11, 24, 9, 10, tzinfo=UTC), (24, 12, 0), (24, 14, 0)),
        (datetime(2026, 11, 24, 12, 50, tzinfo=UTC), (24, 14, 0), (24, 15, 30)),
        (datetime(2026, 11, 27, 15, 0, tzinfo=UTC), (30, 9, 0), (30, 11, 0)),  # over the weekend
    ],
)
def test_a_call_back_falls_in_a_block_of_the_day(
    now: datetime, opens: tuple[int, int, int], closes: tuple[int, int, int]
) -> None:
    block = next_block(TWO_BLOCKS, now)
    assert block.opens == datetime(2026, 11, *opens, tzinfo=UTC)
    assert block.closes == datetime(2026, 11, *closes, tzinfo=UTC)


def test_a_full_block_is_passed_by_and_a_holiday_too() -> None:
    christmas_eve = datetime(2026, 12, 24, 16, tzinfo=UTC)
    first = next_block(TWO_BLOCKS, christmas_eve)
    assert first.opens == datetime(2026, 12, 28, 9, tzinfo=UTC)  # both days of Christmas, weekend
    second = next_block(TWO_BLOCKS, christmas_eve, {first.opens: 3}, most=3)
    assert second.opens == datetime(2026, 12, 28, 12, tzinfo=UTC)


def test_an_office_that_never_opens_promises_nothing() -> None:
    with pytest.raises(NeverOpen):
        next_block(OpeningHours({}), NOW)


def test_an_expected_time_is_measured_or_not_said() -> None:
    hours = OpeningHours({day: (Block(time(8), time(17)),) for day in range(5)})
    waits = [(NOW - minutes(30 + n), NOW - minutes(30)) for n in (4, 12, 90)]
    assert expected_minutes(waits[:2], hours) is None
    assert expected_minutes(waits, hours) == 15
    at_night = [(NOW - timedelta(hours=10), NOW)] * 5
    assert expected_minutes(at_night, hours) is None
