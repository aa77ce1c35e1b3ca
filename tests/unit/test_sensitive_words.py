"""What we never ask is taken out of a text, and what looks like it stays."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest
import yaml

from actions.repairs.told import care, told_lists
from actions.wording import words_of
from bot.sensitive import Kind, Sensitive

pytestmark = pytest.mark.unit
HERE = Path(__file__).parent
TEXTS: Mapping[str, Any] = yaml.safe_load((HERE / "sensitive_texts.yml").read_text("utf-8"))
SENSITIVE = Sensitive.load()


@pytest.mark.parametrize("one", TEXTS["taken_out"], ids=lambda one: one["text"][:40])
def test_what_must_not_be_kept_is_taken_out(one: Mapping[str, str]) -> None:
    masked = SENSITIVE.mask(one["text"])
    assert one["secret"] not in masked.text
    assert Kind(one["kind"]) in masked.kinds


@pytest.mark.parametrize("text", TEXTS["stays"])
def test_what_only_looks_like_it_stays(text: str) -> None:
    assert SENSITIVE.mask(text).text == text


def test_there_are_enough_texts_of_every_kind() -> None:
    counted = Counter(one["kind"] for one in TEXTS["taken_out"])
    assert sum(counted.values()) >= 200 and len(TEXTS["stays"]) >= 200
    assert min(counted[kind] for kind in Kind) >= 15


def test_what_we_know_to_miss_is_still_missed() -> None:
    """When one of these is found, it belongs with the others."""
    for one in TEXTS["known_misses"]:
        assert one["secret"] in SENSITIVE.mask(one["text"]).text


def test_masking_twice_is_masking_once() -> None:
    for one in TEXTS["taken_out"]:
        once = SENSITIVE.mask(one["text"]).text
        assert SENSITIVE.mask(once).text == once


def test_what_stands_in_its_place_says_what_it_was() -> None:
    masked = SENSITIVE.mask("mijn bsn is 123456782 en ik heb astma").text
    assert masked == "mijn bsn is [burgerservicenummer] en ik heb [gezondheidsgegeven]"
    assert SENSITIVE.kinds_in(masked) == (Kind.BSN, Kind.HEALTH)


def test_in_danger_what_somebody_has_or_took_stays_and_numbers_go() -> None:
    masked = SENSITIVE.mask("morfine genomen, bsn 123456782", keep_health=True)
    assert masked.text == "morfine genomen, bsn [burgerservicenummer]"


def test_of_an_illness_that_was_taken_out_a_repair_still_knows_to_go_first() -> None:
    said = SENSITIVE.mask("de verwarming is kapot en mijn man heeft copd").text
    assert "copd" not in said
    assert care(words_of(said), told_lists()) == ("gezondheid",)
