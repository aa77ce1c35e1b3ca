"""The names of the form's slots, and the words of data/repair_intake.yml."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

import yaml

from actions.wording import Phrase

ROOM, ELEMENT, DEFECT = "repair_room", "repair_element", "repair_defect"
DANGER, CONTACT, WHEN = "repair_danger", "repair_contact", "repair_when"
CONFIRM, CHANGE = "repair_confirm", "repair_change"
SINCE, WATER, CARE, MORE = "repair_since", "repair_water", "repair_care", "repair_more"
ADDRESS, REMARK, PHOTO = "repair_address", "repair_remark", "repair_photo"

QUESTIONS = (ROOM, ELEMENT, DEFECT, DANGER, CONTACT, WHEN)
"""What is asked, if it was not told; then CONFIRM."""
ON_THE_WAY = (SINCE, WATER, CARE, MORE, ADDRESS, REMARK, PHOTO)
"""What is kept when it is told, and never asked."""
WORDS, KEY, BEGAN = "repair_words", "repair_key", "repair_began"
"""The tenant's own words of what is broken, what names this report once, and when it began."""
SLOTS = (*QUESTIONS, CONFIRM, *ON_THE_WAY)
"""What the summary may show and staff sees."""

_FILE = Path(__file__).resolve().parents[2] / "data" / "repair_intake.yml"


@dataclass(frozen=True, slots=True)
class IntakeWords:
    """How the intake listens and sums up."""

    story_topics: frozenset[str]
    pays_topic: str
    home: tuple[Phrase, ...]
    not_home: tuple[Phrase, ...]
    always_home: tuple[Phrase, ...]
    always_label: str
    no_part: frozenset[str]
    no_part_label: str
    fields: Mapping[str, tuple[Phrase, ...]]
    opening: str
    lines: Mapping[str, str]
    since: str
    another: str
    between: str
    note: str
    note_care: str
    note_more: str


@lru_cache(maxsize=1)
def intake_words() -> IntakeWords:
    raw: Mapping[str, Any] = yaml.safe_load(_FILE.read_text(encoding="utf-8"))
    return IntakeWords(
        story_topics=frozenset(map(str, raw["story_topics"])),
        pays_topic=str(raw["pays_topic"]),
        home=tuple(Phrase.read(str(word)) for word in raw["home"]),
        not_home=tuple(Phrase.read(str(word)) for word in raw["not_home"]),
        always_home=tuple(Phrase.read(str(word)) for word in raw["always_home"]),
        always_label=str(raw["always_label"]),
        no_part=frozenset(map(str, raw["no_part"])),
        no_part_label=str(raw["no_part_label"]),
        fields={
            str(slot): tuple(Phrase.read(str(word)) for word in words)
            for slot, words in raw["fields"].items()
        },
        opening=str(raw["summary"]["opening"]),
        lines={str(slot): str(line) for slot, line in raw["summary"]["lines"].items()},
        **{
            name: str(raw[name])
            for name in ("since", "another", "between", "note", "note_care", "note_more")
        },
    )
