"""What somebody who waits may be told: the place in line and an honest expected time. Pure."""

from __future__ import annotations

import math
from collections.abc import Sequence
from datetime import datetime, timedelta
from statistics import median

from handoff.hours import OpeningHours
from handoff.policy import Words

MEASURED_OVER = timedelta(hours=2)
MOST_MEASURED = 20
LEAST_MEASURED = 3
"""With fewer waits than this we do not know, and say no figure."""
_STEP = 5
AGAIN_AFTER = timedelta(minutes=3)
"""Who asks again within this is not told the same again."""


def expected_minutes(waits: Sequence[tuple[datetime, datetime]], hours: OpeningHours) -> int | None:
    """The middle one of the recent waits, up to the next five minutes; None when unknown.

    Who asked while everybody was asleep says nothing about the line of today.
    """
    known = [taken - asked for asked, taken in waits if hours.is_open(asked)]
    if len(known) < LEAST_MEASURED:
        return None
    minutes = median(wait.total_seconds() for wait in known) / 60
    return max(_STEP, math.ceil(minutes / _STEP) * _STEP)


def place_text(place: int, minutes: int | None, words: Words) -> str:
    """Two or three short sentences; the first is always the same, so that it can be found."""
    said = [words.text("queue_in_line"), words.text("queue_place", place=place)]
    if minutes is not None:
        said.append(words.text("queue_minutes", minutes=minutes))
    return " ".join(said)
