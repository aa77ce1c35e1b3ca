"""Reads what somebody types into the search box. Pure; nothing that is typed is an error."""

from __future__ import annotations

import re
import unicodedata

from handoff.ledger.lists import Term, Wanted

_MOST_TERMS = 8
_LONGEST_WORD = 40
_PIECE = re.compile(r'"([^"]*)"|([^\s"]+)')
_WORD = re.compile(r"[^\W_]+")
_REFERENCE = re.compile(r"TB-?([0-9A-Z]{3,12})", re.IGNORECASE)
_PHONE = re.compile(r"\+?[\d\s().-]{7,24}")
_ADDRESS = re.compile(r"\S{4,200}")
_TAIL = 9
"""Digits that a Dutch number has behind 0, +31 or 0031."""


def read_wanted(typed: str) -> Wanted:
    """Words are beginnings, quotes hold words together; a reference, phone number or other address
    is also looked up as such."""
    text = typed.strip()[:200]
    reference = _REFERENCE.fullmatch(text)
    return Wanted(
        _terms(text),
        f"TB-{reference[1].upper()}" if reference else None,
        None if reference else _address(text),
    )


def _terms(text: str) -> tuple[Term, ...]:
    found: list[Term] = []
    for quoted, bare in _PIECE.findall(text):
        words = words_of(quoted or bare)
        if words:
            found.append(Term(words, whole=bool(quoted)))
    return tuple(found[:_MOST_TERMS])


def words_of(text: str) -> tuple[str, ...]:
    """The words as the index has them: lower case, without accents."""
    return tuple(word[:_LONGEST_WORD] for word in _WORD.findall(plain(text)))[:_MOST_TERMS]


def plain(text: str) -> str:
    """Lower case without accents. Keeps no length: see ``pieces`` for marking."""
    spread = unicodedata.normalize("NFKD", text).lower()
    return "".join(c for c in spread if not unicodedata.combining(c))


def _address(text: str) -> str | None:
    if _PHONE.fullmatch(text):
        digits = re.sub(r"\D", "", text)
        return digits[-_TAIL:] if len(digits) >= 7 else None
    named = _ADDRESS.fullmatch(text)
    return text if named and any(c.isdigit() or c == "@" for c in text) else None


def pieces(text: str, wanted: Wanted, around: int = 60) -> tuple[tuple[str, bool], ...]:
    """A stretch of a message with what was looked for marked: text and whether it is a hit.

    Values, never markup: whoever shows them shows them as text.
    """
    begins = {word for term in wanted.terms if not term.whole for word in term.words}
    wholes = {word for term in wanted.terms if term.whole for word in term.words}
    marks = []
    for found in _WORD.finditer(text):
        word = plain(found[0])
        if word in wholes or any(word.startswith(begin) for begin in begins):
            marks.append(found.span())
    start = max(0, marks[0][0] - around) if marks else 0
    end = min(len(text), start + 4 * around)
    shown: list[tuple[str, bool]] = [("…", False)] if start else []
    here = start
    for first, last in marks:
        if first < here or last > end:
            continue
        shown += [(text[here:first], False), (text[first:last], True)]
        here = last
    shown += [(text[here:end], False), ("…" if end < len(text) else "", False)]
    return tuple((part, hit) for part, hit in shown if part)
