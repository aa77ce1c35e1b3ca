"""Who pays a repair, by the table of data/repair_pays.yml. First row that fits."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache
from pathlib import Path
from typing import Any

import yaml

from actions.wording import Phrase, says

_FILE = Path(__file__).resolve().parents[2] / "data" / "repair_pays.yml"


class Payer(StrEnum):
    TENANT = "tenant"
    LANDLORD = "landlord"
    DEPENDS = "depends"


@dataclass(frozen=True, slots=True)
class Row:
    """What it is about; an empty part fits everything."""

    rooms: frozenset[str]
    elements: frozenset[str]
    defects: frozenset[str]
    phrases: tuple[Phrase, ...]
    who: Payer
    reason: str

    def fits(self, room: str, element: str, defect: str, said: Sequence[str]) -> bool:
        named = ((self.rooms, room), (self.elements, element), (self.defects, defect))
        return all(not labels or label in labels for labels, label in named) and (
            not self.phrases or says(self.phrases, said)
        )


@dataclass(frozen=True, slots=True)
class Pays:
    """The answer: who, why, and the same in a few words."""

    who: Payer
    reason: str
    short: str


@dataclass(frozen=True, slots=True)
class Table:
    rows: tuple[Row, ...]
    short: Mapping[str, str]
    still: str
    """A job of the tenant may be reported all the same."""
    report: Mapping[str, str]
    """The button with which to do so."""


def who_pays(room: str, element: str, defect: str, said: Sequence[str], table: Table) -> Pays:
    """By room, part, defect and the words that the tenant used. The last row fits everything."""
    row = next(row for row in table.rows if row.fits(room, element, defect, said))
    reason = f"{row.reason} {table.still}" if row.who is Payer.TENANT else row.reason
    return Pays(row.who, reason, table.short[row.who])


@lru_cache(maxsize=1)
def pays_table() -> Table:
    raw: Mapping[str, Any] = yaml.safe_load(_FILE.read_text(encoding="utf-8"))
    return Table(
        tuple(_row(each) for each in raw["rows"]),
        {str(who): str(text) for who, text in raw["short"].items()},
        str(raw["still"]),
        {str(name): str(text) for name, text in raw["report"].items()},
    )


def _row(raw: Mapping[str, Any]) -> Row:
    return Row(
        rooms=frozenset(map(str, raw.get("room", ()))),
        elements=frozenset(map(str, raw.get("element", ()))),
        defects=frozenset(map(str, raw.get("defect", ()))),
        phrases=tuple(Phrase.read(str(word)) for word in raw.get("words", ())),
        who=Payer(raw["who"]),
        reason=str(raw["reason"]),
    )
