"""Twilio's error codes, as data: what to do about each, and a key for the words of staff.

They come with a refused call and in status callbacks. Words: https://www.twilio.com/docs/api/errors
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from channels.port import DeliveryResult


class Reaction(StrEnum):
    """What an error code asks of us."""

    REJECTED = "rejected"
    """This message to this address will never work."""
    UNCERTAIN = "uncertain"
    """It may work later, or it may have arrived."""
    BACK_OFF = "back_off"
    """Too fast: it was not taken, later it will be."""


@dataclass(frozen=True, slots=True)
class Meaning:
    """``key`` is short and stable; the words for it are elsewhere."""

    reaction: Reaction
    key: str


_NO, _PERHAPS, _LATER = Reaction.REJECTED, Reaction.UNCERTAIN, Reaction.BACK_OFF

CODES: Mapping[int, Meaning] = {
    20003: Meaning(_NO, "wrong_credentials"),
    20404: Meaning(_NO, "unknown_resource"),
    20429: Meaning(_LATER, "too_many_calls"),
    20500: Meaning(_PERHAPS, "provider_failed"),
    20503: Meaning(_PERHAPS, "provider_failed"),
    21211: Meaning(_NO, "invalid_number"),
    21408: Meaning(_NO, "country_not_allowed"),
    21602: Meaning(_NO, "empty_message"),
    21606: Meaning(_NO, "sender_cannot_send"),
    21609: Meaning(_NO, "callback_not_taken"),
    21610: Meaning(_NO, "opted_out"),
    21611: Meaning(_LATER, "queue_full"),
    21612: Meaning(_NO, "no_route"),
    21614: Meaning(_NO, "not_a_mobile"),
    21617: Meaning(_NO, "message_too_long"),
    30001: Meaning(_LATER, "queue_full"),
    30002: Meaning(_NO, "account_suspended"),
    30003: Meaning(_PERHAPS, "handset_unreachable"),
    30004: Meaning(_NO, "blocked"),
    30005: Meaning(_NO, "unknown_number"),
    30006: Meaning(_NO, "not_a_mobile"),
    30007: Meaning(_NO, "filtered_by_carrier"),
    30008: Meaning(_PERHAPS, "unknown_error"),
    30036: Meaning(_NO, "expired"),
    63003: Meaning(_NO, "not_on_whatsapp"),
    63007: Meaning(_NO, "sender_cannot_send"),
    63014: Meaning(_NO, "opted_out"),
    63016: Meaning(_NO, "outside_window"),
    63017: Meaning(_LATER, "too_many_messages"),
    63018: Meaning(_LATER, "too_many_messages"),
    63019: Meaning(_NO, "media_not_taken"),
    63021: Meaning(_NO, "invalid_content"),
    63024: Meaning(_NO, "not_on_whatsapp"),
    63030: Meaning(_NO, "invalid_content"),
    63038: Meaning(_LATER, "daily_limit"),
}

OUTSIDE_WINDOW = 63016
UNWANTED = frozenset({21610, 63014})
"""The tenant said STOP to the provider itself; nothing goes there until he takes it back."""
OUT_OF_REACH = "out of reach"
"""The detail of a call that never got as far as a connection."""
_CODE_IN = re.compile(r"(?:twilio )?(\d{1,9})")
_FIRST_SERVER_ERROR, _LAST_SERVER_ERROR = 500, 599
_TOO_MANY, _TIMED_OUT, _TOO_EARLY = 429, 408, 425


def result_of(status: int, code: int | None) -> DeliveryResult:
    """What a refused call means. A code we do not know is as final as its HTTP status."""
    if status >= _FIRST_SERVER_ERROR or status in (_TIMED_OUT, _TOO_EARLY):
        return DeliveryResult.UNCERTAIN
    meaning = CODES.get(code) if code is not None else None
    if status == _TOO_MANY or (meaning and meaning.reaction is Reaction.BACK_OFF):
        return DeliveryResult.LATER
    if meaning and meaning.reaction is Reaction.UNCERTAIN:
        return DeliveryResult.UNCERTAIN
    return DeliveryResult.REJECTED


def reason(detail: str) -> str:
    """The key for staff of a refusal's detail or a callback's code; "" when we do not know it."""
    if detail == OUT_OF_REACH:
        return "provider_failed"
    found = _CODE_IN.fullmatch(detail)
    number = int(found.group(1)) if found else 0
    if _FIRST_SERVER_ERROR <= number <= _LAST_SERVER_ERROR:
        return "provider_failed"
    meaning = CODES.get(number)
    return meaning.key if meaning else ""
