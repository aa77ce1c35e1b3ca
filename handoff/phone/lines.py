"""The phone lines among the channels that are on, put together with the hub."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Protocol

from fastapi import APIRouter

from bot.port import Assistant
from channels.port import Channel
from handoff.clock import Clock
from handoff.counter import Counter
from handoff.hints import Hints
from handoff.inbox import Inbox, Understand
from handoff.ledger import Store
from handoff.memory import yes_no
from handoff.memory.phrases import Phrases
from handoff.phone.afterwards import TEXTS, Afterwards
from handoff.phone.call_log import CallLog
from handoff.phone.hint_book import load_hints
from handoff.phone.line import Line
from handoff.phone.routes import router
from handoff.phone.speech import Speech, load_phrases
from handoff.phone.spoken_assistant import SpokenAssistant
from handoff.phone.spoken_dutch import spoken_dutch
from handoff.phone.stream_routes import stream_router
from handoff.phone.telephone import Telephone

_DATA = Path(__file__).resolve().parents[2] / "data"


class Hub(Protocol):
    """What a phone line needs of the product."""

    @property
    def channels(self) -> Mapping[str, Channel]: ...

    @property
    def inbox(self) -> Inbox: ...

    @property
    def store(self) -> Store: ...

    @property
    def counter(self) -> Counter: ...

    @property
    def clock(self) -> Clock: ...

    @property
    def hints(self) -> Hints: ...


def phone_routers(hub: Hub, understand: Understand, public_base_url: str) -> Iterator[APIRouter]:
    """Routes of every phone line that is on; none when none is."""
    for telephone in _telephones(hub.channels):
        line = line_for(telephone, hub, understand)
        yield router(line, public_base_url)
        if telephone.streams:
            yield stream_router(line, public_base_url)


def line_for(telephone: Telephone, hub: Hub, understand: Understand) -> Line:
    """This telephone with the parts of the hub that its calls need."""
    counter, clock, hints = hub.counter, hub.clock, hub.hints
    titles = [topic.title for topic in counter.catalogue.values() if topic.offered]
    name = telephone.name
    repeats, farewells = load_phrases("repeat"), load_phrases("goodbye")
    return Line(
        telephone,
        hub.inbox,
        CallLog(name, hub.store, counter, clock, hints),
        Afterwards(name, hub.store, counter, clock, hints, TEXTS in hub.channels),
        Speech(telephone, counter, repeats, farewells, spoken_dutch()),
        understand,
        clock,
        load_hints(titles),
        Phrases.load(_DATA / "yes_no.yml", yes_no.LISTS),
    )


def spoken_on(assistant: Assistant, channels: Mapping[str, Channel]) -> Assistant:
    """The assistant, with spoken answers on the phone lines that are on."""
    lines = frozenset(telephone.name for telephone in _telephones(channels))
    return SpokenAssistant(assistant, lines) if lines else assistant


def _telephones(channels: Mapping[str, Channel]) -> Iterator[Telephone]:
    for channel in channels.values():
        if isinstance(channel, Telephone):
            yield channel
