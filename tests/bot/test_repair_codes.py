"""Rooms, parts and defects carry codes that VERA really has."""

from __future__ import annotations

import csv
import os
from pathlib import Path

import pytest

from actions.repairs.lexicon import Entry, lexicon
from actions.repairs.pays import pays_table
from actions.repairs.slots import DEFECT, ELEMENT, ROOM, intake_words
from actions.repairs.things import codes
from actions.wording import find

pytestmark = pytest.mark.unit

ROOT = Path(__file__).resolve().parents[2]
WORDS = lexicon()
LISTS: dict[str, tuple[Entry, ...]] = {
    "DEFECTLOCATIE": WORDS.rooms,
    "DEFECTSOORT": WORDS.defects,
    "BOUWKUNDIGELEMENTDETAILSOORT": WORDS.elements,
}


def table() -> dict[tuple[str, str], str]:
    text = (ROOT / "data" / "vera_repair_codes.csv").read_text(encoding="utf-8")
    lines = [line for line in text.splitlines() if not line.startswith("#")]
    rows = csv.DictReader(lines, delimiter=";")
    return {(row["list"], row["code"]): row["name"] for row in rows}


@pytest.mark.parametrize("name", LISTS)
def test_every_entry_has_a_code_of_its_list(name: str) -> None:
    known = table()
    wrong = [entry for entry in LISTS[name] if (name, entry.code) not in known]
    assert not wrong


def test_the_committed_codes_are_those_that_vera_published() -> None:
    specs = Path(os.environ.get("SPECS_DIR", ROOT.parent / "shared" / "specs"))
    source = specs / "vera" / "Referentiedata.csv"
    if not source.exists():
        pytest.skip("the published reference data is not here (SPECS_DIR)")
    with source.open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.DictReader(file, delimiter=";"))
    published = {(row["Soort"], row["Code"]): row["Naam"] for row in rows if row["Soort"] in LISTS}
    assert table() == published


@pytest.mark.parametrize("name", LISTS)
def test_labels_are_unique_and_every_word_is_found_in_itself(name: str) -> None:
    labels = [entry.label for entry in LISTS[name]]
    assert len(labels) == len(set(labels))
    for entry in LISTS[name]:
        for phrase in entry.phrases:
            assert find(phrase, phrase.words), (entry.label, phrase)


def test_most_defects_of_vera_can_be_told() -> None:
    told = {entry.code for entry in WORDS.defects}
    published = {code for name, code in table() if name == "DEFECTSOORT"}
    # Sizes and heights that nobody tells, gas and people shut in (the urgent rules), and "other".
    assert published - told == {"BS1", "BS2", "BS3", "VS1", "VS2", "GAS", "PER", "OVE"}


def test_parts_point_to_rooms_and_lists_to_labels_that_exist() -> None:
    rooms, elements, defects = (
        {entry.label for entry in entries}
        for entries in (WORDS.rooms, WORDS.elements, WORDS.defects)
    )
    assert {entry.room for entry in WORDS.elements} - {""} <= rooms
    assert WORDS.consequences <= defects and intake_words().no_part <= defects
    for row in pays_table().rows:
        assert row.rooms <= rooms and row.elements <= elements and row.defects <= defects


def test_codes_go_along_where_we_know_them() -> None:
    told = {ROOM: "badkamer", ELEMENT: "cv-ketel", DEFECT: "eigen woorden"}
    assert codes(told, WORDS) == {"repair_room_code": "BAD", "repair_element_code": "KET"}
