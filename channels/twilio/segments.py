"""How long a message really is, and where to cut it.

An SMS is counted in segments: 160 characters of the GSM-7 alphabet, or 70 of UCS-2 as soon as one
character is outside it; 153 or 67 each when there are several. Dutch falls into that trap with one
"ë" or a curly quote, so those become plain where that saves the whole message.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterable

from channels.port import OutboundChoice

_GSM7 = frozenset(
    "@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !\"#¤%&'()*+,-./0123456789:;<=>?"
    "¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿abcdefghijklmnopqrstuvwxyzäöñüà"
)
_GSM7_DOUBLE = frozenset("\f^{}\\[~]|€")
"""In GSM-7 too, after an escape: they count for two."""

_LOOKALIKES = {
    **dict(zip("ëêïîíáâóôúûçËÊÈÏÎÍÁÂÀÓÔÒÚÛÙ", "eeiiiaaoouucEEEIIIAAAOOOUUU", strict=True)),
    **dict.fromkeys("‘’‚‛′`´", "'"),
    **dict.fromkeys("“”„‟″«»", '"'),
    **dict.fromkeys("‐‑‒–—―−•·", "-"),
    **dict.fromkeys("\u00a0\u2007\u2009\u202f\t", " "),
    **dict.fromkeys("\u00ad\u200b\ufeff", ""),
    "…": "...",
}
_TO_GSM7 = str.maketrans(_LOOKALIKES)

_GSM7_ALONE, _GSM7_EACH = 160, 153
_UCS2_ALONE, _UCS2_EACH = 70, 67
_BASIC_PLANE = 0xFFFF

_SENTENCE_END = re.compile(r"(?<!\d)[.!?]+[\"')]*(?=\s)|(?=\n)")
"""Not after a digit: "1. Ja" is the first of a list."""
_SPACE = re.compile(r"(?<!\d\.)(?=\s)")
_EARLIEST_SENTENCE = 3
"""A sentence that ends in the first third would leave a message too short to pay for."""

Fits = Callable[[str], bool]


def is_gsm7(text: str) -> bool:
    """Whether all of it is in the alphabet with the long segments."""
    return all(letter in _GSM7 or letter in _GSM7_DOUBLE for letter in text)


def plain(text: str) -> str:
    """The text in GSM-7, with lookalikes ("financiele"), if that can be and is no longer."""
    if is_gsm7(text):
        return text
    replaced = unicodedata.normalize("NFC", text).translate(_TO_GSM7)
    return replaced if is_gsm7(replaced) and segments(replaced) <= segments(text) else text


def segments(text: str) -> int:
    """What an SMS with this text costs, in segments; an empty one costs one."""
    if is_gsm7(text):
        widths = [2 if letter in _GSM7_DOUBLE else 1 for letter in text]
        alone, each = _GSM7_ALONE, _GSM7_EACH
    else:
        widths = [2 if ord(letter) > _BASIC_PLANE else 1 for letter in text]
        alone, each = _UCS2_ALONE, _UCS2_EACH
    return 1 if sum(widths) <= alone else _packed(widths, each)


def utf16_length(text: str) -> int:
    """Characters as a provider counts them: an emoji is two."""
    return sum(2 if ord(letter) > _BASIC_PLANE else 1 for letter in text)


def split(text: str, fits: Fits) -> list[str]:
    """Parts that fit: cut after a sentence if there is one, else between words, else anywhere.

    ``fits`` must hold for every beginning of a text for which it holds. Never empty.
    """
    parts: list[str] = []
    text = text.strip()
    while not fits(text):
        cut = _cut(text, _longest(text, fits))
        parts.append(text[:cut].strip())
        text = text[cut:].strip()
    return [*parts, text] if text or not parts else parts


def with_numbers(text: str, choices: Iterable[OutboundChoice], fits: Fits) -> list[str]:
    """Parts of a text, and its choices as "1. ..." on lines of their own, in the last parts."""
    parts = split(text, fits)
    lines = [f"{no}. {' '.join(choice.title.split())}" for no, choice in enumerate(choices, 1)]
    if not lines:
        return parts
    together = "\n".join([parts[-1], *lines]).strip()
    if fits(together):
        return [*parts[:-1], together]
    return [part for part in parts if part] + _lines_packed(lines, fits)


def _lines_packed(lines: Iterable[str], fits: Fits) -> list[str]:
    """As many lines in one part as fit; a line is cut only when it does not fit alone."""
    packed: list[str] = []
    for line in lines:
        if packed and fits(f"{packed[-1]}\n{line}"):
            packed[-1] = f"{packed[-1]}\n{line}"
        else:
            packed.extend(split(line, fits))
    return packed


def _packed(widths: Iterable[int], each: int) -> int:
    """Segments in use, when nothing that counts for two may lie across a border."""
    used, room = 1, each
    for width in widths:
        if width > room:
            used, room = used + 1, each
        room -= width
    return used


def _longest(text: str, fits: Fits) -> int:
    """How many characters from the start fit; at least one, so that cutting comes to an end."""
    low, high = 1, len(text)
    while low < high:
        middle = (low + high + 1) // 2
        if fits(text[:middle]):
            low = middle
        else:
            high = middle - 1
    return low


def _cut(text: str, longest: int) -> int:
    after_sentence = _last(_SENTENCE_END, text, longest)
    if after_sentence * _EARLIEST_SENTENCE >= longest:
        return after_sentence
    return _last(_SPACE, text, longest) or after_sentence or longest


def _last(pattern: re.Pattern[str], text: str, longest: int) -> int:
    # One character more is looked at: the blank after a part that fills its room to the end.
    return max((found.end() for found in pattern.finditer(text, 0, longest + 1)), default=0)
