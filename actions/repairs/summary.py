"""What was told, as the tenant reads it back and as staff reads it first."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from actions.dutch_phone import find_phone
from actions.repairs.lexicon import Lexicon
from actions.repairs.pays import Pays, pays_table, who_pays
from actions.repairs.slots import (
    CARE,
    CONTACT,
    DEFECT,
    ELEMENT,
    MORE,
    QUESTIONS,
    ROOM,
    intake_words,
)
from actions.repairs.things import codes
from actions.repairs.told import told_lists
from actions.wording import words_of

PHONE, PRIORITY, PAYS = "repair_phone", "repair_priority", "repair_pays"


def pays_for(known: Mapping[str, str], said: Sequence[str]) -> Pays:
    """Who pays this repair; ``said`` are the tenant's own words."""
    spoken = (*said, *(word for value in known.values() for word in words_of(value)))
    room, element, defect = (known.get(slot, "") for slot in (ROOM, ELEMENT, DEFECT))
    return who_pays(room, element, defect, spoken, pays_table())


def summary(known: Mapping[str, str], pays: Pays) -> str:
    """All that was told, a line each."""
    intake = intake_words()
    shown = {**known, PAYS: pays.short}
    lines = [
        line.format(value=shown[slot])
        for slot, line in intake.lines.items()
        if shown.get(slot) and shown[slot] != intake.no_part_label
    ]
    return "\n".join((intake.opening, *lines))


def fields(known: Mapping[str, str], pays: Pays, words: Lexicon) -> dict[str, str]:
    """All that staff sees beside the conversation."""
    told = {slot: value for slot, value in known.items() if value != intake_words().no_part_label}
    phone = find_phone(known.get(CONTACT, ""))
    extra = {
        PHONE: phone.number if phone else "",
        PRIORITY: told_lists().high if known.get(CARE) else "",
        PAYS: pays.short if known.get(ELEMENT) or known.get(DEFECT) else "",
    }
    filled = {slot: value for slot, value in extra.items() if value}
    return {**told, **filled, **codes(known, words)}


def note(known: Mapping[str, str], words: Lexicon) -> str:
    """The report in one line."""
    intake, unknown = intake_words(), words.answers.unknown_label
    all_slots = {slot: known.get(slot, unknown) for slot in (*QUESTIONS, CARE, MORE)}
    text = intake.note.format(**all_slots).replace(f"{intake.no_part_label}, ", "")
    for slot, line in ((CARE, intake.note_care), (MORE, intake.note_more)):
        text += line.format(**all_slots) if known.get(slot) else ""
    return text
