"""Yes, no, or one of our choices in words: read only as an answer to our own last message."""

from __future__ import annotations

from enum import StrEnum

from handoff.memory.phrases import Phrases, Reading
from handoff.model import Choice, Message
from handoff.policy import OTHER, is_person_payload

_NUMBERED = ("first", "second", "third")
LISTS = (*_NUMBERED, "last", "affirm", "agree", "deny", "none", "small", "refusing", "person")
_MOST_WORDS = 10


class Said(StrEnum):
    YES = "yes"
    NO = "no"


def said_in(text: str, to: Message, book: Phrases) -> Said | None:
    """Whether this is a plain yes or no to that message; None when it says anything else too."""
    reading = book.read(text)
    if not 0 < len(reading.words) <= _MOST_WORDS:
        return None
    if _is_only(reading, "deny", "none"):
        return Said.NO
    if reading.has("refusing"):
        return None
    if _is_only(reading, "affirm") or (asks(to) and _is_only(reading, "agree")):
        return Said.YES
    return None


def _is_only(reading: Reading, *names: str) -> bool:
    return reading.has(*names) and not reading.left(*names, "small", "agree")


def asks(message: Message) -> bool:
    return message.text.rstrip().endswith("?")


def offers_a_person(message: Message, book: Phrases) -> bool:
    """Whether a yes to this message means a person: it has the button, and nothing else to say yes
    to, or it speaks of one."""
    has_button = any(is_person_payload(choice.payload) for choice in message.choices)
    only_button = len(message.choices) == 1 and not asks(message)
    return has_button and (only_button or book.read(message.text).has("person"))


def is_ask_back(message: Message) -> bool:
    return any(choice.payload == OTHER for choice in message.choices)


def own_choices(message: Message) -> tuple[Choice, ...]:
    """The choices that are about a matter: not a person, not something else."""
    return tuple(
        choice
        for choice in message.choices
        if choice.payload != OTHER and not is_person_payload(choice.payload)
    )


def picked(text: str, message: Message, book: Phrases) -> Choice | None:
    """The choice that is meant by its title or its number."""
    said = book.read(text)
    for choice in message.choices:
        if said.words and said.words == book.read(choice.title).words:
            return choice
    choices = own_choices(message)
    if not choices or len(said.words) > _MOST_WORDS or said.has("refusing"):
        return None
    for number, name in enumerate(_NUMBERED):
        if number < len(choices) and _is_only(said, name, "affirm"):
            return choices[number] if said.has(name) else None
    return choices[-1] if said.has("last") and _is_only(said, "last", "affirm") else None
