"""Reads an answer to a question of identity. Pure."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from functools import lru_cache
from pathlib import Path

import yaml

from actions.dutch_address import find_address
from actions.dutch_birth_date import find_birth_date
from actions.dutch_numbers import number_of
from actions.dutch_phone import digits_in_words
from actions.dutch_spoken_address import as_typed
from actions.identity.slots import BIRTH_DATE, CODE, NUMBER, POSTCODE, WAY, Way
from actions.wording import Phrase, is_just, says, words_of

_FILE = Path(__file__).resolve().parents[2] / "data" / "identity_words.yml"
_NUMBER = re.compile(r"(?<!\d)(\d{1,5})[\s/-]?([a-z]{1,3}|\d{1,4})?(?!\w)", re.IGNORECASE)
_CODE = re.compile(r"(?<!\d)\d(?:[\s.-]?\d){3,7}(?!\d)")
_FEW = 6


class Wish(StrEnum):
    """What the tenant wants other than to answer."""

    STOP = "stop"
    PERSON = "person"
    REFUSE = "refuse"
    WHY = "why"
    NO_CODE = "no_code"
    AGAIN = "again"


@dataclass(frozen=True, slots=True)
class Heard:
    """``slots`` that were told; ``code`` digits when one was asked; ``impossible`` a date."""

    slots: Mapping[str, str]
    wish: Wish | None = None
    code: str = ""
    impossible: bool = False

    @property
    def nothing(self) -> bool:
        return not (self.slots or self.wish or self.code or self.impossible)


def hear(text: str, requested: str, today: date) -> Heard:
    """Everything this message tells. ``requested`` is the question that was asked, or empty."""
    wish = _wish(text, requested) if requested else None
    if requested == CODE and wish is None:
        return Heard({}, code=_code(text))
    slots, impossible = _told(text, requested, today) if wish is None else ({}, False)
    return Heard(slots, wish, "", impossible)


def _told(text: str, requested: str, today: date) -> tuple[dict[str, str], bool]:
    slots: dict[str, str] = {}
    if requested == WAY:
        way = _way(text)
        slots |= {WAY: way} if way else {}
    typed = find_address(text)
    address = typed
    if typed is None and requested in (POSTCODE, NUMBER):
        address = find_address(as_typed(text))
    if address:
        slots[POSTCODE] = address.postcode
        if address.number:
            slots[NUMBER] = f"{address.number}{address.addition.removeprefix('-')}"
    elif requested == NUMBER:
        found = _NUMBER.search(text) or _NUMBER.search(_in_digits(text))
        slots |= {NUMBER: f"{found[1]}{(found[2] or '').upper()}"} if found else {}
    # The digits of an address that was spoken are no date.
    asked = requested in ("", POSTCODE, BIRTH_DATE) and address is typed
    born = find_birth_date(text, today) if asked else None
    if born and born.day:
        slots[BIRTH_DATE] = born.day.isoformat()
    return slots, bool(born and born.day is None and requested == BIRTH_DATE)


def _in_digits(text: str) -> str:
    numbers = {word: number_of(word) for word in words_of(text)}
    return " ".join(word if n is None else str(n) for word, n in numbers.items())


def _way(text: str) -> str | None:
    spoken = words_of(text)
    if is_just(_words()["no"], spoken, spare=3):
        return Way.CLAIM
    return Way.NUMBER if is_just(_words()["yes"], spoken, spare=3) else None


def _code(text: str) -> str:
    found = _CODE.search(digits_in_words(text)) or _CODE.search(text)
    return re.sub(r"\D", "", found.group()) if found else ""


def _wish(text: str, requested: str) -> Wish | None:
    spoken, words = words_of(text), _words()
    if is_just(words["stop"], spoken, spare=2):
        return Wish.STOP
    if says(words["person"], spoken) and len(spoken) <= _FEW * 2:
        return Wish.PERSON
    if requested == CODE:
        for wish in (Wish.NO_CODE, Wish.AGAIN):
            if says(words[wish], spoken):
                return wish
    if says(words["why"], spoken) and not find_address(text):
        return Wish.WHY
    if requested != WAY and says(words["refuse"], spoken):
        return Wish.REFUSE
    return None


def on_a_number(channel: str | None) -> bool:
    """Whether the tenant writes or calls from a phone number on this channel."""
    return channel in _raw()["number_channels"]


@lru_cache(maxsize=1)
def _raw() -> dict[str, list[str]]:
    raw: dict[str, list[str]] = yaml.safe_load(_FILE.read_text(encoding="utf-8"))
    return raw


@lru_cache(maxsize=1)
def _words() -> dict[str, tuple[Phrase, ...]]:
    return {
        name: tuple(Phrase.read(str(word)) for word in words)
        for name, words in _raw().items()
        if isinstance(words, list)
    }
