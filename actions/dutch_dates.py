"""Days written with a number: 3-12-2026, "3 en 5 december", "de 3e"."""

from __future__ import annotations

from datetime import date

from actions.dutch_place import Days, Found, Place

_LOOK_AHEAD = 8


def written(place: Place) -> Found | None:
    """3-12-2026, 2026-12-03; 3-12 is left out where it may be hours."""
    numbers = place.word().replace("/", "-").replace(".", "-").split("-")
    if len(numbers) not in (2, 3) or not all(part.isdecimal() for part in numbers):
        return None
    year = None
    if len(numbers[0]) == 4:
        numbers = numbers[::-1]
    elif len(numbers) == 2 and ("." in place.word() or place.is_one("hour_word", 1)):
        return None
    if len(numbers) == 3:
        year = int(numbers[2]) + (2000 if len(numbers[2]) == 2 else 0)
    day = _in_month(int(numbers[0]), int(numbers[1]), year, place)
    return (Days.on(day), 1) if day else None


def day_and_month(place: Place) -> Found | None:
    """3 december; 3 en 5 december (each number finds the month behind the last one)."""
    number = _day_number(place)
    if number is None:
        return None
    for ahead in range(1, _LOOK_AHEAD):
        month = place.words.month(place.word(ahead))
        if month:
            year = int(place.word(ahead + 1)) if _is_year(place.word(ahead + 1)) else None
            day = _in_month(number, month, year, place)
            own = all(place.is_one("ordinal_end", step) for step in range(1, ahead))
            length = ahead + 1 + bool(year) if own else 1
            return (Days.on(day), length) if day else None
        if not (_day_number(place.ahead(ahead)) or _joins_numbers(place, ahead)):
            return None
    return None


def _joins_numbers(place: Place, ahead: int) -> bool:
    kinds = ("and", "or", "until", "ordinal_end", "of")
    return any(place.is_one(kind, ahead) for kind in kinds)


def _is_year(word: str) -> bool:
    return len(word) == 4 and word.startswith("20") and word.isdecimal()


def _day_number(place: Place) -> int | None:
    word = place.word()
    number = int(word) if word.isdecimal() and len(word) <= 2 else place.words.ordinals.get(word)
    if number is None and len(word) > 2:
        number = place.words.numbers.get(word)
    return number if number and 1 <= number <= 31 else None


def _in_month(day: int, month: int, year: int | None, place: Place) -> date | None:
    """That day, in the year that fits: the next one, or the last one when we look back."""
    for candidate in (year,) if year else _years(place):
        try:
            found = date(candidate, month, day)
        except ValueError:
            continue
        if year or (found <= place.today if place.past else found >= place.today):
            return found
    return None


def _years(place: Place) -> tuple[int, ...]:
    step = -1 if place.past else 1
    return tuple(place.today.year + step * years for years in range(5))


def ordinal(place: Place) -> Found | None:
    """de 3e, de derde: only where no noun follows ("de derde verdieping" is no day)."""
    word = place.word()
    number = _day_number(place)
    length = 2 if word.isdecimal() and place.is_one("ordinal_end", 1) else 1
    spelled = word in place.words.ordinals and place.is_one("of", -1)
    if number is None or not (length == 2 or spelled) or not _ends_here(place, length):
        return None
    month, year = place.today.month, place.today.year
    for _ in range(13):
        try:
            day = date(year, month, number)
        except ValueError:
            day = None
        if day and (day <= place.today if place.past else day >= place.today):
            return Days.on(day), length
        month += -1 if place.past else 1
        year, month = year + (month - 1) // 12, (month - 1) % 12 + 1
    return None


def _ends_here(place: Place, ahead: int) -> bool:
    """Whether nothing follows that the number could count."""
    word = place.word(ahead)
    known = place.words.lists
    roles = ("and", "or", "after", "before", "around", "between", "until", "of")
    return (
        not word.isalpha()
        or any(word in known[role] for role in roles)
        or word in place.words.parts
        or word in known["negation"]
    )
