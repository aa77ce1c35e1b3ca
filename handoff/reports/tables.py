"""The figures as named tables with labels, the same on the page and in a spreadsheet."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

from handoff.reports.figures import Figures

_WORDS = Path(__file__).resolve().parents[2] / "data" / "reports.yml"
Value = float | None
Label = Callable[[str, str], str]
"""What staff read for a kind ("channel", "topic", "reason") and a name."""


@dataclass(frozen=True, slots=True)
class Line:
    key: str
    label: str
    now: Value
    before: Value


@dataclass(frozen=True, slots=True)
class Table:
    """``counts``: what counts, in words for staff. A value None: too little to say."""

    name: str
    title: str
    counts: str
    lines: tuple[Line, ...]


def read_words() -> Mapping[str, Any]:
    found: Mapping[str, Any] = yaml.safe_load(_WORDS.read_text(encoding="utf-8"))
    return found


def tables(now: Figures, before: Figures, words: Mapping[str, Any], label: Label) -> list[Table]:
    """In the order of ``data/reports.yml``. Days are held against those as far into the period."""
    made = []
    for name, about in words["reports"].items():
        new, old = _cells(name, now, words), _cells(name, before, words)
        if name == "days":
            old = dict(zip(new, old.values(), strict=True))
        lines = (
            Line(key, _worded(name, key, words, label), new.get(key, 0), old.get(key, 0))
            for key in [*new, *(key for key in old if key not in new)]
        )
        made.append(Table(name, about["title"], about["counts"], tuple(lines)))
    return made


def _cells(name: str, of: Figures, words: Mapping[str, Any]) -> dict[str, Value]:
    waits, handled, scores = of.waits, of.handled, of.scores
    cells: dict[str, Mapping[str, Value]] = {
        "channels": of.channels,
        "topics": of.topics,
        "days": {day.isoformat(): n for day, n in of.days},
        "hours": {
            f"{day} {hour:02}": n
            for day, row in zip(words["weekdays"], of.hours, strict=True)
            for hour, n in enumerate(row)
        },
        "handled": {
            "alone": handled.alone,
            "asked_back": handled.asked_back,
            "handed_over": handled.handed_over,
            "nothing": handled.nothing,
        },
        "reasons": of.reasons,
        "waits": {
            "taken": waits.taken,
            "untaken": waits.untaken,
            "median": waits.median,
            "p90": waits.p90,
        },
        "service": {
            f"{one.kind} {name}": n
            for one in of.kept
            for name, n in (("met", one.met), ("missed", one.missed))
        },
        "opinions": {str(s): n for s, n in enumerate(scores.counts, 1)} | {"mean": scores.mean},
        "reopened": {"reopened": of.reopened, "closed": of.closed},
    }
    return dict(cells[name])


def _worded(name: str, key: str, words: Mapping[str, Any], label: Label) -> str:
    kinds = {"channels": "channel", "topics": "topic", "reasons": "reason"}
    if name == "topics" and not key:
        return str(words["unknown_topic"])
    if name in kinds:
        return label(kinds[name], key)
    if name in ("days", "hours"):
        return key
    return " ".join(words["rows"].get(part, part) for part in key.split(" "))
