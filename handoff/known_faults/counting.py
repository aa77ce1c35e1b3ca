"""From reports of tenants to a fault that staff should look at. Pure."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from handoff.ledger.known_faults import BuildingFault, FaultKind, FaultReport


@dataclass(frozen=True, slots=True)
class Threshold:
    """From how many homes, within what time, reports are a fault of the building."""

    homes: int = 3
    within: timedelta = timedelta(hours=24)


@dataclass(frozen=True, slots=True)
class Suspected:
    """Several homes report the same. ``since``: the first of these reports (aware UTC)."""

    kind: FaultKind
    homes: int
    since: datetime


def suspected(
    reports: Sequence[FaultReport],
    faults: Sequence[BuildingFault],
    threshold: Threshold,
    now: datetime,
) -> Sequence[Suspected]:
    """What nobody has looked at yet, most homes first.

    ``faults``: those that run and those that ended since the first report. What was reported
    before a fault ended is over with it.
    """
    by_kind: defaultdict[FaultKind, list[FaultReport]] = defaultdict(list)
    for report in reports:
        if report.at > now - threshold.within and not _known(report, faults, now):
            by_kind[report.kind].append(report)
    found = [
        Suspected(kind, homes, min(one.at for one in mine))
        for kind, mine in by_kind.items()
        if (homes := len({one.home for one in mine})) >= threshold.homes
    ]
    return sorted(found, key=lambda one: (-one.homes, one.since))


def _known(report: FaultReport, faults: Sequence[BuildingFault], now: datetime) -> bool:
    mine = [fault for fault in faults if fault.kind.fits(report.kind)]
    over = any(fault.ended_at is not None and report.at <= fault.ended_at for fault in mine)
    return over or any(fault.holds(now) for fault in mine)
