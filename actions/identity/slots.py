"""The names of the slots of identity, and how its questions can end."""

from __future__ import annotations

from enum import StrEnum
from typing import Protocol, runtime_checkable

from rasa_sdk.events import EventType
from rasa_sdk.executor import CollectingDispatcher
from rasa_sdk.interfaces import Tracker

FORM, DONE = "identify_form", "action_identify_done"
LEVEL, FOR, WAY = "identify_level", "identify_for", "identify_way"
POSTCODE, NUMBER, BIRTH_DATE = "identify_address", "identify_number", "identify_birth_date"
CODE = "identify_code"
"""Only asked, never filled: a code is not kept."""
OUTCOME, MISSED, ASKED_WHY, LINK = (
    "identify_outcome", "identify_missed", "identify_why", "identify_link",
)  # fmt: skip
QUESTIONS = (WAY, POSTCODE, NUMBER, BIRTH_DATE, CODE)
SLOTS = (*QUESTIONS, LEVEL, FOR, OUTCOME, MISSED, ASKED_WHY, LINK)
REQUESTED = "requested_slot"
LISTEN = "action_listen"


class Way(StrEnum):
    CLAIM = "claim"
    NUMBER = "number"


class Ending(StrEnum):
    """How the questions of identity ended."""

    GIVEN = "given"
    STOPPED = "stopped"
    REFUSED = "refused"
    PERSON = "person"
    """The tenant asked for one."""
    FAILED = "failed"
    """Too often wrong."""
    MISSED = "missed"
    """Our questions were not understood."""
    NO_WAY = "no_way"
    DOWN = "down"
    THIRD_PARTY = "third_party"


@runtime_checkable
class Unfinished(Protocol):
    """An action that has something half done, which must not lie there for a later question."""

    def given_up(
        self, dispatcher: CollectingDispatcher, tracker: Tracker, ending: Ending
    ) -> list[EventType]:
        """Puts it away, and shows staff what was told when a person goes on."""
        ...


GOES_ON = frozenset({Ending.GIVEN, Ending.REFUSED})
"""After these the action that asked runs again."""
