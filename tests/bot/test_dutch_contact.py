"""Phone numbers and addresses as tenants write, dictate and misspell them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from actions.dutch_address import Address, find_address
from actions.dutch_phone import find_phone

pytestmark = pytest.mark.unit


@pytest.mark.parametrize(
    "text",
    [
        "0612345678", "06-12345678", "06 12 34 56 78", "06.1234.5678", "(06) 12345678",
        "+31612345678", "+31 6 12345678", "+31 (0)6 12 34 56 78", "0031612345678", "31612345678",
        "0031 6-12345678", "tel: 06/12345678!", "bel 0612345678 na 5 uur", "06 – 1234 5678",
        "nul zes een twee drie vier vijf zes zeven acht",
        "nul zes eh twaalf vierendertig zesenvijftig achtenzeventig",
        "mijn nummer is nul zes, twaalf, drie vier, zesenvijftig, zeven acht hoor",
        "06 twaalf 34 zesenvijftig 78", "zes een twee drie vier vijf zes zeven acht",
        "plus 31 6 12345678", "graag bellen op 0 6 1 2 3 4 5 6 7 8",
    ],
)  # fmt: skip
def test_a_mobile_number_has_one_spelling_in_the_end(text: str) -> None:
    phone = find_phone(text)
    assert phone is not None and phone.number == "+31612345678"
    assert phone.as_written == "06 12345678"


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("020-1234567", "+31201234567"),
        ("0182 - 12 34 56", "+31182123456"),
        ("thuis (040) 212 34 56", "+31402123456"),
        ("085 000 12 34", "+31850001234"),
        ("nul twee nul dubbel een twee drie vier vijf zes", "+31201123456"),
        ("nul één nul tweeëntwintig drieëndertig vierenveertig een", "+31102233441"),
    ],
)
def test_numbers_at_home_are_found_too(text: str, number: str) -> None:
    phone = find_phone(text)
    assert phone is not None and phone.number == number


@pytest.mark.parametrize(
    "text",
    [
        "", "112", "0900-8844", "0800-2000", "061234567", "06123456789", "061234567890",
        "NL91 ABNA 0417 1643 00", "nl91abna0417164300", "1234 AB 12", "een lek en twee deuren",
        "3-12-2026", "tussen 9 en 12", "zes weken", "klantnummer 123456",
    ],
)  # fmt: skip
def test_other_numbers_are_no_phone_number(text: str) -> None:
    assert find_phone(text) is None


def test_where_the_number_stands_is_told() -> None:
    text = "bel 06-12345678 na vijven"
    phone = find_phone(text)
    assert phone is not None and text[phone.start : phone.end] == "06-12345678"


@pytest.mark.parametrize(
    ("text", "address"),
    [
        ("1234 AB 12", Address("1234AB", 12)),
        ("1234ab 12a", Address("1234AB", 12, "A")),
        ("1234 ab, nr 12", Address("1234AB", 12)),
        ("postcode 1234AB huisnummer 12 bis", Address("1234AB", 12, "BIS")),
        ("1234 AB 12-3", Address("1234AB", 12, "-3")),
        ("1234 AB 12 H", Address("1234AB", 12, "H")),
        ("Lindelaan 12a, 1234 AB Lindestad", Address("1234AB", 12, "A")),
        ("ik woon op Lindelaan 7 1234ab", Address("1234AB", 7)),
        ("1234 AB", Address("1234AB")),
        ("1234ab 12 en bel me", Address("1234AB", 12)),
        ("het is 1234AB 12 op de tweede", Address("1234AB", 12)),
        ("9999xk nummer 101", Address("9999XK", 101)),
    ],
)
def test_a_postcode_is_found_with_its_house_number(text: str, address: Address) -> None:
    assert find_address(text) == address


@pytest.mark.parametrize(
    "text",
    ["", "0123 AB", "1234 SS", "in 2025 is het begonnen", "1500 op de teller", "2026 en 2027",
     "1234 abc", "12345 AB"],
)  # fmt: skip
def test_years_and_other_numbers_are_no_postcode(text: str) -> None:
    assert find_address(text) is None


def test_an_address_is_shown_as_people_write_it() -> None:
    assert str(Address("1234AB", 12, "A")) == "1234 AB 12a"


@given(st.text(max_size=200))
def test_any_text_is_searched_without_an_error(text: str) -> None:
    find_phone(text)
    find_address(text)


@given(st.lists(st.sampled_from(["0", "6", "+", "31", "nul", "dubbel", "-", "12", "AB", "1234"])))
def test_any_row_of_digits_is_searched_without_an_error(row: list[str]) -> None:
    find_phone(" ".join(row))
    find_address(" ".join(row))
