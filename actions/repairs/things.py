"""What is broken and where, out of a tenant's words: one report, or several in one message."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from actions.repairs.lexicon import Entry, Lexicon, best
from actions.repairs.slots import DEFECT, ELEMENT, ROOM
from actions.wording import says, words_of

_OWN_WORDS = 200
_SENTENCE_END = re.compile(r"[.;!?\n]+(?=\s|$)|,")
_LISTED = 5
"""A part in so few words beside others is an item of a list: "en de bel"."""

Words = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Report:
    """One thing that is broken; what was not told is empty."""

    room: str = ""
    element: str = ""
    defect: str = ""

    def slots(self) -> dict[str, str]:
        told = {ROOM: self.room, ELEMENT: self.element, DEFECT: self.defect}
        return {slot: value for slot, value in told.items() if value}


def one_report(
    said: Sequence[str], words: Lexicon, known: Mapping[str, str] | None = None
) -> Report:
    """Room, part and defect; ``known`` values do not count (the tenant puts them right)."""
    taken = known or {}
    room, defect = (
        best(_others(entries, taken.get(slot)), said)
        for slot, entries in ((ROOM, words.rooms), (DEFECT, words.defects))
    )
    element = _element(_others(words.elements, taken.get(ELEMENT)), said, words)
    return Report(
        room.label if room else element.room if element else "",
        element.label if element else "",
        defect.label if defect else "" if known else _own_defect(element, said, words),
    )


def _others(entries: Sequence[Entry], label: str | None) -> list[Entry]:
    return [entry for entry in entries if entry.label != label]


def _element(entries: Sequence[Entry], said: Sequence[str], words: Lexicon) -> Entry | None:
    """The part it is about, rather than one that only tells where: "onder de wastafel"."""
    return best(entries, _without_places(said, words)) or best(entries, said)


def _without_places(said: Sequence[str], words: Lexicon) -> Words:
    """The words, but for the one that a preposition points to."""
    kept: list[str] = []
    skip = False
    for word in said:
        if word in words.answers.articles and skip:
            continue
        kept.append("" if skip else word)
        skip = word in words.answers.places
    return tuple(kept)


def _own_defect(element: Entry | None, said: Sequence[str], words: Lexicon) -> str:
    if element and says(words.answers.broken_hint, said):
        return own_words(" ".join(said))
    return ""


def reports(text: str, words: Lexicon) -> tuple[Report, ...]:
    """Everything that is broken, in the order it is told; the first one is asked about further."""
    found: list[Report] = []
    for segment in _segments(text, words):
        part = one_report(segment, words)
        if not part.slots():
            continue
        if found and another(found[-1], part, len(segment), words):
            found.append(replace(part, defect=part.defect or _shared(found[-1], words)))
        elif found:
            found[-1] = _merged(found[-1], part)
        else:
            found.append(part)
    return _shared_backwards(found, words)


def _shared_backwards(found: list[Report], words: Lexicon) -> tuple[Report, ...]:
    """ "de bel en de lamp zijn kapot": what is wrong is told after the last one."""
    for at in range(len(found) - 1, 0, -1):
        if found[at - 1].element and not found[at - 1].defect:
            found[at - 1] = replace(found[at - 1], defect=_shared(found[at], words))
    return tuple(found)


def _segments(text: str, words: Lexicon) -> Iterator[Words]:
    for sentence in _SENTENCE_END.split(text):
        segment: list[str] = []
        for word in words_of(sentence):
            if word in words.answers.also:
                yield tuple(segment)
                segment = []
            else:
                segment.append(word)
        yield tuple(segment)


def another(before: Report, part: Report, length: int, words: Lexicon) -> bool:
    """Whether this is another thing, and not more about the one before."""
    if part.element and before.element and part.element != before.element:
        if part.element in words.surfaces and part.defect in ("", *words.consequences):
            return False
        return part.defect in words.defect_labels or length <= _LISTED
    rooms_differ = bool(part.room and before.room and part.room != before.room)
    return rooms_differ and bool(part.defect and before.defect) and not part.element


def _shared(before: Report, words: Lexicon) -> str:
    """ "de bel en de lamp zijn kapot": what is wrong may be told once for both."""
    return before.defect if before.defect in words.defect_labels else ""


def _merged(before: Report, part: Report) -> Report:
    return Report(
        before.room or part.room,
        before.element or part.element,
        before.defect or part.defect,
    )


def own_words(text: str) -> str:
    """The tenant's words as they are, but never as one of our placeholders."""
    return text.replace("[[", "[").replace("{", "(").replace("}", ")").strip()[:_OWN_WORDS]


def codes(slots: Mapping[str, str], words: Lexicon) -> dict[str, str]:
    """VERA's codes for the room, the part and the defect, where we know them."""
    lists = ((ROOM, words.rooms), (ELEMENT, words.elements), (DEFECT, words.defects))
    found = {f"{slot}_code": words.code_of(entries, slots.get(slot, "")) for slot, entries in lists}
    return {slot: code for slot, code in found.items() if code}
