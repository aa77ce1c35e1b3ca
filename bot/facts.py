"""Amounts, dates and numbers with a first and last day, and what differs per corporation.

Answers never repeat an amount; they refer to it. When it has expired, the caller is told so and
uses an honest text instead of an old number.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from bot.lined_yaml import LinedYaml, YamlBroken, read
from bot.placeholders import fill

FACTS, CORPORATION = "facts.", "corporation."
_DUTCH_MARKS = str.maketrans(",.", ".,")


class UnknownPlaceholder(LookupError):
    """A text refers to a fact or a setting that does not exist."""


class FactExpired(LookupError):
    """The fact exists, and has no value that holds on this day."""

    def __init__(self, name: str, on: date) -> None:
        super().__init__(f"{name} has no value for {on.isoformat()}")
        self.name, self.on = name, on


@dataclass(frozen=True, slots=True)
class Fact:
    """One value during one period. ``valid_to`` is the last day; None means no known end."""

    id: str
    value: str
    unit: str
    valid_from: date
    valid_to: date | None
    source: str
    verified: bool
    line: int

    def holds_on(self, day: date) -> bool:
        return self.valid_from <= day and (self.valid_to is None or day <= self.valid_to)


@dataclass(frozen=True, slots=True)
class Facts:
    """Everything a placeholder can refer to."""

    facts: Mapping[str, tuple[Fact, ...]]
    corporation: Mapping[str, str]

    @classmethod
    def load(cls, facts: Path, corporation: Path) -> Facts:
        """Read ``data/facts.yml`` and ``corporation.yml``.

        Raises:
            YamlBroken: a fact without a needed part, with file and line.
        """
        source = read(facts)
        return cls(
            {str(name): tuple(_periods(source, str(name))) for name in source.data},
            dict(_flat(read(corporation).data)),
        )

    @property
    def names(self) -> frozenset[str]:
        """All names that may stand in ``[[...]]``."""
        return frozenset(FACTS + name for name in self.facts) | frozenset(
            CORPORATION + name for name in self.corporation
        )

    def render(self, text: str, on: date) -> str:
        """Fill in all places in a text, with what holds on this day.

        Raises:
            UnknownPlaceholder: a name that does not exist.
            FactExpired: a fact without a value on this day.
        """
        return fill(text, lambda name: self._value(name, on))

    def render_corporation(self, text: str) -> str:
        """Fill in the settings of the corporation only; they have no last day.

        Raises:
            UnknownPlaceholder: anything else stands in the text.
        """
        return fill(text, self._setting)

    def _value(self, name: str, on: date) -> str:
        if not name.startswith(FACTS):
            return self._setting(name)
        periods = self.facts.get(name.removeprefix(FACTS))
        if periods is None:
            raise UnknownPlaceholder(name)
        for fact in periods:
            if fact.holds_on(on):
                return fact.value
        raise FactExpired(name, on)

    def _setting(self, name: str) -> str:
        value = self.corporation.get(name.removeprefix(CORPORATION))
        if value is None or not name.startswith(CORPORATION):
            raise UnknownPlaceholder(name)
        return value


def _periods(source: LinedYaml, name: str) -> Iterator[Fact]:
    raw = source.data[name]
    entries = raw if isinstance(raw, list) else [raw]
    for number, entry in enumerate(entries):
        where = (name, number) if isinstance(raw, list) else (name,)
        line = source.line_of(*where)
        if not isinstance(entry, Mapping):
            raise YamlBroken(source.file, line, f"{name} must have value, unit, valid_from, ...")
        for part in ("value", "unit", "valid_from", "source", "verified"):
            if entry.get(part) is None:
                raise YamlBroken(source.file, line, f"{name}: {part} is missing")
        first, last = entry["valid_from"], entry.get("valid_to")
        if not isinstance(first, date) or not (last is None or isinstance(last, date)):
            raise YamlBroken(source.file, line, f"{name}: valid_from and valid_to are dates")
        yield Fact(
            name,
            _in_dutch(entry["value"]),
            str(entry["unit"]),
            first,
            last,
            str(entry["source"]),
            bool(entry["verified"]),
            line,
        )


def _in_dutch(value: object) -> str:
    """A number as a Dutch reader expects it: 4.1 is 4,1 and 38479 is 38.479."""
    if isinstance(value, bool) or not isinstance(value, int | float):
        return str(value)
    return f"{value:,}".translate(_DUTCH_MARKS)


def _flat(data: object, prefix: str = "") -> Iterator[tuple[str, str]]:
    """Settings by dotted name; lists are no text and are left out."""
    if isinstance(data, Mapping):
        for name, value in data.items():
            yield from _flat(value, f"{prefix}.{name}" if prefix else str(name))
    elif prefix and isinstance(data, str | int | float | date):
        yield prefix, _in_dutch(data)
