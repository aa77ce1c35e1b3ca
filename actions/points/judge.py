"""What may be told of a count, and when a person must look. Pure."""

from __future__ import annotations

from decimal import Decimal
from enum import StrEnum

from actions.points.result import Points


class Finding(StrEnum):
    """The first that holds, in this order."""

    INCOMPLETE = "incomplete"
    """Data are missing: the number may be wrong, so it is not told."""
    MANY = "many"
    """So many points that it depends on the contract whether there is a highest rent."""
    NO_RENT = "no_rent"
    ABOVE = "above"
    """The basic rent is higher than the count allows."""
    CONTESTED = "contested"
    FINE = "fine"


def judge(points: Points, rent: Decimal | None, free_from: int, contested: bool) -> Finding:
    """``rent``: basic rent in euros a month, as in the contract."""
    if points.warnings or points.points <= 0:
        return Finding.INCOMPLETE
    if points.points >= free_from:
        return Finding.MANY
    if rent is None:
        return Finding.NO_RENT
    if rent > points.maximum:
        return Finding.ABOVE
    return Finding.CONTESTED if contested else Finding.FINE
