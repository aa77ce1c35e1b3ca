"""The figures of a period, each with what counts. Pure."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from handoff.clock import AMSTERDAM
from handoff.ledger.reports import AskedRow, OpenedRow
from handoff.reports.period import Period

FEWEST_SCORES = 5
"""Below this many opinions a mean says something about one person, not about the work."""
REOPENED_DAYS = 7
Worked = Callable[[str, datetime, datetime], timedelta]
"""Working time of a queue between two moments."""


@dataclass(frozen=True, slots=True)
class Handled:
    """Every conversation that began in the period once; the four add up to ``total``.

    ``handed_over``: a person was asked for at any moment. Of the others: ``alone`` when at least
    one question was answered, else ``asked_back`` when the assistant only asked back, else
    ``nothing``.
    """

    alone: int
    asked_back: int
    handed_over: int
    nothing: int

    @property
    def total(self) -> int:
        return self.alone + self.asked_back + self.handed_over + self.nothing


@dataclass(frozen=True, slots=True)
class Waits:
    """Working minutes from asking for a person until one took it, for asking that began in the
    period; ``untaken`` was not taken (yet) and is not in median and p90."""

    taken: int
    untaken: int
    median: float | None
    p90: float | None


@dataclass(frozen=True, slots=True)
class Kept:
    """Service clocks that ended in the period. Dropped clocks do not count."""

    kind: str
    met: int
    missed: int


@dataclass(frozen=True, slots=True)
class Scores:
    """Scores 1 to 5 given in the period. ``mean`` None: fewer than five."""

    counts: tuple[int, int, int, int, int]
    mean: float | None

    @property
    def total(self) -> int:
        return sum(self.counts)


@dataclass(frozen=True, slots=True)
class Figures:
    """``channels``, ``topics``, ``days`` and ``hours`` count conversations by when they began.

    ``hours``: Monday to Sunday by hour 0 to 23 in Amsterdam; the hour that comes twice when the
    clock goes back counts both times. ``reasons``: of the first asking in a conversation that
    began in the period. ``reopened``: of ``closed`` in the period, the same address began a new
    conversation within seven days.
    """

    total: int
    channels: Mapping[str, int]
    topics: Mapping[str, int]
    days: Sequence[tuple[date, int]]
    hours: Sequence[Sequence[int]]
    handled: Handled
    reasons: Mapping[str, int]
    waits: Waits
    kept: Sequence[Kept]
    scores: Scores
    reopened: int
    closed: int


@dataclass(frozen=True, slots=True)
class Rows:
    """What the figures are counted from."""

    opened: Sequence[OpenedRow]
    outcomes: Sequence[tuple[str, str, int]]
    asked: Sequence[AskedRow]
    asked_of_opened: Sequence[AskedRow]
    service: Sequence[tuple[str, str, int]]
    scores: Sequence[tuple[int, int]]
    reopened: tuple[int, int]


def figures(rows: Rows, period: Period, worked: Worked) -> Figures:
    local = [row.opened_at.astimezone(AMSTERDAM) for row in rows.opened]
    days = Counter(at.date() for at in local)
    hours = Counter((at.weekday(), at.hour) for at in local)
    # The last one put in stays: that is the one with the lowest number.
    latest_first = sorted(rows.asked_of_opened, key=lambda row: -row.no)
    first = {row.conversation: row for row in latest_first}
    return Figures(
        total=len(rows.opened),
        channels=_most_first(Counter(row.channel for row in rows.opened)),
        topics=_most_first(Counter(row.topic or "" for row in rows.opened)),
        days=[(day, days[day]) for day in period.days],
        hours=[[hours[(day, hour)] for hour in range(24)] for day in range(7)],
        handled=_handled(rows),
        reasons=_most_first(Counter(row.reason for row in first.values())),
        waits=_waits(rows.asked, worked),
        kept=_kept(rows.service),
        scores=_scores(rows.scores),
        reopened=rows.reopened[0],
        closed=rows.reopened[1],
    )


def _most_first(counted: Counter[str]) -> dict[str, int]:
    return dict(sorted(counted.items(), key=lambda pair: (-pair[1], pair[0])))


def _handled(rows: Rows) -> Handled:
    asked = {row.conversation for row in rows.asked_of_opened}
    outcomes: dict[str, set[str]] = {}
    for id, outcome, _ in rows.outcomes:
        outcomes.setdefault(id, set()).add(outcome)
    by: Counter[str] = Counter()
    for row in rows.opened:
        of = outcomes.get(row.conversation, set())
        if row.conversation in asked:
            by["handed_over"] += 1
        else:
            by[next((name for name in ("answered", "asked_back") if name in of), "nothing")] += 1
    return Handled(by["answered"], by["asked_back"], by["handed_over"], by["nothing"])


def _waits(asked: Sequence[AskedRow], worked: Worked) -> Waits:
    minutes = sorted(
        worked(row.queue, row.asked_at, row.taken_at) / timedelta(minutes=1)
        for row in asked
        if row.taken_at is not None
    )
    return Waits(
        len(minutes), len(asked) - len(minutes), nearest(minutes, 0.5), nearest(minutes, 0.9)
    )


def nearest(ordered: Sequence[float], share: float) -> float | None:
    """The smallest value that at least this share does not exceed (nearest rank)."""
    if not ordered:
        return None
    rank = -(-len(ordered) * round(share * 100) // 100)
    return round(ordered[rank - 1], 1)


def _kept(service: Sequence[tuple[str, str, int]]) -> list[Kept]:
    counts = {(kind, outcome): n for kind, outcome, n in service}
    kinds = sorted({kind for kind, outcome in counts if outcome in ("met", "missed")})
    return [Kept(k, counts.get((k, "met"), 0), counts.get((k, "missed"), 0)) for k in kinds]


def _scores(given: Sequence[tuple[int, int]]) -> Scores:
    by = dict(given)
    counts = (by.get(1, 0), by.get(2, 0), by.get(3, 0), by.get(4, 0), by.get(5, 0))
    total = sum(counts)
    if total < FEWEST_SCORES:
        return Scores(counts, None)
    return Scores(counts, round(sum(s * n for s, n in enumerate(counts, 1)) / total, 2))
