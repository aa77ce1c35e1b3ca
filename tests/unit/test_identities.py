"""A phone number is one number, however a channel writes it; and only on channels with numbers."""

from __future__ import annotations

import pytest

from handoff.identities import Address, phone_of, spellings_of

pytestmark = pytest.mark.unit

ADA = "+31612345678"


@pytest.mark.parametrize(
    ("channel", "address"),
    [
        ("whatsapp", "whatsapp:+31612345678"),
        ("whatsapp", "+31612345678"),
        ("sms", "+31 6 1234 5678"),
        ("sms", "0031612345678"),
        ("phone", "0612345678"),
        ("phone", "(06) 12-34.56.78"),
        ("phone", "31612345678"),
        ("voice", "tel:+31612345678"),
    ],
)
def test_one_number_in_every_spelling(channel: str, address: str) -> None:
    assert phone_of(Address(channel, address)) == ADA


@pytest.mark.parametrize(
    ("channel", "address"),
    [
        ("telegram", "31612345678"),
        ("webchat", "0612345678"),
        ("webhook", ADA),
        ("phone", "anonymous"),
        ("phone", ""),
        ("sms", "Thuisbalie"),
        ("sms", "+1234"),
        ("sms", "12345"),
        ("sms", "+31612345678x"),
        ("sms", "+0612345678"),
        ("whatsapp", "whatsapp:NL.1a2b3c4d5e"),
        ("sms", "+3161234567890123"),
    ],
)
def test_what_is_no_number_of_a_person_is_none(channel: str, address: str) -> None:
    assert phone_of(Address(channel, address)) is None


def test_every_spelling_we_look_for_is_read_as_that_number() -> None:
    for spelling in spellings_of(ADA):
        assert phone_of(Address("sms", spelling)) == ADA
    assert "0612345678" in spellings_of(ADA)
    assert all(not one.startswith("06") for one in spellings_of("+491711234567"))
