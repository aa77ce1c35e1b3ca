"""The clocks of one conversation: when they start, stand still and end. Pure.

A clock runs while we owe the tenant something. After a person's answer it is the tenant's turn: the
answer clocks end, the resolution clock stands still until the tenant writes. Putting a conversation
aside (snooze) stops no clock: whoever still waits for an answer goes on waiting.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from enum import StrEnum

from handoff.hours import NeverOpen
from handoff.model import AgentId, ConversationId
from handoff.service_levels.targets import ClockKind, Targets
from handoff.service_levels.working_time import after_working, worked

_ANSWERS = (ClockKind.FIRST_ANSWER, ClockKind.NEXT_ANSWER)
_MINUTE = timedelta(minutes=1)


class ClockOutcome(StrEnum):
    RUNNING = "running"
    """Also while it stands still."""
    MET = "met"
    MISSED = "missed"
    DROPPED = "dropped"
    """It ended without what it counted down to: closed unanswered, or back to the assistant."""


@dataclass(frozen=True, slots=True)
class ServiceClock:
    """One thing that is owed. Moments are aware UTC, minutes are working minutes.

    ``running_since`` and ``due_at`` are None while we wait for the tenant.
    """

    id: str
    conversation: ConversationId
    kind: ClockKind
    queue: str
    target_minutes: int
    started_at: datetime
    running_since: datetime | None = None
    warn_at: datetime | None = None
    due_at: datetime | None = None
    worked_minutes: int = 0
    agent: AgentId | None = None
    warned_at: datetime | None = None
    breached_at: datetime | None = None
    ended_at: datetime | None = None
    outcome: ClockOutcome = ClockOutcome.RUNNING


@dataclass(frozen=True, slots=True)
class Happened:
    """What one change meant for who owes what. ``asked``: the queue a person was asked in."""

    manned: bool
    asked: str | None = None
    agent: AgentId | None = None
    tenant_wrote: bool = False
    staff_answered: bool = False
    closed: bool = False
    promises_ended: bool = False
    promised: datetime | None = None


def advance(
    clocks: Sequence[ServiceClock],
    happened: Happened,
    fresh: ServiceClock,
    targets: Targets,
    now: datetime,
) -> Sequence[ServiceClock]:
    """The clocks after a change: those that differ from before, and new ones.

    ``clocks``: those that run. ``fresh``: a clock of this conversation to make new ones of; new
    ones are told apart by their kind in the id.
    """
    before = {clock.kind: clock for clock in clocks}
    after = dict(before)
    _promises(after, happened, fresh, targets, now)
    if happened.asked is not None:
        _ask(after, happened.asked, fresh, targets, now)
    if happened.tenant_wrote and happened.manned:
        _tenant_wrote(after, fresh, targets, now)
    if happened.staff_answered:
        _answered(after, happened.agent, targets, now)
    if not happened.manned:
        _let_go(after, happened, targets, now)
    ended = _replaced_promises(before, after, targets, now)
    return [*ended, *(clock for kind, clock in after.items() if clock != before.get(kind))]


def _replaced_promises(
    before: dict[ClockKind, ServiceClock],
    after: dict[ClockKind, ServiceClock],
    targets: Targets,
    now: datetime,
) -> Sequence[ServiceClock]:
    old, new = before.get(ClockKind.PROMISE), after.get(ClockKind.PROMISE)
    return [end(old, targets, now)] if old and new and old.id != new.id else []


def _promises(
    after: dict[ClockKind, ServiceClock],
    happened: Happened,
    fresh: ServiceClock,
    targets: Targets,
    now: datetime,
) -> None:
    kept = after.get(ClockKind.PROMISE)
    if kept is not None and happened.promises_ended:
        after[ClockKind.PROMISE] = end(kept, targets, now, happened.agent)
    if happened.promised is None:
        return
    queue = happened.asked or (kept.queue if kept else fresh.queue)
    span = worked(targets.of(queue).hours, now, happened.promised)
    made = replace(
        _made(fresh, ClockKind.PROMISE, queue, targets, now),
        target_minutes=max(round(span / _MINUTE), 1),
        due_at=happened.promised,
        warn_at=now + (happened.promised - now) * targets.warn_at,
    )
    after[ClockKind.PROMISE] = made


def _ask(
    after: dict[ClockKind, ServiceClock],
    queue: str,
    fresh: ServiceClock,
    targets: Targets,
    now: datetime,
) -> None:
    """Passing on gives no more time; a queue that answers sooner makes it sooner."""
    if ClockKind.RESOLUTION not in after:
        for kind in (ClockKind.FIRST_ANSWER, ClockKind.RESOLUTION):
            after[kind] = _made(fresh, kind, queue, targets, now)
        return
    for kind, clock in list(after.items()):
        if kind is ClockKind.PROMISE or clock.ended_at is not None:
            continue
        moved = replace(clock, queue=queue)
        sooner = _made(fresh, kind, queue, targets, now)
        if clock.due_at and sooner.due_at and sooner.due_at < clock.due_at:
            moved = replace(moved, due_at=sooner.due_at, warn_at=sooner.warn_at)
        after[kind] = moved


def _tenant_wrote(
    after: dict[ClockKind, ServiceClock], fresh: ServiceClock, targets: Targets, now: datetime
) -> None:
    resolution = after.get(ClockKind.RESOLUTION)
    if resolution is not None and resolution.running_since is None:
        after[ClockKind.RESOLUTION] = _run(resolution, targets, now)
    if resolution is not None and not any(kind in after for kind in _ANSWERS):
        kind = ClockKind.NEXT_ANSWER
        after[kind] = _made(fresh, kind, resolution.queue, targets, now)


def _answered(
    after: dict[ClockKind, ServiceClock], agent: AgentId | None, targets: Targets, now: datetime
) -> None:
    for kind in _ANSWERS:
        if kind in after:
            after[kind] = end(after[kind], targets, now, agent)
    resolution = after.get(ClockKind.RESOLUTION)
    if resolution is not None and resolution.running_since is not None:
        minutes = minutes_worked(resolution, targets, now)
        after[ClockKind.RESOLUTION] = replace(
            resolution, worked_minutes=minutes, running_since=None, due_at=None, warn_at=None
        )


def _let_go(
    after: dict[ClockKind, ServiceClock], happened: Happened, targets: Targets, now: datetime
) -> None:
    for kind, clock in list(after.items()):
        if clock.ended_at is None:
            done = kind is ClockKind.RESOLUTION and happened.closed
            over = end(clock, targets, now, happened.agent)
            after[kind] = over if done else replace(over, outcome=ClockOutcome.DROPPED)


def end(
    clock: ServiceClock, targets: Targets, now: datetime, agent: AgentId | None = None
) -> ServiceClock:
    """It got what it counted down to: in time, or not."""
    late = clock.breached_at is not None or (clock.due_at is not None and now > clock.due_at)
    return replace(
        clock,
        worked_minutes=minutes_worked(clock, targets, now),
        running_since=None,
        agent=agent,
        ended_at=now,
        breached_at=clock.breached_at or (clock.due_at if late else None),
        outcome=ClockOutcome.MISSED if late else ClockOutcome.MET,
    )


def minutes_worked(clock: ServiceClock, targets: Targets, now: datetime) -> int:
    """Working minutes so far, without those in which the tenant's answer was awaited."""
    if clock.running_since is None:
        return clock.worked_minutes
    hours = targets.of(clock.queue).hours
    return clock.worked_minutes + int(worked(hours, clock.running_since, now) / _MINUTE)


