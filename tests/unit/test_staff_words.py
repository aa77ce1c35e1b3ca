"""What is in the words of staff: open places, colleagues named, remarks by place."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot.canned_replies import load_canned_replies
from bot.lined_yaml import YamlBroken
from bot.plain_dutch import PlainDutch
from handoff.console.written import filled, named_in, open_places

pytestmark = pytest.mark.unit
ROOT = Path(__file__).resolve().parents[2]
NAMES = {"a": "Anna", "w": "Anna de Wit", "j": "Joost"}


def test_known_places_are_filled_and_others_stay() -> None:
    text = filled("Dag, {agent_name}. Uw {reference}, {Other} {} {x y}", {"agent_name": "Fatma"})
    assert text == "Dag, Fatma. Uw {reference}, {Other} {} {x y}"
    assert open_places(text + " {reference}") == ("reference",)


def test_what_was_filled_in_is_not_filled_in_again() -> None:
    assert filled("{a}", {"a": "{b}", "b": "x"}) == "{b}"


@pytest.mark.parametrize(
    ("note", "named"),
    [
        ("@Anna de Wit kijk jij?", ("w",)),
        ("@anna, kijk jij? @JOOST.", ("a", "j")),
        ("@Annabel", ()),
        ("mail@joost", ()),
        ("@", ()),
        ("@Joost @Joost", ("j",)),
    ],
)
def test_colleagues_are_named_by_their_whole_name(note: str, named: tuple[str, ...]) -> None:
    assert named_in(note, NAMES) == named


def test_two_remarks_on_one_word_are_one() -> None:
    plain = PlainDutch.load(ROOT / "data" / "plain_dutch.yml")
    marks = plain.marks("De huurder dient te bellen.")
    assert [one.better for one in marks.hard_words] == ["u moet"]


def test_the_shipped_replies_are_read_with_their_steps() -> None:
    replies = {one.key: one for one in load_canned_replies(ROOT / "data/canned_replies.yml")}
    assert len(replies) >= 25
    assert replies["macro_to_repairs"].then == (("transfer", "reparaties"),)


@pytest.mark.parametrize(
    "line",
    [
        "x: {title: A}",
        "x: {title: '', text: b}",
        "x: {title: A, text: b, queue: nergens}",
        "x: {title: A, text: b, then: [delete]}",
        "x: {title: A, text: b, then: [close, close]}",
        "x: {title: A, text: b, then: [transfer]}",
        "x: {title: A, text: b, then: [label]}",
        "x: {title: A, text: b, then: [snooze 0]}",
        "x: {title: A, text: b, then: [snooze morgen]}",
        "x: {title: A, text: b, then: [snooze 9999]}",
        "x: {title: A, text: b, then: [close, label B]}",
        "x: {title: A, text: b, then: [snooze 2, close]}",
        "x: {title: A, text: b, colour: red}",
        "x: 3",
    ],
)
def test_a_broken_reply_is_refused_with_its_place(tmp_path: Path, line: str) -> None:
    file = tmp_path / "replies.yml"
    file.write_text(f"# one\n{line}\n", encoding="utf-8")
    with pytest.raises(YamlBroken) as broken:
        load_canned_replies(file)
    assert broken.value.line == 2
