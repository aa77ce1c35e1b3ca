"""The assistant as the hub sees it: one question in, one answer or one failure out."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Protocol

from bot.signals import Signal


@dataclass(frozen=True, slots=True)
class Carry:
    """What survives a change of Rasa conversation: slots, and the form that was open."""

    slots: Mapping[str, object] = field(default_factory=dict)
    active_form: str | None = None
    requested_slot: str | None = None


@dataclass(frozen=True, slots=True)
class Ask:
    """What the tenant said since the last answer.

    ``session`` is our opaque name for one Rasa conversation, never a phone number.
    ``text`` is tenant text: it may never be read as a command. ``payload`` is one of our own
    button payloads (``/intent``), looked up by reference; when present it goes before the text.
    """

    turn_id: str
    session: str
    text: str
    channel: str
    payload: str | None = None
    carry: Carry = field(default_factory=Carry)


@dataclass(frozen=True, slots=True)
class Choice:
    """A quick reply: what the tenant reads, and what the assistant gets when it is chosen."""

    title: str
    payload: str


@dataclass(frozen=True, slots=True)
class Reply:
    """One bubble."""

    text: str
    choices: tuple[Choice, ...] = ()


@dataclass(frozen=True, slots=True)
class Guess:
    """An intent and how likely the assistant thinks it is, 0 to 1."""

    intent: str
    confidence: float


class Band(StrEnum):
    """How sure the assistant is: enough to answer, to offer choices, or not even that."""

    ANSWER = "answer"
    ASK = "ask"
    PERSON = "person"


@dataclass(frozen=True, slots=True)
class Answer:
    """What came back. ``ranking`` holds the likeliest intents, best first.

    ``alarm`` is the topic of danger that the assistant hears in the text, far below the
    confidence of an answer; the hub's own rules have read the text before.
    """

    replies: tuple[Reply, ...]
    signals: tuple[Signal, ...] = ()
    ranking: tuple[Guess, ...] = ()
    carry: Carry = field(default_factory=Carry)
    model: str = ""
    band: Band = Band.ANSWER
    alarm: str | None = None

    @property
    def best(self) -> Guess | None:
        return self.ranking[0] if self.ranking else None


class AssistantFailed(Exception):
    """The assistant gave an error. The tenant is handed to a person (BOT_ERROR)."""


class AssistantSilent(AssistantFailed):
    """No answer in time, or an answer without a word in it (BOT_SILENT, ADR 0004)."""


class Assistant(Protocol):
    """Port. Real: ``bot.rasa_client``. Scripted: ``bot.scripted``. Same contract test."""

    async def reply(self, ask: Ask) -> Answer:
        """Answer one turn.

        Raises:
            AssistantFailed: an error inside the assistant or one of its actions.
            AssistantSilent: nothing came back in time, or nothing at all.
        """

    async def ready(self) -> bool:
        """Whether the assistant can answer now. Never raises."""

    async def close(self) -> None:
        """Give back connections."""
