"""The hub's own words."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from bot.facts import Facts
from bot.lined_yaml import YamlBroken
from bot.signals import EscalationReason
from bot.texts import Texts, UnknownText
from bot.topics import QUEUES

pytestmark = pytest.mark.unit

ROOT = Path(__file__).resolve().parents[2]
_KEY_IN_CODE = re.compile(r"""words\s*\.\s*text\(\s*"(\w+)"|\bevent\(\w+, "(\w+)",""")


def _shipped() -> Texts:
    facts = Facts.load(ROOT / "data" / "facts.yml", ROOT / "corporation.yml")
    return Texts.load(ROOT / "data" / "texts.yml", facts.render_corporation)


def _texts(folder: Path, content: str) -> Texts:
    file = folder / "texts.yml"
    file.write_text(content, encoding="utf-8")
    return Texts.load(file)


def test_places_in_a_text_are_filled_in(tmp_path: Path) -> None:
    assert (
        _texts(tmp_path, 'joined: "{name} is er."').text("joined", name="Fatma") == "Fatma is er."
    )


def test_what_is_filled_in_is_never_read_as_a_place_itself(tmp_path: Path) -> None:
    said = _texts(tmp_path, 'joined: "{name} is er."').text("joined", name="{secret}")
    assert said == "{secret} is er."


def test_an_unknown_key_and_a_missing_value_are_refused(tmp_path: Path) -> None:
    texts = _texts(tmp_path, 'joined: "{name} is er."')
    with pytest.raises(UnknownText):
        texts.text("left")
    with pytest.raises(UnknownText, match="name"):
        texts.text("joined")


@pytest.mark.parametrize("text", ["{name.__class__}", "{0}", "{}", "{name"])
def test_a_place_that_is_not_a_plain_name_is_refused_with_its_line(
    tmp_path: Path, text: str
) -> None:
    with pytest.raises(YamlBroken, match=r"texts\.yml:2: broken"):
        _texts(tmp_path, f'fine: "x"\nbroken: "{text}"')


def test_the_first_words_say_that_it_is_a_digital_assistant() -> None:
    assert "digitale assistent" in _shipped().text("greeting")


def test_every_reason_and_queue_has_a_name_for_staff() -> None:
    texts = _shipped()
    assert all(texts.text(f"reason_{reason.value}") for reason in EscalationReason)
    assert all(texts.text(f"queue_{queue}") for queue in QUEUES)


def test_every_key_that_the_gateway_asks_for_exists() -> None:
    texts = _shipped()
    asked = {
        key
        for file in (ROOT / "handoff").rglob("*.py")
        for found in _KEY_IN_CODE.findall(file.read_text("utf-8"))
        for key in found
        if key
    }
    assert len(asked) > 10
    assert sorted(key for key in asked if key not in texts) == []


def test_every_refusal_of_the_interfaces_has_a_sentence() -> None:
    texts = _shipped()
    refused = {
        code
        for file in (ROOT / "handoff").rglob("*.py")
        for code in re.findall(r'ApiError\(\s*\d{3},\s*"(\w+)"', file.read_text("utf-8"))
    }
    assert refused
    assert sorted(code for code in refused if f"error_{code}" not in texts) == []
