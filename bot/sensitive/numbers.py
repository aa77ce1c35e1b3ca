"""Numbers of persons, accounts and cards among the digits of a text."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from bot.sensitive.checks import passes_eleven_test, passes_luhn
from bot.sensitive.labels import Labels
from bot.sensitive.runs import Run
from bot.sensitive.words import Span, Word, WordList

_BSN_GROUPS = {(9,), (3, 3, 3), (4, 2, 3), (2, 2, 2, 3), (3, 2, 2, 2), (4, 5), (5, 4)}
_MOBILE_WITHOUT_ZERO = "6"
_MOBILE = "06"
_CARD_FIRST = "23456"
_MONTHS = 12
_MOST_GROUPS = 40
"""More than these together are no number of anything."""


def is_bsn(run: Run, words: Sequence[Word], folded: str, labels: Labels) -> bool:
    """With its name beside it any number of about that length, else only one that passes."""
    said = labels.nearest(run.first, run.after)
    digits = run.digits
    if run.is_date:
        return False
    if said == "bsn":
        return 7 <= len(digits) <= 10
    if said is not None or len(digits) != 9 or not passes_eleven_test(digits):
        return False
    if digits[0] == _MOBILE_WITHOUT_ZERO or _belongs_to_letters(run, words, folded):
        return False
    return run.spoken or tuple(map(len, run.groups)) in _BSN_GROUPS


def _belongs_to_letters(run: Run, words: Sequence[Word], folded: str) -> bool:
    """A code such as "TB-123456782" or "+123456782"."""
    before = folded[max(words[run.first].start - 2, 0) : words[run.first].start]
    glued = bool(before) and (before[-1].isalpha() or before[-1] in "+#€&=/")
    hyphened = len(before) == 2 and before[-1] in "-_" and before[0].isalnum()
    behind = folded[words[run.after - 1].end :][:1]
    return glued or hyphened or behind.isalpha()


def is_account(run: Run, labels: Labels) -> bool:
    """A number of a bank or giro without an IBAN: only with its name beside it."""
    digits = run.digits
    if run.is_date or (len(digits) == 10 and digits.startswith(_MOBILE)):
        return False
    return 5 <= len(digits) <= 10 and labels.nearest(run.first, run.after) == "account"


def cards_in(run: Run, labels: Labels) -> Iterator[Run]:
    """The first part of a run that is a card number; the longest at each place."""
    if len(run.groups) > _MOST_GROUPS:
        return
    for part in run.parts(13, 19):
        said = labels.nearest(part.first, part.after)
        if said == "card" or (said != "other" and _looks_like_card(part)):
            yield part
            return


def _looks_like_card(part: Run) -> bool:
    typed = part.spoken or len(part.groups) == 1 or all(len(one) >= 3 for one in part.groups)
    return typed and part.digits[0] in _CARD_FIRST and passes_luhn(part.digits)


def secrets_of_card(
    words: Sequence[Word], card: Span | None, names: WordList, pins: WordList
) -> Iterator[Span]:
    """Expiry date and secret number behind a card; a secret number also by its name alone."""
    for span in names.find(words):
        yield from _next_digits(words, span.after, 3, 4)
    for span in pins.find(words):
        yield from _next_digits(words, span.after, 4, 6)
        yield from _digits_before(words, span.first)
    if card is None:
        return
    for at in range(card.after, min(card.after + 12, len(words))):
        month = words[at]
        if not month.is_digits or len(month.text) > 2 or not 1 <= int(month.text) <= _MONTHS:
            continue
        year = words[at + 1] if at + 1 < len(words) else None
        if year and year.is_digits and len(year.text) in (2, 4) and year.start - month.end <= 3:
            yield Span(at, at + 2)
            yield from _next_digits(words, at + 2, 3, 4)
            return


def _next_digits(words: Sequence[Word], at: int, fewest: int, most: int) -> Iterator[Span]:
    """A number of this length close behind."""
    for place in range(at, min(at + 4, len(words))):
        if words[place].is_digits:
            if fewest <= len(words[place].text) <= most:
                yield Span(place, place + 1)
            return


def _digits_before(words: Sequence[Word], at: int) -> Iterator[Span]:
    """ "2580 als pincode": four digits one word in front of the name."""
    place = at - 2
    if place >= 0 and words[place].is_digits and len(words[place].text) == 4:
        yield Span(place, place + 1)
