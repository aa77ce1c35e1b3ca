"""What a topic is: its names, who takes over and when, what it says and what it learns from."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from pathlib import Path

from bot.signals import EscalationReason

QUEUES = frozenset({"huur", "reparaties", "leefbaarheid", "verhuur", "klachten", "spoed"})
LONGEST_TITLE = 40


class Handoff(StrEnum):
    """When a person comes in: never by itself, as an offered choice, or after every answer."""

    NEVER = "never"
    OFFER = "offer"
    ALWAYS = "always"


class Kind(StrEnum):
    TENANT = "tenant"
    SMALLTALK = "smalltalk"
    REFERRAL = "referral"
    OUT_OF_SCOPE = "out_of_scope"
    SYSTEM = "system"


@dataclass(frozen=True, slots=True)
class Button:
    title: str
    payload: str
    line: int

    @property
    def intent(self) -> str:
        return self.payload.removeprefix("/").partition("{")[0]


@dataclass(frozen=True, slots=True)
class Said:
    """One variation of one response, as the file words it (placeholders not filled in)."""

    response: str
    text: str
    channel: str | None
    buttons: tuple[Button, ...]
    line: int


@dataclass(frozen=True, slots=True)
class Example:
    """``writer`` tells texts of one hand from those of another; ``language`` is ``nl`` or
    ``other`` (one of the six that tenants also write in)."""

    intent: str
    text: str
    line: int
    writer: str = ""
    language: str = "nl"


@dataclass(frozen=True, slots=True)
class Topic:
    """One subject the assistant knows. ``name`` is the intent and the file name."""

    name: str
    title: str
    group: str
    kind: Kind
    queue: str
    handoff: Handoff
    reason: EscalationReason
    intents: tuple[str, ...] = ()
    needs: tuple[str, ...] = ()
    owner: str = ""
    sources: tuple[str, ...] = ()
    reviewed: date | None = None
    urgent: bool = False
    said: tuple[Said, ...] = ()
    examples: tuple[Example, ...] = ()
    file: Path = Path()

    @property
    def offered(self) -> bool:
        """Whether this may be one of the choices when the assistant asks back."""
        return self.kind in (Kind.TENANT, Kind.REFERRAL)


class TopicBroken(ValueError):
    """A topic file that cannot be used. The message starts with file and line."""

    def __init__(self, file: Path, line: int, what: str) -> None:
        super().__init__(f"{file}:{line}: {what}")
        self.file, self.line, self.what = file, line, what
