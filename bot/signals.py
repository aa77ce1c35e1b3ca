"""The words that cross Rasa: what an action or a rule may tell the hub beside its text.

A signal travels in-band, as the ``custom`` part of an ordinary Rasa message
(``{"signal": "escalate", ...}``), so it cannot race with the reply it belongs to (ADR 0003).
This module is imported by actions and by the hub; it knows the standard library only.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

SECOND_READER = "+second-reader"
"""Stands behind the name of the model of a turn that the second reader decided."""


class EscalationReason(StrEnum):
    """Why a person is asked. The Dutch label of each value is in ``data/texts.yml``."""

    ASKED = "asked"
    NOT_UNDERSTOOD = "not_understood"
    GOING_IN_CIRCLES = "going_in_circles"
    URGENT = "urgent"
    SENSITIVE = "sensitive"
    POLICY = "policy"
    THIRD_PARTY = "third_party"
    BACKOFFICE_DOWN = "backoffice_down"
    BOT_SILENT = "bot_silent"
    BOT_ERROR = "bot_error"


@dataclass(frozen=True, slots=True)
class Escalate:
    """A person must take over. ``queue`` is None when the topic's own queue is right.

    ``first``: somebody at home is ill, very young, old or not mobile; they go before others.
    """

    reason: EscalationReason
    note: str = ""
    queue: str | None = None
    first: bool = False


@dataclass(frozen=True, slots=True)
class NotSure:
    """The assistant did not understand well enough to answer: ask back or hand over."""


@dataclass(frozen=True, slots=True)
class FormFilled:
    """A form is complete; its fields, by slot name, belong in the briefing."""

    form: str
    fields: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class CaseOpened:
    """The back office made a repair request or a case with this reference."""

    reference: str


@dataclass(frozen=True, slots=True)
class Done:
    """The action ended well. A rule without any other signal needs none."""


Signal = Escalate | NotSure | FormFilled | CaseOpened | Done


class UnknownSignal(ValueError):
    """The ``custom`` part of a message is not one of our signals."""


def to_custom(signal: Signal) -> dict[str, object]:
    """Write a signal as the ``custom`` payload of a Rasa message."""
    match signal:
        case Escalate(reason, note, queue, first):
            told = {"reason": reason.value, "note": note, "queue": queue, "first": first}
            return {"signal": "escalate", **told}
        case NotSure():
            return {"signal": "not_sure"}
        case FormFilled(form, fields):
            return {"signal": "form_filled", "form": form, "fields": dict(fields)}
        case CaseOpened(reference):
            return {"signal": "case_opened", "reference": reference}
        case Done():
            return {"signal": "done"}


def from_custom(custom: Mapping[str, object]) -> Signal:
    """Read a signal back.

    Raises:
        UnknownSignal: the payload is not one we know, or a part of it is missing.
    """
    name = custom.get("signal")
    try:
        if name == "escalate":
            queue = custom.get("queue")
            return Escalate(
                EscalationReason(str(custom["reason"])),
                str(custom.get("note") or ""),
                str(queue) if queue else None,
                custom.get("first") is True,
            )
        if name == "not_sure":
            return NotSure()
        if name == "form_filled":
            fields = custom["fields"]
            if not isinstance(fields, Mapping):
                raise UnknownSignal(f"form_filled without fields: {custom!r}")
            return FormFilled(
                str(custom["form"]), tuple((str(k), str(v)) for k, v in fields.items())
            )
        if name == "case_opened":
            return CaseOpened(str(custom["reference"]))
        if name == "done":
            return Done()
    except (KeyError, ValueError) as wrong:
        raise UnknownSignal(f"not a signal: {custom!r}") from wrong
    raise UnknownSignal(f"not a signal: {custom!r}")
