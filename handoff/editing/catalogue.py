"""What can be edited, with the text that shipped. Pure.

Not here, so only by file: everything about danger, and answers into which the assistant puts
words of the tenant (``{slot}``), because those are not the same text twice.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from itertools import groupby

from bot.canned_replies import WrittenReply
from bot.signals import EscalationReason
from bot.topic import Topic
from handoff.ledger.edits import Subject

_PLACE = re.compile(r"\{([a-z_]+)\}")
# Danger, and what is for staff or for machines.
_ONLY_BY_FILE = re.compile(r"^(urgent|safety|safe_|danger|error_|briefing_)|112|113|emergency")
OFFICE = "office"


class Kind(StrEnum):
    ANSWER = "answer"
    TEXT = "text"
    CANNED = "canned"
    HOURS = "hours"
    PROMISE = "promise"


@dataclass(frozen=True, slots=True)
class Shipped:
    """One thing to edit. ``places`` are the ``{names}`` that may stand in it."""

    subject: Subject
    title: str
    group: str
    text: str
    places: frozenset[str] = frozenset()
    spoken: bool = False

    @property
    def kind(self) -> Kind:
        return Kind(self.subject.kind)


Catalogue = Mapping[Subject, Shipped]


def answers(topics: Mapping[str, Topic]) -> Iterator[Shipped]:
    """Every variation of every answer of the topics that are no danger."""
    for topic in topics.values():
        if topic.urgent or topic.reason is EscalationReason.URGENT:
            continue
        for response, variations in groupby(topic.said, lambda said: said.response):
            for number, said in enumerate(variations):
                if not said.text.strip() or "{" in said.text:
                    continue
                subject = Subject(Kind.ANSWER, f"{topic.name}:{response}:{number}")
                spoken = said.channel is not None
                yield Shipped(subject, topic.title, topic.group, said.text, frozenset(), spoken)


def texts(by_key: Mapping[str, str]) -> Iterator[Shipped]:
    """The hub's own words that tenants read. ``by_key``: settings not filled in."""
    for key, text in by_key.items():
        if not _ONLY_BY_FILE.search(f"{key} {text}") and " " in text.strip():
            yield Shipped(Subject(Kind.TEXT, key), key, "", text, places_of(text))


def canned(replies: Iterable[WrittenReply]) -> Iterator[Shipped]:
    known = frozenset(
        {"reference", "agent_name", "corporation_name", "promise_time", "opening_hours"}
    )
    for one in replies:
        subject = Subject(Kind.CANNED, one.key)
        places = known | places_of(one.text)
        yield Shipped(subject, one.title, one.queue or "", one.text, places)


def promises(minutes: Mapping[str, int], label: Callable[[str], str]) -> Iterator[Shipped]:
    """Minutes to a person's first word, per queue; ``label`` is what staff call a queue."""
    for queue, count in minutes.items():
        name = label(queue)
        yield Shipped(Subject(Kind.PROMISE, queue), name, name, str(count))


def office(text: str) -> Shipped:
    return Shipped(Subject(Kind.HOURS, OFFICE), OFFICE, "", text)


def places_of(text: str) -> frozenset[str]:
    return frozenset(_PLACE.findall(text))
