"""The words of data/rent_points.yml, and what of a count a tenant is shown."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache
from pathlib import Path

import yaml

from actions.points.result import Points
from actions.wording import Phrase

_FILE = Path(__file__).resolve().parents[2] / "data" / "rent_points.yml"


@dataclass(frozen=True, slots=True)
class PointsWords:
    groups: Mapping[str, str]
    shown_groups: int
    group: str
    and_: str
    free_from: int
    notes: Mapping[str, str]
    unknown_rent: str
    contested: tuple[Phrase, ...]

    def note(self, name: str, **values: object) -> str:
        return self.notes[name].format(**values)

    def largest(self, points: Points) -> str:
        """Where most points come from: "kamers (65), energielabel (34) en WOZ-waarde (33,25)"."""
        known = [one for one in points.groups if one.code in self.groups and one.points > 0]
        first = sorted(known, key=lambda one: -one.points)[: self.shown_groups]
        told = [
            self.group.format(name=self.groups[one.code], points=number(one.points))
            for one in first
        ]
        return self.and_.join(filter(None, (", ".join(told[:-1]), *told[-1:])))


def euros(amount: Decimal) -> str:
    """As Dutch writes it: 1.118,23."""
    return f"{amount:,.2f}".translate(str.maketrans(",.", ".,"))


def number(points: Decimal) -> str:
    """Without zeros behind the comma."""
    return f"{points.normalize():f}".replace(".", ",")


@lru_cache(maxsize=1)
def points_words() -> PointsWords:
    raw = yaml.safe_load(_FILE.read_text(encoding="utf-8"))
    return PointsWords(
        {str(code): str(name) for code, name in raw["groups"].items()},
        int(raw["shown_groups"]),
        str(raw["group"]),
        str(raw["and"]),
        int(raw["free_from"]),
        {str(name): str(text) for name, text in raw["notes"].items()},
        str(raw["unknown_rent"]),
        tuple(Phrase.read(str(entry)) for entry in raw["contested"]),
    )
