"""The arithmetic by which numbers of persons, accounts and cards are known."""

from __future__ import annotations

IBAN_LENGTHS = {
    "AD": 24,
    "AE": 23,
    "AL": 28,
    "AT": 20,
    "BA": 20,
    "BE": 16,
    "BG": 22,
    "CH": 21,
    "CY": 28,
    "CZ": 24,
    "DE": 22,
    "DK": 18,
    "EE": 20,
    "ES": 24,
    "FI": 18,
    "FR": 27,
    "GB": 22,
    "GR": 27,
    "HR": 21,
    "HU": 28,
    "IE": 22,
    "IS": 26,
    "IT": 27,
    "LI": 21,
    "LT": 20,
    "LU": 20,
    "LV": 21,
    "MC": 27,
    "MD": 24,
    "ME": 22,
    "MK": 19,
    "MT": 31,
    "NL": 18,
    "NO": 15,
    "PL": 28,
    "PT": 25,
    "RO": 24,
    "RS": 22,
    "SA": 24,
    "SE": 24,
    "SI": 19,
    "SK": 24,
    "SM": 27,
    "TR": 26,
    "UA": 29,
}
"""Characters of an IBAN by country (ISO 13616 registry)."""


def passes_eleven_test(digits: str) -> bool:
    """The test of a burgerservicenummer of 8 or 9 digits (Wet algemene bepalingen bsn)."""
    nine = digits.zfill(9)
    if len(nine) != 9 or not nine.strip("0"):
        return False
    total = sum(int(digit) * weight for digit, weight in zip(nine, range(9, 1, -1), strict=False))
    return (total - int(nine[8])) % 11 == 0


def passes_luhn(digits: str) -> bool:
    """The test of a card number (ISO/IEC 7812)."""
    total = 0
    for place, digit in enumerate(reversed(digits)):
        value = int(digit) * (2 if place % 2 else 1)
        total += value - 9 if value > 9 else value
    return total % 10 == 0


def passes_iban(text: str) -> bool:
    """Length and check digits of an IBAN in capitals without spaces (ISO 13616)."""
    if IBAN_LENGTHS.get(text[:2]) != len(text) or not text.isalnum() or not text.isascii():
        return False
    return int("".join(str(int(one, 36)) for one in text[4:] + text[:4])) % 97 == 1
