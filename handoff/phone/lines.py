"""The phone lines among the channels that are on, put together with the hub."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Protocol

from fastapi import APIRouter

from bot.port import Assistant
from channels.port import Channel
from handoff.clock import Clock
from handoff.counter import Counter
from handoff.hints import Hints
from handoff.inbox import Inbox, Understand
from handoff.ledger import Store
from handoff.phone.call import Line
from handoff.phone.call_log import CallLog
from handoff.phone.routes import router
from handoff.phone.speech import Speech, load_repeats
from handoff.phone.spoken_assistant import SpokenAssistant
from handoff.phone.telephone import Telephone


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
        log = CallLog(telephone.name, hub.store, hub.counter, hub.clock, hub.hints)
        titles = [topic.title for topic in hub.counter.catalogue.values() if topic.offered]
        speech = Speech(telephone, hub.counter, load_repeats())
        line = Line(telephone, hub.inbox, log, speech, understand, hub.clock, titles)
        yield router(line, public_base_url)


def spoken_on(assistant: Assistant, channels: Mapping[str, Channel]) -> Assistant:
    """The assistant, with spoken answers on the phone lines that are on."""
    lines = frozenset(telephone.name for telephone in _telephones(channels))
    return SpokenAssistant(assistant, lines) if lines else assistant


def _telephones(channels: Mapping[str, Channel]) -> Iterator[Telephone]:
    for channel in channels.values():
        if isinstance(channel, Telephone):
            yield channel
