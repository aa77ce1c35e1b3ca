"""Which addresses may be the same person: a phone number is one, however a channel writes it."""

from __future__ import annotations

import re
from dataclasses import dataclass

_PREFIX = re.compile(r"^(whatsapp|sms|tel|phone):", re.IGNORECASE)
_DRESSING = re.compile(r"[\s().\-]")
_NUMBER = re.compile(r"\+[1-9]\d{7,14}")
_COUNTRY = "+31"
_WITH_NUMBERS = frozenset({"sms", "whatsapp", "phone", "voice"})
"""Channels whose address is the number of who writes. Elsewhere digits are something else."""


@dataclass(frozen=True, slots=True)
class Address:
    """Where one tenant is reached on one channel."""

    channel: str
    address: str


def phone_of(at: Address) -> str | None:
    """The number as ``+316...``; None when there is none in it, as with a hidden caller."""
    if at.channel not in _WITH_NUMBERS:
        return None
    bare = _DRESSING.sub("", _PREFIX.sub("", at.address.strip()))
    if bare.startswith("00"):
        bare = f"+{bare[2:]}"
    elif bare.startswith("0"):
        bare = f"{_COUNTRY}{bare[1:]}"
    elif bare.startswith("31") and len(bare) == 11:
        bare = f"+{bare}"
    return bare if _NUMBER.fullmatch(bare) else None


def spellings_of(number: str) -> tuple[str, ...]:
    """How channels write this number in an address."""
    national = (f"0{number.removeprefix(_COUNTRY)}",) if number.startswith(_COUNTRY) else ()
    plain = (number, number[1:], f"00{number[1:]}", *national)
    return (*plain, f"whatsapp:{number}", f"sms:{number}", f"tel:{number}")
