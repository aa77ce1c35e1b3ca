"""Who of all who wait comes first. Pure."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

URGENT = 1_000.0
"""Above everything else, however long others wait."""
OVERDUE = 120.0
VULNERABLE = 45.0
"""Points are minutes of waiting: somebody vulnerable counts as having waited this much longer."""
REOPENED = 15.0
WINDOW_CLOSES = 60.0
WINDOW_SOON = timedelta(minutes=60)
"""After this window the tenant can no longer be answered in plain words on that channel."""
LONGEST_COUNTED = timedelta(hours=12)
"""A night may not outweigh danger."""


@dataclass(frozen=True, slots=True)
class Wait:
    """What is known of somebody who waits. ``danger``: the place of an urgent kind, 0 for none."""

    since: datetime
    danger: int = 0
    overdue: bool = False
    vulnerable: bool = False
    reopened: bool = False
    window_closes_at: datetime | None = None


def score(wait: Wait, now: datetime) -> float:
    """Higher comes first. The unit is a minute of waiting."""
    waited = min(max(now - wait.since, timedelta(0)), LONGEST_COUNTED)
    points = waited.total_seconds() / 60
    if wait.danger:
        points += URGENT + wait.danger
    if wait.overdue:
        points += OVERDUE
    if wait.vulnerable:
        points += VULNERABLE
    if wait.reopened:
        points += REOPENED
    return points + _window(wait.window_closes_at, now)


def _window(closes_at: datetime | None, now: datetime) -> float:
    """More points the nearer the end; none when it is over, since then haste helps nobody."""
    if closes_at is None or closes_at <= now:
        return 0.0
    left = closes_at - now
    return WINDOW_CLOSES * (1 - left / WINDOW_SOON) if left < WINDOW_SOON else 0.0
