"""Reads one message of a tenant as part of a repair report. Pure: words in, decision out."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field

from actions.repair_lexicon import Entry, Lexicon, best
from actions.wording import is_just, says, words_of

ROOM, ELEMENT, DEFECT = "repair_room", "repair_element", "repair_defect"
DANGER, CONTACT = "repair_danger", "repair_contact"
SLOTS = (ROOM, ELEMENT, DEFECT, DANGER, CONTACT)

_OWN_WORDS = 200
_PHONE = re.compile(r"(?:\+31|0031|\b0)(?:[\s-]?\d){9}\b")
_MAIL = re.compile(r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+")
_SMALL_TALK = frozenset({"greeting", "thanks", "goodbye", "affirm", "deny", "chitchat"})
# Intents that say nothing about another subject.
_NO_OTHER_TOPIC = _SMALL_TALK | {"", "repair_report", "nlu_fallback", "out_of_scope"}
_SURE = 0.8
_SHORT = 2
_BRIEF = 6


@dataclass(frozen=True, slots=True)
class Said:
    """What the tenant just said, and what Rasa made of it."""

    text: str
    intent: str = ""
    confidence: float = 0.0


@dataclass(frozen=True, slots=True)
class Heard:
    """What to do with it."""

    slots: Mapping[str, str] = field(default_factory=dict)
    stop: bool = False
    aside: bool = False
    """About something else: let that topic answer, then go on."""
    missed: bool = False
    """An answer to our question that we could not place."""


def hear(
    said: Said, requested: str | None, known: Mapping[str, str], words: Lexicon, again: bool
) -> Heard:
    """Everything this message fills. ``again``: we did not understand the last answer either."""
    spoken = words_of(said.text)
    if requested and is_just(words.answers.stop, spoken, spare=3):
        return Heard(stop=True)
    told = _told(said.text, spoken, requested, known, words)
    if requested is None or requested in told:
        return Heard(slots=told)
    if _is_aside(said, spoken, requested, words) and not told:
        return Heard(aside=True)
    return _plain_answer(said, spoken, requested, told, words, again)


def _told(
    text: str,
    spoken: tuple[str, ...],
    requested: str | None,
    known: Mapping[str, str],
    words: Lexicon,
) -> dict[str, str]:
    """What the words themselves say, asked for or not."""
    correcting = _is_correction(spoken, requested, words)
    found = _things(spoken, known if correcting else {}, words)
    danger = _danger(spoken, requested, words)
    # "No, the bathroom" puts the room right; it does not say that there is no danger.
    if danger and not (correcting and any(slot in known for slot in found)):
        found[DANGER] = danger
    reach = _PHONE.search(text) or _MAIL.search(text)
    if reach:
        found[CONTACT] = _own_words(text) if requested == CONTACT else reach.group().strip()
    return {
        slot: value
        for slot, value in found.items()
        if known.get(slot) != value and (slot not in known or correcting or slot == requested)
    }


def _things(spoken: tuple[str, ...], known: Mapping[str, str], words: Lexicon) -> dict[str, str]:
    """Room, part and defect; ``known`` values do not count (the tenant is putting them right)."""
    room, element, defect = (
        best([entry for entry in entries if entry.label != known.get(slot)], spoken)
        for slot, entries in (
            (ROOM, words.rooms),
            (ELEMENT, words.elements),
            (DEFECT, words.defects),
        )
    )
    found: dict[str, str] = {}
    if element:
        found[ELEMENT] = element.label
        if element.room and not room:
            found[ROOM] = element.room
    if room:
        found[ROOM] = room.label
    if defect:
        found[DEFECT] = defect.label
    elif element and says(words.answers.broken_hint, spoken):
        found[DEFECT] = _own_words(" ".join(spoken))
    return found


def _is_correction(spoken: tuple[str, ...], requested: str | None, words: Lexicon) -> bool:
    """Whether something that was told is put right: "no, the bathroom", "I mean the door"."""
    if not says(words.answers.correction, spoken[:3]):
        return False
    explains = len(spoken) > _BRIEF or says(words.answers.only, spoken)
    return not (requested == DANGER and says(words.answers.refuse, spoken[:1]) and explains)


def _danger(spoken: tuple[str, ...], requested: str | None, words: Lexicon) -> str:
    answers = words.answers
    if says(answers.is_safe, spoken):
        return answers.no_label
    if says(answers.is_danger, spoken):
        return answers.yes_label
    if requested == DANGER and spoken:
        if says(answers.refuse, spoken[:1]):
            return answers.no_label
        if says(answers.agree, spoken[:1]):
            return answers.yes_label
    return ""


def _is_aside(said: Said, spoken: tuple[str, ...], requested: str, words: Lexicon) -> bool:
    """Whether this is about another subject rather than an answer that we cannot place."""
    if said.intent in _NO_OTHER_TOPIC or is_just(words.answers.unknown, spoken, spare=2):
        return False
    asks = "?" in said.text or says(words.answers.question, spoken[:1])
    if requested == CONTACT and says(words.answers.reachable, spoken):
        return asks and said.confidence >= _SURE
    if requested in (ELEMENT, DEFECT, CONTACT):
        return asks or said.confidence >= _SURE
    return True


def _plain_answer(
    said: Said,
    spoken: tuple[str, ...],
    requested: str,
    told: dict[str, str],
    words: Lexicon,
    again: bool,
) -> Heard:
    """An answer to our question in words that are not on our lists."""
    own, unknown = _own_words(said.text), words.answers.unknown_label
    short = len(spoken) <= _SHORT
    if is_just(words.answers.unknown, spoken, spare=3) or (again and not spoken):
        return Heard(slots={**told, requested: unknown})
    if not spoken or (short and said.intent in _SMALL_TALK and not again):
        return Heard(missed=True)
    if requested == ELEMENT and not short:
        # A whole sentence tells what is wrong, even if it names no part that we know.
        return Heard(slots={**told, ELEMENT: unknown, DEFECT: own})
    if requested in (ELEMENT, DEFECT, CONTACT):
        return Heard(slots={**told, requested: own})
    if told:
        return Heard(slots=told)  # other things came first; the question is asked again
    if again:
        return Heard(slots={requested: own if requested == ROOM else unknown})
    return Heard(missed=True)


def _own_words(text: str) -> str:
    """The tenant's words as they are, but never as one of our placeholders."""
    return text.replace("[[", "[").replace("{", "(").replace("}", ")").strip()[:_OWN_WORDS]


def codes(slots: Mapping[str, str], words: Lexicon) -> dict[str, str]:
    """VERA's codes for the room and the defect, where we know them."""

    def code(entries: tuple[Entry, ...], slot: str) -> str:
        return words.code_of(entries, slots.get(slot, ""))

    found = {f"{ROOM}_code": code(words.rooms, ROOM), f"{DEFECT}_code": code(words.defects, DEFECT)}
    return {slot: value for slot, value in found.items() if value}
