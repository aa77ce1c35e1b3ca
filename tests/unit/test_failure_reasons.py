"""Every failure a provider can name has Dutch words for staff, and never a number."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from channels.twilio.codes import CODES, OUT_OF_REACH, reason
from handoff.console.deliveries import OWN_REASONS

pytestmark = pytest.mark.unit
CATALOGUE = Path("web/console/src/nl/delivery.ts")


def worded() -> set[str]:
    words = CATALOGUE.read_text().partition("REASONS")[2].partition("};")[0]
    return set(re.findall(r"^  ([a-z_]+):", words, re.MULTILINE))


@pytest.mark.parametrize("code", CODES)
def test_a_code_is_known_as_a_refusal_and_as_a_callback(code: int) -> None:
    assert reason(f"twilio {code}") == reason(str(code)) == CODES[code].key
    assert CODES[code].key in worded()


@pytest.mark.parametrize(
    ("detail", "key"),
    [
        (OUT_OF_REACH, "provider_failed"),
        ("twilio 503", "provider_failed"),
        ("twilio 499", ""),
        ("99999", ""),
        ("", ""),
        ("TimeoutError", ""),
        ("twilio " + "9" * 40, ""),
        ("-21610", ""),
    ],
)
def test_what_has_no_code_of_its_own(detail: str, key: str) -> None:
    assert reason(detail) == key


def test_our_own_reasons_have_words_too() -> None:
    assert {*OWN_REASONS.values(), "looking", "in_doubt"} <= worded()
