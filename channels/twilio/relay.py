"""Twilio's ConversationRelay: the messages of its WebSocket, read and written. Pure.

Twilio listens and speaks; text goes over the line. Every word that is spoken comes from outside.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any, Final

from channels.port import NotUnderstood

LANGUAGE: Final = "nl-NL"
_ID = re.compile(r"[!-~]{1,100}")
_LONGEST = 10_000
"""Characters of one prompt that are read."""


class FrameKind(StrEnum):
    """What a message tells."""

    SETUP = "setup"
    WORDS = "words"
    KEY = "key"
    INTERRUPTED = "interrupted"
    TROUBLE = "trouble"
    OTHER = "other"


@dataclass(frozen=True, slots=True)
class Frame:
    """One message of Twilio's; which values count depends on ``kind``."""

    kind: FrameKind
    text: str = ""
    call: str = ""
    account: str = ""
    number: str = ""


def read_frame(message: str) -> Frame:
    """What a message says. A kind that we do not know, or half a sentence, is OTHER.

    Raises:
        NotUnderstood: it is no JSON object, or a value in it is not what it must be.
    """
    try:
        told = json.loads(message)
    except (ValueError, RecursionError) as wrong:
        raise NotUnderstood("a message must be JSON") from wrong
    if not isinstance(told, dict):
        raise NotUnderstood("a message must be a JSON object")
    match told.get("type"):
        case "setup":
            return Frame(
                FrameKind.SETUP,
                call=_id(told, "callSid"),
                account=_id(told, "accountSid"),
                number=_text(told, "from"),
            )
        case "prompt":
            if told.get("last") is False:
                return Frame(FrameKind.OTHER)
            return Frame(FrameKind.WORDS, _text(told, "voicePrompt")[:_LONGEST].strip())
        case "dtmf":
            return Frame(FrameKind.KEY, _text(told, "digit"))
        case "interrupt":
            return Frame(FrameKind.INTERRUPTED, _text(told, "utteranceUntilInterrupt"))
        case "error":
            return Frame(FrameKind.TROUBLE, _text(told, "description"))
    return Frame(FrameKind.OTHER)


def speak(said: Sequence[str], more_comes: bool) -> Sequence[str]:
    """One token a sentence group; the last one says that the caller may answer now."""
    lines = [line for one in said if (line := " ".join(one.split()))]
    last = len(lines) - 1
    return [
        _json({"type": "text", "token": f"{line} ", "last": no == last and not more_comes})
        for no, line in enumerate(lines)
    ]


def leave(handed: str) -> str:
    """End the session; Twilio posts ``handed`` as HandoffData to the action."""
    return _json({"type": "end", "handoffData": handed})


def _json(message: Mapping[str, object]) -> str:
    return json.dumps(message, ensure_ascii=False)


def _text(told: Mapping[str, Any], name: str) -> str:
    value = told.get(name, "")
    if not isinstance(value, str):
        raise NotUnderstood(f"{name} must be text")
    return value


def _id(told: Mapping[str, Any], name: str) -> str:
    value = _text(told, name)
    if not _ID.fullmatch(value):
        raise NotUnderstood(f"{name} must be 1 to 100 printable ASCII characters")
    return value
