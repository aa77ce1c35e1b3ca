"""What holds now: the shipped content with the approved edits over it.

The hub reads words, hours, promises and facts through the values made here. They look at the
approved edits at each reading, so an approval needs no restart, and Rasa is not touched: it sends
the shipped text of an answer, and the approved one takes its place before facts are filled in.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Set
from dataclasses import dataclass, field, replace
from datetime import date
from typing import TypeVar

from bot.facts import Facts
from bot.texts import Texts
from handoff.counter import Counter
from handoff.editing.catalogue import OFFICE, Catalogue, Kind, Shipped
from handoff.editing.week import read_week
from handoff.hours import OpeningHours
from handoff.ledger.edits import Edit, Subject
from handoff.policy import Service, Words

K = TypeVar("K")
V = TypeVar("V")


@dataclass(repr=False)
class Overlay:
    """The approved edits in memory; the database is the truth."""

    catalogue: Catalogue
    in_force: dict[Subject, Edit] = field(default_factory=dict)
    _answers: dict[str, str] = field(default_factory=dict)
    _hours: OpeningHours | None = None
    _hours_text: str = ""

    def load(self, edits: Iterable[Edit]) -> None:
        """Take these as the approved ones; what is no subject any more has no effect."""
        self.in_force = {e.subject: e for e in edits if e.subject in self.catalogue}
        self._answers = {
            self.catalogue[subject].text.strip(): edit.after
            for subject, edit in self.in_force.items()
            if subject.kind == Kind.ANSWER
        }
        office = self.in_force.get(Subject(Kind.HOURS, OFFICE))
        week = read_week(office.after) if office else None
        self._hours, self._hours_text = (week.hours, week.in_words) if week else (None, "")

    def text_of(self, shipped: Shipped) -> str:
        edit = self.in_force.get(shipped.subject)
        return edit.after if edit else shipped.text

    def version(self, subject: Subject) -> str:
        edit = self.in_force.get(subject)
        return edit.id if edit else ""

    def answer(self, text: str) -> str:
        """The approved text in place of this shipped one; any other text as it is."""
        return self._answers.get(text.strip(), text)

    def words_of(self, key: str) -> str | None:
        edit = self.in_force.get(Subject(Kind.TEXT, key))
        return edit.after if edit else None

    def hours(self, shipped: OpeningHours) -> OpeningHours:
        return self._hours or shipped

    def minutes(self, shipped: Mapping[str, int]) -> Mapping[str, int]:
        edits = {q: self.in_force.get(Subject(Kind.PROMISE, q)) for q in shipped}
        return {q: int(e.after) if (e := edits[q]) else count for q, count in shipped.items()}

    def settings(self, shipped: Mapping[str, str]) -> Mapping[str, str]:
        return {**shipped, "opening_hours_text": self._hours_text} if self._hours else shipped


class Current(Mapping[K, V]):
    """A mapping that is looked up anew at each reading."""

    def __init__(self, now: Callable[[], Mapping[K, V]]) -> None:
        self._now = now

    def __getitem__(self, key: K) -> V:
        return self._now()[key]

    def __iter__(self) -> Iterator[K]:
        return iter(self._now())

    def __len__(self) -> int:
        return len(self._now())


class CurrentDays(Set[date]):
    """Days that are looked up anew at each reading."""

    def __init__(self, now: Callable[[], Set[date]]) -> None:
        self._now = now

    def __contains__(self, day: object) -> bool:
        return day in self._now()

    def __iter__(self) -> Iterator[date]:
        return iter(self._now())

    def __len__(self) -> int:
        return len(self._now())


@dataclass(frozen=True, slots=True)
class EditedFacts(Facts):
    """Facts that put an approved answer in the place of the shipped one, then fill it in."""

    answer: Callable[[str], str] = str

    def render(self, text: str, on: date) -> str:
        return Facts.render(self, self.answer(text), on)


@dataclass(frozen=True, slots=True)
class EditedWords:
    """The hub's own words, with approved edits in their places."""

    shipped: Words
    edited: Callable[[str], str | None]
    fill: Callable[[str], str]

    def text(self, key: str, **values: object) -> str:
        own = self.edited(key)
        if own is None:
            return self.shipped.text(key, **values)
        return Texts({key: self.fill(own)}).text(key, **values)

    def __contains__(self, key: object) -> bool:
        return key in self.shipped


def edited_facts(facts: Facts, overlay: Overlay) -> EditedFacts:
    settings = Current(lambda: overlay.settings(facts.corporation))
    return EditedFacts(facts.facts, settings, overlay.answer)


def edited_counter(counter: Counter, facts: Facts, overlay: Overlay) -> Counter:
    """``facts`` fills the settings in words that were edited."""
    hours, minutes = counter.service.hours, counter.service.minutes
    service = Service(
        OpeningHours(
            Current(lambda: overlay.hours(hours).blocks),
            CurrentDays(lambda: overlay.hours(hours).closed_on),
        ),
        Current(lambda: overlay.minutes(minutes)),
    )
    words = EditedWords(counter.words, overlay.words_of, facts.render_corporation)
    return replace(counter, words=words, service=service)
