"""A question that leans on the one before it: "en hoeveel kost dat dan?", "en voor mijn moeder?".

It counts as one only when nothing is left of the message beside an aspect (cost, time, how, ...),
words that point back and small words: a message with a subject of its own goes to the assistant.
"""

from __future__ import annotations

from bot.topics import Topic
from handoff.memory.phrases import Phrases, Reading

ASPECTS = ("papers", "cost", "time", "who", "other", "how")
"""The longest phrase wins ("hoeveel dagen" before "hoeveel"); of two as long the first here."""
_CLEAR_ASPECTS = ("cost", "time", "papers")
POINTING = "pointing"
SMALL = "small"
_STANDS_ALONE = "pointing_alone"
_BEFORE_A_SUBJECT = "before_a_subject"
_AFTER_POINTING = "_after_pointing"
_NEVER = "never"
_NEVER_WHOLE = "never_whole"
_COVERING = (
    *ASPECTS,
    *(aspect + _AFTER_POINTING for aspect in ASPECTS),
    POINTING,
    SMALL,
    _STANDS_ALONE,
)
LISTS = (*ASPECTS, POINTING, SMALL, _STANDS_ALONE, _BEFORE_A_SUBJECT, _NEVER, _NEVER_WHOLE)
_MOST_WORDS = 14
_LONGEST_NOISE = 4


def aspect_of(text: str, book: Phrases) -> str | None:
    """What a follow-up asks about the last topic, or None when it is no follow-up."""
    reading = book.read(text)
    if not 0 < len(reading.words) <= _MOST_WORDS:
        return None
    if reading.has(_NEVER) or reading.is_all(_NEVER_WHOLE) or _has_a_subject(reading):
        return None
    pointing = reading.has(POINTING, _STANDS_ALONE)
    lengths = {aspect: _longest(reading, aspect, pointing) for aspect in ASPECTS}
    best = max(ASPECTS, key=lambda aspect: lengths[aspect])
    return best if lengths[best] else None


def _longest(reading: Reading, aspect: str, pointing: bool) -> int:
    names = {aspect, aspect + _AFTER_POINTING} if pointing else {aspect}
    return max((len(one.covers) for one in reading.found if one.name in names), default=0)


def _has_a_subject(reading: Reading) -> bool:
    left = reading.left(*_COVERING)
    if not left:
        return False
    # One short odd word is noise, unless it is what "dat" or "een" belongs to.
    noise = len(left) == 1 and len(reading.words[left[0]]) <= _LONGEST_NOISE
    after = {one.end for one in reading.found if one.name == _BEFORE_A_SUBJECT}
    return not (noise and reading.has(_STANDS_ALONE) and left[0] not in after)


def aspect_named_in(text: str, book: Phrases) -> str | None:
    """What a full question asks about its own subject, when it says so in clear words."""
    reading = book.read(text)
    lengths = {aspect: _longest(reading, aspect, False) for aspect in _CLEAR_ASPECTS}
    best = max(_CLEAR_ASPECTS, key=lambda aspect: lengths[aspect])
    return best if lengths[best] else None


def text_of(topic: Topic, aspect: str) -> str | None:
    """What the topic says of this aspect, as its file words it."""
    wanted = f"utter_{topic.name}_about_{aspect}"
    return next((said.text for said in topic.said if said.response == wanted), None)
