"""What the work looked like, and what it looks like now, for who leads."""

from __future__ import annotations

import asyncio
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from bot.topic import QUEUES
from handoff.clock import AMSTERDAM
from handoff.console import report_schemas as s
from handoff.console.report_csv import as_csv
from handoff.console.work import DeskWork
from handoff.ledger import Ledger
from handoff.ledger.kept_requests import KeptState
from handoff.ledger.reports import WaitingRow
from handoff.model import Agent, ConversationId
from handoff.reports.figures import REOPENED_DAYS, Figures, Rows, figures
from handoff.reports.period import Period, midnight
from handoff.reports.tables import Table, read_words, tables
from handoff.service_levels.targets import Targets
from handoff.service_levels.working_time import worked

_FRESH_FOR = timedelta(seconds=1)
_SOON = timedelta(hours=2)
_TREND_HOURS = 8
_ALL = ConversationId("*")


@dataclass
class ReportWork:
    desk: DeskWork
    targets: Targets
    _kept: s.WallboardView | None = None
    _one_at_a_time: asyncio.Lock = field(default_factory=asyncio.Lock)

    async def reports(self, agent: Agent, period: Period) -> s.ReportsView:
        """All figures of the period and of as many days before; leaves a line in the log."""
        now, before = await self._figures(agent, period, "reports")
        earlier = period.before()
        return s.ReportsView(
            first=period.first,
            last=period.last,
            before_first=earlier.first,
            before_last=earlier.last,
            total=now.total,
            total_before=before.total,
            tables=[_table(one) for one in self._tables(now, before)],
        )

    async def file(self, agent: Agent, period: Period, name: str) -> bytes | None:
        """One report for a spreadsheet; None when there is none of that name."""
        if name not in read_words()["reports"]:
            return None
        now, before = await self._figures(agent, period, f"report_file {name}")
        found = next(one for one in self._tables(now, before) if one.name == name)
        return as_csv(found, period, read_words())

    async def wallboard(self) -> s.WallboardView:
        """How it stands, at most a second old: many screens cost one look."""
        async with self._one_at_a_time:
            now = self.desk.clock.now()
            kept = self._kept
            if kept is None or not timedelta(0) <= now - kept.at < _FRESH_FOR:
                kept = await self.desk.store.read(lambda ledger: self._now(ledger, now))
                self._kept = kept
            return kept

    async def _figures(self, agent: Agent, period: Period, what: str) -> tuple[Figures, Figures]:
        def work(ledger: Ledger) -> tuple[Rows, Rows]:
            ledger.desk.log_access(agent.id, _ALL, what[:40], self.desk.clock.now())
            return _rows(ledger, period), _rows(ledger, period.before())

        now, before = await self.desk.store.write(work)
        return (
            figures(now, period, self._worked),
            figures(before, period.before(), self._worked),
        )

    def _worked(self, queue: str, start: datetime, end: datetime) -> timedelta:
        return worked(self.targets.of(queue).hours, start, end)

    def _tables(self, now: Figures, before: Figures) -> Sequence[Table]:
        return tables(now, before, read_words(), self._label)

    def _label(self, kind: str, name: str) -> str:
        topic = self.desk.counter.catalogue.get(name) if kind == "topic" else None
        if topic is not None:
            return topic.title
        key, words = f"{kind}_{name}", self.desk.counter.words
        return words.text(key) if key in words else name

    def _now(self, ledger: Ledger, now: datetime) -> s.WallboardView:
        read = ledger.reports
        today = midnight(now.astimezone(AMSTERDAM).date())
        ended: Counter[str] = Counter()
        for _, outcome, n in read.service(today, _just_after(now)):
            ended[outcome] += n
        due = read.promised(now + _SOON)
        urgent = self.desk.counter.urgent_labels
        return s.WallboardView(
            at=now,
            queues=self._queues(read.waiting()),
            held=read.held(),
            offered=read.offered(now),
            people=[
                s.PersonNow(name=p.name, status=p.status, held=p.held, capacity=p.capacity)
                for p in read.present(now)
            ],
            met_today=ended["met"],
            missed_today=ended["missed"],
            urgent=[
                s.UrgentNow(label=urgent.get(kind, kind), count=n) for kind, n in read.open_urgent()
            ],
            promises_late=sum(at < now for at in due),
            promises_soon=sum(at >= now for at in due),
            kept_waiting=ledger.kept.count(KeptState.WAITING),
            kept_given_up=ledger.kept.count(KeptState.GIVEN_UP),
            trend=_trend(ledger, now),
        )

    def _queues(self, waiting: Sequence[WaitingRow]) -> list[s.QueueNow]:
        by: dict[str, list[datetime]] = {name: [] for name in sorted(QUEUES)}
        for row in waiting:
            by.setdefault(row.queue, []).append(row.since)
        return [
            s.QueueNow(
                queue=name,
                label=self._label("queue", name),
                waiting=len(since),
                longest_since=min(since, default=None),
            )
            for name, since in by.items()
        ]


def _table(table: Table) -> s.ReportTable:
    lines = [
        s.ReportLine(key=one.key, label=one.label, now=one.now, before=one.before)
        for one in table.lines
    ]
    return s.ReportTable(name=table.name, title=table.title, counts=table.counts, lines=lines)


def _rows(ledger: Ledger, period: Period) -> Rows:
    read, since, until = ledger.reports, period.since, period.until
    return Rows(
        read.opened(since, until),
        read.outcomes(since, until),
        read.asked(since, until),
        read.asked_of_opened(since, until),
        read.service(since, until),
        read.scores(since, until),
        read.reopened(since, until, REOPENED_DAYS),
    )


def _just_after(now: datetime) -> datetime:
    """A span leaves out its end; what happened at this very moment counts."""
    return now + timedelta.resolution


def _trend(ledger: Ledger, now: datetime) -> list[s.TrendHour]:
    hour = timedelta(hours=1)
    last = now.replace(minute=0, second=0, microsecond=0)
    since = last - (_TREND_HOURS - 1) * hour
    until = _just_after(now)
    opened = [row.opened_at for row in ledger.reports.opened(since, until)]
    asked = [row.asked_at for row in ledger.reports.asked(since, until)]
    return [
        s.TrendHour(
            at=at,
            opened=sum(at <= moment < at + hour for moment in opened),
            asked=sum(at <= moment < at + hour for moment in asked),
        )
        for at in (since + n * hour for n in range(_TREND_HOURS))
    ]
