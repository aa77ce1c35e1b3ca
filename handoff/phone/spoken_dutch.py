"""Everything with a digit in it, written out as it is said: dates, times, amounts, phone numbers.

Pure. A voice left to itself reads "12,50" and "088 123 45 67" in a way of its own, another one per
provider. Text without digits comes back as it was.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass

from handoff.phone.spoken_numbers import NumberWords, load_number_words

_LONGEST_NUMBER = 6
"""Longer runs of digits are no quantity: they are read one by one."""
_FEWEST_IN_PHONE = 8
_HELPLINES = "112|113|144"
_CLOCK = r"([01]?\d|2[0-3])[:.]([0-5]\d)"
_REFERENCE = re.compile(r"\b(?=[A-Z-]*\d|TB-)[A-Z]{1,4}(?:-[A-Z0-9]{2,12})+\b")
_POSTCODE = re.compile(r"\b([1-9]\d{3}) ?([A-Z]{2})\b(?!-)")
_DATE = re.compile(r"\b(\d{1,2})([-/])(\d{1,2})\2(\d{4})\b")
_ISO_DATE = re.compile(r"\b(\d{4})-(\d{2})-(\d{2})\b")
_PERIOD = re.compile(rf"\b{_CLOCK}\s*[-–]\s*{_CLOCK}(?:\s*uur)?\b")
_TIME = re.compile(
    r"\b([01]?\d|2[0-3]):([0-5]\d)(?:\s*uur)?\b"
    r"|\b([01]?\d|2[0-3])\.([0-5]\d)(?:\s*uur\b|(?=\s+\w+\s+\d{1,2}\.\d\d\s*uur\b))"
)
_AMOUNT = re.compile(
    r"€\s?(\d{1,3}(?:\.\d{3})+|\d{1,6})(?:,(\d\d|-|—))?(?!\d)"
    r"|\b(\d{1,3}(?:\.\d{3})+|\d{1,6}),(\d\d|-)\s?euro\b"
)
_PERCENT = re.compile(r"(\d)\s?%")
_PHONE = re.compile(r"(?<![\w,.])(?:\+\d{2}|0\d)\d*(?:(?: - |[ -]|\) ?)?\d+)*\b")
_HELPLINE = re.compile(rf"(?<![\w,.])({_HELPLINES})\b(?![.,]?\d|\s?(?:%|euro|dagen|weken))")
_ORDINAL = re.compile(r"\b(\d{1,6})(?:e|ste|de)\b")
_RANGE = re.compile(r"\b(\d+)\s?[-–]\s?(?=\d)")
_THOUSANDS = re.compile(r"\b\d{1,3}(?:\.\d{3})+\b(?![.,]\d)")
_DECIMAL = re.compile(r"(\d+),(\d+)")
_NUMBER = re.compile(r"\d+")
Match = re.Match[str]


@dataclass(frozen=True, slots=True)
class SpokenDutch:
    """Says a text aloud, in writing."""

    words: NumberWords

    def say(self, text: str) -> str:
        """The text with everything in digits written out."""
        for sign, word in self.words.signs.items():
            text = text.replace(sign, word)
        if not any(one.isdecimal() for one in text) and not _REFERENCE.search(text):
            return text
        for sign, word in self.words.units.items():
            text = re.sub(rf"(?<=\d)\s?{re.escape(sign)}(?!\w)", f" {word}", text)
        for pattern, said in self._steps():
            text = pattern.sub(said, text)
        return text

    def _steps(self) -> tuple[tuple[re.Pattern[str], Callable[[Match], str]], ...]:
        """What is longest and most certain first; what is written out holds no digit any more."""
        return (
            (_REFERENCE, self._reference),
            (_DATE, lambda m: self._date(m, m[1], m[3], m[4])),
            (_ISO_DATE, lambda m: self._date(m, m[3], m[2], m[1])),
            (_PERIOD, self._period),
            (_TIME, lambda m: self._clock(m[1] or m[3], m[2] or m[4])),
            (_AMOUNT, self._amount),
            (_PHONE, self._phone),
            (_POSTCODE, lambda m: f"{self.words.digits(m[1])}, {' '.join(m[2])}"),
            (_PERCENT, lambda m: f"{m[1]} {self.words.word['percent']}"),
            (_HELPLINE, lambda m: self.words.digits(m[1])),
            (_ORDINAL, lambda m: self.words.ordinal(int(m[1])) if int(m[1]) else m[0]),
            (_RANGE, lambda m: f"{m[1]} {self.words.word['until']} "),
            (_THOUSANDS, lambda m: m[0].replace(".", "")),
            (_DECIMAL, self._decimal),
            (_NUMBER, self._number),
        )

    def _reference(self, match: Match) -> str:
        """Spelled, with a pause where the hyphen stands."""
        parts = match[0].split("-")
        return ", ".join(" ".join(self._letter(one) for one in part) for part in parts)

    def _letter(self, one: str) -> str:
        return self.words.digits(one) if one.isdecimal() else one

    def _date(self, match: Match, day: str, month: str, year: str) -> str:
        if not (1 <= int(day) <= 31 and 1 <= int(month) <= len(self.words.months)):
            return match[0]
        name = self.words.months[int(month) - 1]
        return f"{self.words.cardinal(int(day))} {name} {self.words.cardinal(int(year))}"

    def _period(self, match: Match) -> str:
        until = self.words.word["until"]
        return f"{self._clock(match[1], match[2])} {until} {self._clock(match[3], match[4])}"

    def _clock(self, hour: str, minute: str) -> str:
        said = f"{self.words.cardinal(int(hour))} {self.words.word['hour']}"
        return f"{said} {self.words.cardinal(int(minute))}" if int(minute) else said

    def _amount(self, match: Match) -> str:
        euros, cents = (match[1] or match[3]).replace(".", ""), match[2] or match[4] or ""
        few = int(cents) if cents.isdecimal() else 0
        if len(euros) > _LONGEST_NUMBER:
            return match[0]
        if not int(euros) and few:
            return f"{self.words.cardinal(few)} {self.words.word['cent']}"
        said = f"{self.words.cardinal(int(euros))} {self.words.word['euro']}"
        return f"{said} {self.words.cardinal(few)}" if few else said

    def _phone(self, match: Match) -> str:
        """Digit by digit, with a pause between the groups it is written in."""
        groups = re.findall(r"\d+", match[0])
        if sum(map(len, groups)) < _FEWEST_IN_PHONE:
            return match[0]
        if len(groups) == 1:
            groups = _grouped(groups[0])
        said = ", ".join(self.words.digits(group) for group in groups)
        return f"{self.words.word['plus']} {said}" if match[0].startswith("+") else said

    def _decimal(self, match: Match) -> str:
        whole = _NUMBER.sub(self._number, match[1])
        behind = self.words.digits(match[2]) if match[2][0] == "0" else self._number_of(match[2])
        return f"{whole} {self.words.word['comma']} {behind}"

    def _number(self, match: Match) -> str:
        """With blanks around it where it is glued to a letter: "12a"."""
        text, start, end = match.string, match.start(), match.end()
        before = " " if start and text[start - 1].isalpha() else ""
        after = " " if end < len(text) and text[end].isalpha() else ""
        return before + self._number_of(match[0]) + after

    def _number_of(self, digits: str) -> str:
        spelled = len(digits) > _LONGEST_NUMBER or (len(digits) > 1 and digits[0] == "0")
        return self.words.digits(digits) if spelled else self.words.cardinal(int(digits))


def _grouped(digits: str) -> list[str]:
    """A phone number that was written in one piece: what comes first, then pairs."""
    first = 2 if digits.startswith(("06", "31")) else 3
    rest = digits[first:]
    odd = len(rest) % 2
    pairs = [rest[at : at + 2] for at in range(odd, len(rest), 2)]
    return [digits[:first], *([rest[:odd]] if odd else []), *pairs]


def spoken_dutch() -> SpokenDutch:
    """With the words as they are shipped."""
    return SpokenDutch(load_number_words())
