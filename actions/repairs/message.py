"""Everything one message tells for a repair report, asked for or not. Words in, slots out."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from actions.dutch_address import find_address
from actions.dutch_phone import find_phone
from actions.dutch_since import find_since
from actions.dutch_when import AMSTERDAM, When, find_when, tells_time
from actions.dutch_when_shown import show_day, show_when
from actions.repairs.lexicon import Lexicon
from actions.repairs.slots import (
    ADDRESS,
    CARE,
    CHANGE,
    CONFIRM,
    CONTACT,
    DANGER,
    DEFECT,
    ELEMENT,
    MORE,
    PHOTO,
    ROOM,
    SINCE,
    WATER,
    WHEN,
    intake_words,
)
from actions.repairs.things import Report, another, one_report, own_words, reports
from actions.repairs.told import care, names_photo, told_lists, water
from actions.wording import says, says_so, words_of

_MAIL = re.compile(r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+")
_SENTENCE = re.compile(r"(?<=[.!?;])\s+|\n")
_REMARKABLE, _MANY = 3, 2


@dataclass(frozen=True, slots=True)
class Message:
    """What the tenant said, when, and to which question of ours."""

    text: str
    at: datetime
    requested: str | None
    correcting: bool
    known: Mapping[str, str]

    @property
    def spoken(self) -> tuple[str, ...]:
        return words_of(self.text)


def told(message: Message, words: Lexicon) -> dict[str, str]:
    """All slots that the message fills, new or changed."""
    found = _things(message, words)
    danger = _danger(message.spoken, message.requested, words)
    # "No, the bathroom" puts the room right; it does not say that there is no danger.
    if danger and not (message.correcting and any(slot in message.known for slot in found)):
        found[DANGER] = danger
    found |= _reach(message, words) | _on_the_way(message, words)
    unknown = words.answers.unknown_label
    return {
        slot: value
        for slot, value in found.items()
        if message.known.get(slot) != value
        and (
            message.known.get(slot, unknown) == unknown
            or message.correcting
            or slot in (message.requested, MORE, CARE)
        )
    }


def _things(message: Message, words: Lexicon) -> dict[str, str]:
    known = message.known
    if message.correcting:
        return one_report(message.spoken, words, known).slots()
    parts = reports(message.text, words)
    if not parts:
        return {}
    before = Report(known.get(ROOM, ""), known.get(ELEMENT, ""), known.get(DEFECT, ""))
    length = len(message.spoken)
    asked = message.requested in (ROOM, ELEMENT, DEFECT)
    if before.element and not asked and another(before, parts[0], length, words):
        return {MORE: _more(known, parts)}
    found = parts[0].slots()
    if len(parts) > 1:
        found[MORE] = _more(known, parts[1:])
    return found


def _more(known: Mapping[str, str], parts: Sequence[Report]) -> str:
    """The other things that are broken, beside the one that is asked about."""
    intake = intake_words()
    lines = [known[MORE]] if known.get(MORE) else []
    lines += [line for line in map(_line, parts) if line not in lines]
    return intake.between.join(lines)


def _line(part: Report) -> str:
    line = intake_words().another.format(element=part.element, room=part.room, defect=part.defect)
    return re.sub(r"^, |, (?=:)|: $", "", line).removeprefix(": ")


def _danger(spoken: Sequence[str], requested: str | None, words: Lexicon) -> str:
    answers = words.answers
    if says(answers.is_safe, spoken):
        return answers.no_label
    asks = says(answers.asks_danger, spoken)
    signs = answers.is_danger if asks else (*answers.is_danger, *answers.calls_danger)
    if says_so(signs, spoken, answers.nearby_no):
        return answers.yes_label
    if requested == DANGER and spoken:
        if says(answers.refuse, spoken[:1]):
            return answers.no_label
        if says(answers.agree, spoken[:1]):
            return answers.yes_label
    return ""


def _reach(message: Message, words: Lexicon) -> dict[str, str]:
    """How to reach the tenant, and when somebody is at home."""
    found: dict[str, str] = {}
    phone, mail = find_phone(message.text), _MAIL.search(message.text)
    if phone or mail:
        reach = phone.as_written if phone else mail.group() if mail else ""
        rest = message.text.replace(mail.group(), " ") if mail else message.text
        rest = rest[: phone.start] + " " + rest[phone.end :] if phone and not mail else rest
        long = message.requested == CONTACT and remarkable(rest, words)
        found[CONTACT] = own_words(message.text) if long else reach
    when = _when(message)
    if when:
        found[WHEN] = show_when(when)
    elif says(intake_words().always_home, message.spoken) and not _tells_time(message):
        found[WHEN] = intake_words().always_label
    return found


def remarkable(rest: str, words: Lexicon) -> bool:
    """Whether more is told than a number: "bel mijn dochter, zij heet Anna"."""
    other = [
        word
        for word in words_of(rest)
        if len(word) >= _REMARKABLE
        and word.isalpha()
        and not says(words.answers.reachable, (word,))
        and not says(words.answers.filler, (word,))
    ]
    return len(other) >= _MANY


def _when(message: Message) -> tuple[When, ...]:
    """Days and hours that are still to come, where the text is about being at home."""
    text = _without_reach(message.text)
    asked = message.requested in (WHEN, CONTACT, CONFIRM, CHANGE)
    parts = [text] if asked else _SENTENCE.split(text)
    today = message.at.astimezone(AMSTERDAM).date()
    for part in parts:
        spoken, intake = words_of(part), intake_words()
        if says(intake.not_home, spoken) or not (asked or says(intake.home, spoken)):
            continue
        since = None if message.requested == WHEN else find_since(part, message.at)
        readable = part.replace(since.words, " ") if since else part
        found = find_when(readable, message.at)
        coming = tuple(when for when in found if (when.last or when.first or today) >= today)
        if coming:
            return coming
    return ()


def _tells_time(message: Message) -> bool:
    """Whether days or hours are told that we may not read as such: "behalve woensdag"."""
    return tells_time(_without_reach(message.text), message.at)


def _without_reach(text: str) -> str:
    phone = find_phone(text)
    return text[: phone.start] + " " + text[phone.end :] if phone else text


def _on_the_way(message: Message, words: Lexicon) -> dict[str, str]:
    """What we never ask: since when, water, who lives there, an address, a photo."""
    intake, lists, spoken = intake_words(), told_lists(), message.spoken
    found = {WATER: water(spoken, lists, words)}
    if message.requested != WHEN:
        text = _without_reach(message.text)
        since = find_since(text, message.at)
        # "Bel mij vanaf maandag" is how to reach somebody; "sinds gisteren" alone is not.
        if since and (message.requested != CONTACT or not words_of(text.replace(since.words, " "))):
            day = show_day(since.day) if since.day else ""
            found[SINCE] = intake.since.format(words=since.words, day=day) if day else since.words
    address = find_address(message.text)
    if address:
        found[ADDRESS] = str(address)
    named = care(spoken, lists)
    if named:
        before = message.known.get(CARE, "")
        labels = [*filter(None, before.split(intake.between)), *named]
        found[CARE] = intake.between.join(dict.fromkeys(labels))
    if names_photo(spoken, lists):
        found[PHOTO] = told_lists().yes
    return {slot: value for slot, value in found.items() if value}