def _made(
    fresh: ServiceClock, kind: ClockKind, queue: str, targets: Targets, now: datetime
) -> ServiceClock:
    made = replace(
        fresh,
        id=f"{fresh.id[:24]}-{kind.value}",
        kind=kind,
        queue=queue,
        target_minutes=targets.of(queue).minutes(kind),
        started_at=now,
    )
    return _run(made, targets, now)


def _run(clock: ServiceClock, targets: Targets, now: datetime) -> ServiceClock:
    """Let it run from now on, with the working time that is left of its target."""
    hours = targets.of(clock.queue).hours
    left = timedelta(minutes=clock.target_minutes - clock.worked_minutes)
    early = timedelta(minutes=clock.target_minutes * targets.warn_at - clock.worked_minutes)
    try:
        due = after_working(hours, now, left)
        warn = after_working(hours, now, early)
    except NeverOpen:  # nobody ever works: there is nothing to count down to
        return replace(clock, running_since=now)
    return replace(clock, running_since=now, due_at=due, warn_at=warn)


def next_moment(clocks: Sequence[ServiceClock]) -> datetime | None:
    """When the next of them must be warned about, or is due."""
    return min((at for clock in clocks for at in _moments(clock)), default=None)


def _moments(clock: ServiceClock) -> Sequence[datetime]:
    if clock.ended_at is not None or clock.breached_at is not None or clock.due_at is None:
        return ()
    return (clock.due_at if clock.warned_at or clock.warn_at is None else clock.warn_at,)


def sounded(clock: ServiceClock, now: datetime) -> ServiceClock:
    """The clock with what must be told by now marked as told; the same one when there is nothing.

    A clock that is late needs no warning any more.
    """
    if not any(at <= now for at in _moments(clock)) or clock.due_at is None:
        return clock
    if clock.due_at <= now:
        return replace(clock, warned_at=clock.warned_at or now, breached_at=now)
    return replace(clock, warned_at=now)
