"""Reads one message of a tenant as part of a repair report. Pure: words in, decision out."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime

from actions.repairs.lexicon import Lexicon
from actions.repairs.message import Message, remarkable, told
from actions.repairs.slots import (
    CHANGE,
    CONFIRM,
    CONTACT,
    DANGER,
    DEFECT,
    ELEMENT,
    ON_THE_WAY,
    PHOTO,
    REMARK,
    ROOM,
    SINCE,
    WHEN,
    intake_words,
)
from actions.repairs.things import own_words
from actions.wording import is_just, says

_SMALL_TALK = frozenset({"greeting", "thanks", "goodbye", "affirm", "deny", "chitchat"})
# Intents that say nothing about another subject.
NO_OTHER_TOPIC = _SMALL_TALK | {"", "nlu_fallback", "out_of_scope"}
WANTS_PERSON = "human_agent_request"
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_SURE = 0.8
_SHORT = 2
_BRIEF = 6
_IN_OWN_WORDS = (ELEMENT, DEFECT, CONTACT, WHEN)
_REACH = (CONTACT, WHEN)


@dataclass(frozen=True, slots=True)
class Said:
    """What the tenant just said and when, and what Rasa made of it."""

    text: str
    intent: str = ""
    confidence: float = 0.0
    at: datetime = _EPOCH


@dataclass(frozen=True, slots=True)
class Heard:
    """What to do with it."""

    slots: Mapping[str, str] = field(default_factory=dict)
    clear: tuple[str, ...] = ()
    """Told to be wrong, without what is right: ask it again."""
    stop: bool = False
    person: bool = False
    aside: bool = False
    """About something else: let that topic answer, then go on."""
    asks_who_pays: bool = False
    asks_number: bool = False
    """Told to call, but not where."""
    asks_change: bool = False
    """The summary is wrong, and we do not know yet in what."""
    missed: bool = False
    """An answer to our question that we could not place."""


def hear(
    said: Said, requested: str | None, known: Mapping[str, str], words: Lexicon, again: bool
) -> Heard:
    """Everything this message fills. ``again``: we did not understand the last answer either."""
    at_summary = requested in (CONFIRM, CHANGE)
    message = Message(said.text, said.at, requested, at_summary, known)
    spoken = message.spoken
    if requested and is_just(words.answers.stop, spoken, spare=3):
        return Heard(stop=True)
    if not at_summary and _is_correction(spoken, requested, words):
        message = Message(said.text, said.at, requested, True, known)
    found = _with_part(told(message, words), known)
    if requested and said.intent == WANTS_PERSON and not _is_reach(message, found, words):
        return Heard(slots=found, person=True)
    if requested is None:
        return Heard(slots=found)
    if said.intent == intake_words().pays_topic and not {ROOM, ELEMENT, DEFECT} & found.keys():
        return Heard(slots=found, asks_who_pays=True)
    if at_summary:
        return _at_summary(said, message, found, words, again)
    if requested in found:
        return Heard(slots=found)
    if _is_aside(said, message, words) and not found:
        return Heard(aside=True)
    return _plain_answer(said, message, found, words, again)


def _with_part(found: dict[str, str], known: Mapping[str, str]) -> dict[str, str]:
    """Mould and mice have no part to ask for."""
    intake = intake_words()
    if found.get(DEFECT) in intake.no_part and not (found.get(ELEMENT) or known.get(ELEMENT)):
        return {**found, ELEMENT: intake.no_part_label}
    return found


def _is_correction(spoken: tuple[str, ...], requested: str | None, words: Lexicon) -> bool:
    """Whether something that was told is put right: "no, the bathroom", "I mean the door"."""
    if requested is None or not says(words.answers.correction, spoken[:3]):
        return False
    if says(words.answers.unknown, spoken[:_BRIEF]):
        return False
    explains = len(spoken) > _BRIEF or says(words.answers.only, spoken)
    return not (requested == DANGER and says(words.answers.refuse, spoken[:1]) and explains)


def _is_reach(message: Message, found: Mapping[str, str], words: Lexicon) -> bool:
    """Whether "bel mij maar" answers our question, rather than asking for a person."""
    return message.requested in _REACH and (
        any(slot in found for slot in _REACH) or says(words.answers.reachable, message.spoken)
    )


def _is_aside(said: Said, message: Message, words: Lexicon) -> bool:
    """Whether this is about another subject rather than an answer that we cannot place."""
    spoken, requested = message.spoken, message.requested
    if said.intent in NO_OTHER_TOPIC or is_just(words.answers.unknown, spoken, spare=2):
        return False
    asks = "?" in said.text or says(words.answers.question, spoken[:1])
    if said.intent in intake_words().story_topics:
        # More about the repair, but no answer to where we can call.
        return asks and requested in _REACH and not says(words.answers.reachable, spoken)
    if requested in _REACH and says(words.answers.reachable, spoken):
        return asks and said.confidence >= _SURE
    if requested in _IN_OWN_WORDS:
        return asks or said.confidence >= _SURE
    return True


def _plain_answer(
    said: Said, message: Message, found: dict[str, str], words: Lexicon, again: bool
) -> Heard:
    """An answer to our question in words that are not on our lists."""
    spoken, requested = message.spoken, message.requested or ""
    own, unknown = own_words(said.text), words.answers.unknown_label
    short = len(spoken) <= _SHORT
    says_unknown = is_just(words.answers.unknown, spoken, spare=3) or (
        requested in (ROOM, DANGER) and says(words.answers.unknown, spoken[:_BRIEF])
    )
    if says_unknown or (again and not spoken):
        return Heard(slots={**found, requested: unknown})
    bare = is_just((*words.answers.agree, *words.answers.refuse), spoken, spare=1)
    if not spoken or ((bare or (short and said.intent in _SMALL_TALK)) and not again):
        return Heard(slots=found, missed=True)
    if PHOTO in found and len(found) == 1:
        return Heard(slots=found)  # asked about a photo: our question comes again
    if requested == ELEMENT and not short:
        # A whole sentence tells what is wrong, even if it names no part that we know.
        kept = {REMARK: own} if DEFECT in found else {DEFECT: own}
        return Heard(slots={**found, **kept, ELEMENT: unknown})
    if requested == CONTACT and not again and found.keys() == {SINCE}:
        return Heard(slots=found)
    if requested == CONTACT and not again and _lacks_number(spoken, words):
        return Heard(slots=found, asks_number=True)
    if requested in _IN_OWN_WORDS:
        return Heard(slots={**found, requested: own})
    if found:
        return Heard(slots=found)  # other things came first; the question is asked again
    if again:
        names_room = requested == ROOM and any(letter.isalpha() for letter in own)
        return Heard(slots={requested: own if names_room else unknown})
    return Heard(missed=True)


def _lacks_number(spoken: tuple[str, ...], words: Lexicon) -> bool:
    """Whether the tenant wants to be called or mailed, and tells no number or address."""
    return says(words.answers.reachable, spoken) and not says(words.answers.here, spoken)


def _at_summary(
    said: Said, message: Message, found: dict[str, str], words: Lexicon, again: bool
) -> Heard:
    """The answer to "is this right?": yes, no, or what is wrong."""
    spoken, answers = message.spoken, words.answers
    chosen = _field_chosen(message, words)
    if chosen:
        return Heard(clear=chosen)
    refuses = says(answers.refuse, spoken[:1]) or says(answers.wrong, spoken)
    agrees = not refuses and _agrees(spoken, words)
    if found and not (agrees and found.keys() <= set(ON_THE_WAY)):
        return Heard(slots=found)
    if agrees and message.requested == CONFIRM:
        extra = {REMARK: own_words(said.text)} if len(spoken) > _BRIEF and not found else {}
        return Heard(slots={**found, **extra, CONFIRM: answers.yes_label})
    if is_just(answers.unknown, spoken, spare=3) or (again and not spoken):
        return Heard(slots={CONFIRM: answers.unknown_label})
    wrong = _fields_named(message)
    if wrong:
        return Heard(clear=wrong)
    remark = {REMARK: own_words(said.text) or answers.unknown_label}
    if refuses and len(spoken) <= _BRIEF and not again:
        explains = remarkable(said.text, words)
        return Heard(slots=remark) if explains else Heard(asks_change=True)
    if _is_aside(said, message, words):
        return Heard(aside=True)
    changes = message.requested == CHANGE and len(spoken) > _SHORT
    if changes or again or len(spoken) > _BRIEF:
        return Heard(slots=remark)
    return Heard(missed=True)


def _agrees(spoken: tuple[str, ...], words: Lexicon) -> bool:
    answers = words.answers
    return (
        says(answers.agree, spoken[:1])
        or is_just(answers.agree, spoken, spare=2)
        or (len(spoken) <= _BRIEF and says(answers.fine, spoken[:3]))
    )


def _field_chosen(message: Message, words: Lexicon) -> tuple[str, ...]:
    """The field whose name is all that was said, as our own buttons say it."""

    def bare(said: tuple[str, ...]) -> tuple[str, ...]:
        return tuple(word for word in said if word not in words.answers.articles)

    return tuple(
        slot
        for slot, phrases in intake_words().fields.items()
        if any(bare(message.spoken) == bare(phrase.words) for phrase in phrases)
    )


def _fields_named(message: Message) -> tuple[str, ...]:
    """The fields that the tenant calls wrong: "het telefoonnummer klopt niet"."""
    return tuple(
        slot
        for slot, phrases in intake_words().fields.items()
        if slot in message.known and says(phrases, message.spoken)
    )
