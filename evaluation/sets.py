"""Reads a folder of test texts: utterances, out of scope, safety, wishes for a person.

The files are tab-separated with a header, one text per line, no quoting. A file that is not
there is left out of the evaluation.
"""

from __future__ import annotations

import csv
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol


class SetBroken(ValueError):
    """A file of test texts lacks a column. The message names file and column."""


@dataclass(frozen=True, slots=True)
class Utterance:
    """A tenant's words and the topics that are right for them, the best one first."""

    text: str
    right: tuple[str, ...]
    language: str
    voice: str = ""

    @property
    def label(self) -> str:
        return self.right[0]


@dataclass(frozen=True, slots=True)
class Stray:
    """A text that is no question for a landlord. ``kind``: near, general, chitchat, ..."""

    text: str
    kind: str
    language: str


@dataclass(frozen=True, slots=True)
class Alarm:
    """A text that must alarm, or that only looks so."""

    text: str
    right: tuple[str, ...]
    urgent: bool
    language: str


@dataclass(frozen=True, slots=True)
class Wish:
    """A wish for a person, or a text that only mentions one."""

    text: str
    wanted: bool
    language: str


class _Text(Protocol):
    @property
    def text(self) -> str: ...


@dataclass(frozen=True, slots=True)
class Sets:
    utterances: tuple[Utterance, ...]
    strays: tuple[Stray, ...]
    alarms: tuple[Alarm, ...]
    wishes: tuple[Wish, ...]

    @property
    def texts(self) -> list[str]:
        groups: tuple[Sequence[_Text], ...] = (
            self.utterances,
            self.strays,
            self.alarms,
            self.wishes,
        )
        return [one.text for group in groups for one in group]


PERSON = "human_agent_request"


def load(folder: Path) -> Sets:
    """All sets of a folder.

    Raises:
        SetBroken: a file lacks a column that it needs.
        FileNotFoundError: none of the files is there.
    """
    files = ("utterances.tsv", "out_of_scope.tsv", "safety.tsv", "human.tsv")
    if not any((folder / name).exists() for name in files):
        raise FileNotFoundError(f"{folder} holds none of {', '.join(files)}")
    return Sets(
        tuple(
            Utterance(row["text"], _right(row), row["lang"], row.get("voice", ""))
            for row in _rows(folder / "utterances.tsv", "text", "label", "lang")
        ),
        tuple(
            Stray(row["text"], row["kind"], row["lang"])
            for row in _rows(folder / "out_of_scope.tsv", "text", "kind", "lang")
        ),
        tuple(
            Alarm(row["text"], _right(row), row["urgent"] == "yes", row["lang"])
            for row in _rows(folder / "safety.tsv", "text", "label", "urgent", "lang")
        ),
        tuple(
            Wish(row["text"], row["label"] == PERSON, row["lang"])
            for row in _rows(folder / "human.tsv", "text", "label", "lang")
        ),
    )


def _rows(file: Path, *needed: str) -> list[dict[str, str]]:
    if not file.exists():
        return []
    with file.open(encoding="utf-8", newline="") as lines:
        rows = list(csv.DictReader(lines, delimiter="\t", quoting=csv.QUOTE_NONE))
    for column in needed:
        if rows and column not in rows[0]:
            raise SetBroken(f"{file.name} has no column {column!r}")
    return [{name: value or "" for name, value in row.items()} for row in rows]


def _right(row: dict[str, str]) -> tuple[str, ...]:
    also = [name for name in row.get("accept", "").split("|") if name]
    return (row["label"], *also)
