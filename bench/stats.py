"""The few statistics the report needs."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Spread:
    """One figure over several rounds."""

    median: float
    low: float
    high: float
    rounds: int


def percentile(values: Sequence[float], share: float) -> float:
    """The smallest value that at least ``share`` (0 to 1) of the values do not exceed.

    Raises:
        ValueError: there are no values, or the share is outside 0 to 1.
    """
    if not values:
        raise ValueError("no values to take a percentile of")
    if not 0 <= share <= 1:
        raise ValueError(f"share {share} is not between 0 and 1")
    ordered = sorted(values)
    return ordered[max(0, math.ceil(share * len(ordered)) - 1)]


def middle(values: Sequence[float]) -> float:
    """The median; the mean of the two middle values when their number is even.

    Raises:
        ValueError: there are no values.
    """
    if not values:
        raise ValueError("no values to take a median of")
    ordered = sorted(values)
    half = len(ordered) // 2
    if len(ordered) % 2:
        return ordered[half]
    return (ordered[half - 1] + ordered[half]) / 2


def spread(values: Sequence[float]) -> Spread:
    """Median with the lowest and highest round.

    Raises:
        ValueError: there are no values.
    """
    return Spread(middle(values), min(values), max(values), len(values))


def window(values: Sequence[float], turn: int, reach: int) -> float:
    """Median around one turn (counted from 1), so that a single slow moment does not decide.

    Raises:
        ValueError: the turn lies beyond the values.
    """
    around = values[max(0, turn - 1 - reach) : turn + reach]
    return middle(around)


def ratio(ours: float, peer: float) -> float | None:
    """Ours divided by the peer's; None when the peer's is zero and the ratio says nothing."""
    return None if peer == 0 else ours / peer
