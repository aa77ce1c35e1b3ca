"""What a tenant types becomes text that databases and screens can carry."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from handoff.clean_text import clean_text

pytestmark = pytest.mark.unit


@pytest.mark.parametrize(
    ("raw", "clean"),
    [
        ("  hallo \r\n daar ", "hallo \n daar"),
        ("a\x00b\x07c", "abc"),
        ("x\ud800y", "x\ufffdy"),
        ("e\u0301", "é"),
        ("👩‍👩‍👧", "👩‍👩‍👧"),
        ("<script>alert(1)</script>", "<script>alert(1)</script>"),
        ("مرحبا", "مرحبا"),
        ("\x00\x01", ""),
    ],
)
def test_text_is_made_storable_and_stays_the_same_words(raw: str, clean: str) -> None:
    assert clean_text(raw) == clean


@given(st.text(st.characters(exclude_categories=())))
def test_whatever_comes_in_can_be_encoded_and_is_stable(raw: str) -> None:
    clean = clean_text(raw)
    clean.encode("utf-8")
    assert "\x00" not in clean
    assert clean_text(clean) == clean
