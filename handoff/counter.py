"""This corporation's counter: its words, promises and topics, and how it says a moment in time."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta

from handoff.clock import AMSTERDAM
from handoff.language_lines import LanguageLines
from handoff.model import Author, AuthorKind, Draft, MessageKind, State
from handoff.policy import Catalogue, Service, Words


@dataclass(frozen=True, slots=True)
class Danger:
    """An urgent kind and its place among all who wait; higher comes first."""

    kind: str
    priority: int


@dataclass(frozen=True, slots=True, repr=False)
class Counter:
    """What the desk needs to know of this corporation: words, promises, topics, new ids."""

    words: Words
    service: Service
    catalogue: Catalogue
    new_id: Callable[[], str]
    lines: LanguageLines
    """What tenants who write another language read in it."""
    first_choices: tuple[str, ...] = ()
    """Topics offered as quick replies with the greeting."""
    urgent_labels: Mapping[str, str] = field(default_factory=dict)
    """What staff read for each urgent kind."""
    dangers: Mapping[str, Danger] = field(default_factory=dict)
    """What a topic of danger means for who comes first."""

    @property
    def bot(self) -> Author:
        return Author(AuthorKind.BOT, self.words.text("name_bot"))

    @property
    def system(self) -> Author:
        return Author(AuthorKind.SYSTEM, self.words.text("name_system"))

    @property
    def tenant(self) -> Author:
        return Author(AuthorKind.TENANT, self.words.text("name_tenant"))


def say_when(due: datetime, now: datetime, words: Words) -> str:
    """A moment as a person says it: "vandaag voor 11:00", "maandag 30 november voor 09:00"."""
    local, today = due.astimezone(AMSTERDAM), now.astimezone(AMSTERDAM).date()
    clock = f"{local:%H:%M}"
    if local.date() == today:
        return words.text("when_today", clock=clock)
    if local.date() == today + timedelta(days=1):
        return words.text("when_tomorrow", clock=clock)
    weekday = words.text(f"weekday_{local.weekday()}")
    month = words.text(f"month_{local.month}")
    return words.text("when_day", weekday=weekday, day=local.day, month=month, clock=clock)


def block_words(opens: datetime, closes: datetime, today: date, words: Words) -> str:
    """A stretch of a day, both ends in local time: "morgen tussen 10.00 en 12.00 uur"."""
    span = {"opens": f"{opens:%H.%M}", "closes": f"{closes:%H.%M}"}
    if opens.date() == today:
        return words.text("block_today", **span)
    if opens.date() == today + timedelta(days=1):
        return words.text("block_tomorrow", **span)
    weekday = words.text(f"weekday_{opens.weekday()}")
    month = words.text(f"month_{opens.month}")
    return words.text("block_day", weekday=weekday, day=opens.day, month=month, **span)


def event(counter: Counter, key: str, state: State) -> Draft:
    return event_text(counter, counter.words.text(key), state)


def event_text(counter: Counter, text: str, state: State) -> Draft:
    return Draft(counter.system, text, MessageKind.EVENT, state=state)
