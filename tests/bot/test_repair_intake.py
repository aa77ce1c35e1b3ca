"""What one message of a tenant means for a repair report. Words only, no Rasa."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from actions.dutch_when import AMSTERDAM
from actions.repairs.intake import Heard, Said, hear
from actions.repairs.lexicon import lexicon
from actions.repairs.slots import (
    CONTACT,
    DANGER,
    DEFECT,
    ELEMENT,
    QUESTIONS,
    REMARK,
    ROOM,
    SINCE,
    SLOTS,
    WATER,
    WHEN,
)
from actions.repairs.things import codes
from actions.wording import Phrase, find, words_of

pytestmark = pytest.mark.unit

WORDS = lexicon()
NOW = datetime(2026, 11, 24, 10, 30, tzinfo=AMSTERDAM)  # a Tuesday


def heard(
    text: str,
    requested: str | None = None,
    known: Mapping[str, str] | None = None,
    intent: str = "repair_report",
    again: bool = False,
) -> Heard:
    return hear(Said(text, intent, 0.95, NOW), requested, known or {}, WORDS, again)


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("de kraan in de keuken lekt", {ROOM: "keuken", ELEMENT: "kraan", DEFECT: "lekt"}),
        ("badkamr lekaje bij de krann", {ROOM: "badkamer", ELEMENT: "kraan", DEFECT: "lekt"}),
        ("mijn wc is verstopt", {ROOM: "toilet", ELEMENT: "toilet", DEFECT: "verstopt"}),
        ("c.v. doet het niet", {ELEMENT: "verwarming", DEFECT: "kapot"}),
        ("schimmel op de slaapkamer",
         {ROOM: "slaapkamer", ELEMENT: "geen onderdeel", DEFECT: "schimmel"}),
        ("voordeur gaat niet dicht",
         {ROOM: "hal of gang", ELEMENT: "voordeur", DEFECT: "sluit niet"}),
        ("het raam in de woonkamer klemt",
         {ROOM: "woonkamer", ELEMENT: "raam", DEFECT: "klemt of opent niet"}),
        ("ik wil een reparatie melden", {}),
        ("wc vult niet meer", {ROOM: "toilet", ELEMENT: "toilet", DEFECT: "wc vult niet meer"}),
        ("lekkage in de kelder, mijn nummer is 06 1234 5678",
         {ROOM: "kelder", DEFECT: "lekt", CONTACT: "06 12345678"}),
        ("kraan kapot mail me op a.b@huis.nl",
         {ELEMENT: "kraan", DEFECT: "kapot", CONTACT: "a.b@huis.nl"}),
        ("er komen vonken uit het stopcontact in de hal",
         {ROOM: "hal of gang", ELEMENT: "stopcontact", DANGER: "ja"}),
        ("lamp op zolder knippert, geen haast",
         {ROOM: "zolder", ELEMENT: "lamp of verlichting", DEFECT: "knippert", DANGER: "nee"}),
    ],
)  # fmt: skip
def test_a_first_message_is_taken_for_all_that_it_tells(text: str, told: dict[str, str]) -> None:
    assert dict(heard(text).slots) == told


@pytest.mark.parametrize("text", ["weet ik niet", "Geen idee", "kweet t niet", "weet ik niet hoor"])
@pytest.mark.parametrize("slot", QUESTIONS)
def test_not_knowing_is_an_answer_to_every_question(slot: str, text: str) -> None:
    answer = heard(text if text != "kweet t niet" else "k weet t niet", slot, intent="nlu_fallback")
    assert answer.slots.get(slot) == "onbekend"


@pytest.mark.parametrize(
    "text", ["laat maar", "stop", "Laat maar zitten", "hoeft niet meer", "nee laat maar hoor"]
)
@pytest.mark.parametrize("slot", QUESTIONS)
def test_the_tenant_can_stop_at_every_question(slot: str, text: str) -> None:
    assert heard(text, slot).stop


@pytest.mark.parametrize(
    ("text", "known", "told"),
    [
        ("nee, de badkamer", {ROOM: "keuken"}, {ROOM: "badkamer"}),
        ("sorry ik bedoel de slaapkamer", {ROOM: "woonkamer"}, {ROOM: "slaapkamer"}),
        ("niet de keuken maar de badkamer", {ROOM: "keuken"}, {ROOM: "badkamer"}),
        ("nee het is de douche", {ELEMENT: "kraan", ROOM: "badkamer"}, {ELEMENT: "douche"}),
    ],
)
def test_a_correction_replaces_what_was_told(
    text: str, known: dict[str, str], told: dict[str, str]
) -> None:
    answer = heard(text, DANGER, known)
    assert dict(answer.slots) == told, "and says nothing about danger"


@pytest.mark.parametrize(
    "text", ["nee alleen een natte vloer", "nee hoor het druppelt gewoon in een emmer op de grond"]
)
def test_no_with_an_explanation_is_no_danger_and_no_correction(text: str) -> None:
    known = {ROOM: "keuken", ELEMENT: "kraan", DEFECT: "lekt"}
    told = dict(heard(text, DANGER, known).slots)
    assert told.pop(DANGER) == "nee" and told.keys() <= {WATER}


@pytest.mark.parametrize(
    "text", ["de stoppen slaan door", "stop kapot", "hij stopt niet", "de kraan wil niet stoppen"]
)
def test_a_defect_with_stop_in_it_does_not_end_the_report(text: str) -> None:
    assert not heard(text, DEFECT, {ROOM: "keuken", ELEMENT: "elektra"}).stop


def test_a_room_named_on_the_way_does_not_replace_the_one_that_was_told() -> None:
    answer = heard(
        "ik ben na zes uur thuis, bel maar, ik zit in de woonkamer", CONTACT, {ROOM: "keuken"}
    )
    assert dict(answer.slots) == {WHEN: "vanaf 18:00"} and answer.asks_number


@pytest.mark.parametrize(
    ("text", "danger"),
    [
        ("ja", "ja"), ("Ja, er is gevaar", "ja"), ("jazeker", "ja"), ("water bij de stroom", "ja"),
        ("nee", "nee"), ("Nee hoor", "nee"), ("valt mee", "nee"), ("niet gevaarlijk", "nee"),
        ("geen gevaar", "nee"), ("Weet ik niet", "onbekend"),
    ],
)  # fmt: skip
def test_yes_and_no_about_danger(text: str, danger: str) -> None:
    assert heard(text, DANGER, intent="greeting").slots[DANGER] == danger


@pytest.mark.parametrize(
    ("text", "requested", "intent"),
    [
        ("wanneer moet ik de huur betalen?", ROOM, "rent_payment_date"),
        ("hoe hoog is de huurverhoging", DEFECT, "rent_increase_info"),
        ("ik wil de huur opzeggen", CONTACT, "lease_terminate"),
    ],
)
def test_another_question_is_left_to_its_own_topic(text: str, requested: str, intent: str) -> None:
    assert heard(text, requested, intent=intent) == Heard(aside=True)


@pytest.mark.parametrize("intent", ["contact_opening_hours", "repair_status", "nuisance_noise"])
def test_how_to_reach_somebody_is_no_other_question(intent: str) -> None:
    text = "morgen tussen 9 en 12 uur telefonisch"
    when = "woensdag 25 november tussen 09:00 en 12:00"
    answer = heard(text, CONTACT, intent=intent)
    assert answer.asks_number and answer.slots == {WHEN: when}
    assert heard(text, CONTACT, intent=intent, again=True).slots[CONTACT] == text


def test_words_on_no_list_are_asked_once_more_and_then_written_down() -> None:
    assert heard("blub", ROOM, intent="nlu_fallback").missed
    assert heard("blub", ROOM, intent="nlu_fallback", again=True).slots == {ROOM: "blub"}


def test_a_sentence_without_a_known_part_still_tells_what_is_wrong() -> None:
    text = "de vaatwasser wil opeens niks meer"
    assert heard(text, ELEMENT).slots == {ELEMENT: "onbekend", DEFECT: text}
    loud = "de vaatwasser maakt een raar geluid"
    assert heard(loud, ELEMENT).slots == {
        ELEMENT: "onbekend", DEFECT: "vreemd geluid", REMARK: loud,
    }  # fmt: skip


@given(st.text(max_size=300), st.sampled_from([None, *SLOTS]), st.booleans())
def test_any_text_is_heard_without_an_error(text: str, requested: str | None, again: bool) -> None:
    answer = heard(text, requested, intent="nlu_fallback", again=again)
    assert all(slot in SLOTS and value for slot, value in answer.slots.items())
    assert not any("[[" in value or "{" in value for value in answer.slots.values())
    understood = answer.slots or answer.clear or answer.stop or answer.asks_change
    assert requested is None or understood or answer.missed


@given(st.text(max_size=300), st.sampled_from(SLOTS))
def test_nobody_is_asked_the_same_more_than_twice_for_not_being_understood(
    text: str, requested: str
) -> None:
    assert not heard(text, requested, intent="nlu_fallback", again=True).missed


@pytest.mark.parametrize("kind", ["rooms", "elements", "defects"])
def test_every_word_on_the_lists_is_found_in_itself(kind: str) -> None:
    for entry in getattr(WORDS, kind):
        for phrase in entry.phrases:
            assert find(phrase, phrase.words), (entry.label, phrase)


def test_labels_are_unique_and_parts_point_to_rooms_that_exist() -> None:
    rooms = [room.label for room in WORDS.rooms]
    for entries in (WORDS.rooms, WORDS.elements, WORDS.defects):
        labels = [entry.label for entry in entries]
        assert len(labels) == len(set(labels))
    assert {element.room for element in WORDS.elements} - {""} <= set(rooms)


def test_rooms_and_defects_have_a_code_of_three_signs() -> None:
    assert all(len(entry.code) == 3 for entry in (*WORDS.rooms, *WORDS.defects))
    assert codes({ROOM: "badkamer", DEFECT: "eigen woorden"}, WORDS) == {"repair_room_code": "BAD"}


@pytest.mark.parametrize(
    ("entry", "text", "found"),
    [
        ("kraan", "de krann lekt", True),
        ("kraan", "de vraag is", False),
        ("badkamer*", "in mijn badkamertje", True),
        ("schimmel", "overal schimel", True),
        ("dak", "mijn bak", False),
        ("gaat niet dicht", "hij gaat echt niet dicht", False),
        ("gaat niet dicht", "hij gaat niet dcht", True),
    ],
)
def test_tolerance_has_bounds(entry: str, text: str, found: bool) -> None:
    assert bool(find(Phrase.read(entry), words_of(text))) is found


@pytest.mark.parametrize(
    ("text", "when"),
    [
        ("kraan lekt, ik ben dinsdagmiddag thuis",
         "dinsdag 1 december tussen 12:00 en 17:00"),
        ("kraan lekt. bel me maar na vijven", "vanaf 17:00"),
        ("kan er morgen iemand langskomen voor de kraan", "woensdag 25 november"),
        ("kraan lekt, wij zijn altijd thuis", "altijd"),
        ("de lamp knippert de hele nacht", None),
        ("kraan lekt, ik ben niet thuis als de man morgen komt", None),
        ("mijn zoontje van 3 weken heeft het koud, kom snel", None),
        ("gisteren kwam ik thuis en toen was de kraan stuk", None),
    ],
)  # fmt: skip
def test_when_somebody_is_home_is_heard_where_it_is_told(text: str, when: str | None) -> None:
    assert heard(text).slots.get(WHEN) == when


@pytest.mark.parametrize(
    ("text", "danger"),
    [
        ("is die schimmel in de badkamer gevaarlijk voor mijn kind?", None),
        ("de leuning hangt los, dat is gevaarlijk", "ja"),
        ("er spuit water uit de leiding", "ja"),
        ("er spuit niks, het raam sluit niet", None),
        ("geen gevaar hoor", "nee"),
    ],
)
def test_danger_is_heard_and_a_question_about_it_is_none(text: str, danger: str | None) -> None:
    assert heard(text).slots.get(DANGER) == danger


@pytest.mark.parametrize("text", ["sinds gisteren", "al drie dagen"])
def test_since_when_is_no_way_to_be_reached(text: str) -> None:
    answer = heard(text, CONTACT)
    assert CONTACT not in answer.slots and answer.slots[SINCE]


def test_call_me_from_monday_on_is_a_way_to_be_reached() -> None:
    assert heard("vanaf maandag 06 12345678", CONTACT).slots[CONTACT]


def test_digits_are_no_room() -> None:
    assert heard("000000", ROOM).missed
    assert heard("000000", ROOM, again=True).slots[ROOM] == "onbekend"
    assert heard("serre", ROOM, again=True).slots[ROOM] == "serre"
