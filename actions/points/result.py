"""What counting the points of a home gives."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal


@dataclass(frozen=True, slots=True)
class Group:
    """One part of the count. ``code`` is VERA's WONINGWAARDERINGSTELSELGROEP."""

    code: str
    points: Decimal


@dataclass(frozen=True, slots=True)
class Points:
    """``maximum``: euros a month, with surcharges. ``warnings``: what the data lack, in the words
    of the package, for staff."""

    points: int
    maximum: Decimal
    groups: tuple[Group, ...] = ()
    warnings: tuple[str, ...] = ()


class CannotCount(Exception):
    """There is no count."""


class UnknownYear(CannotCount):
    """The package does not know the rules of this year."""


class BadHome(CannotCount):
    """The data of the home are not such that points can be counted."""


class NotNow(CannotCount):
    """The count did not come in time, or broke."""
