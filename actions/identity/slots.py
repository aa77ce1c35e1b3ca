"""The names of the slots of identity, and how its questions can end."""

from __future__ import annotations

from enum import StrEnum

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
