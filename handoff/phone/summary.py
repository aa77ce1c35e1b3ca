"""What a caller can keep of a call: a text message with its reference and what was agreed.

Pure. The number of a caller proves nothing and others may read along, so not even the
topic is put in it.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from handoff.memory.phrases import Phrases
from handoff.memory.yes_no import Said
from handoff.policy import Words

_MOBILE = re.compile(r"\+316[1-58]\d{7}")
"""Dutch mobile numbers of people; no pagers and no machines (+31 66, +31 67, +31 97)."""
_YES_KEY, _NO_KEY = "1", "2"
_SMALL = ("small", "agree")


@dataclass(frozen=True, slots=True)
class CallSummary:
    """``reference``: of the call. ``when``: the block in which somebody calls back, in words."""

    reference: str
    case: str = ""
    when: str = ""

    @property
    def is_worth_keeping(self) -> bool:
        """Whether there is anything in it that a caller would have to write down."""
        return bool(self.case or self.when)

    def text(self, words: Words) -> str:
        """The message. It says first that no person wrote it."""
        lines = [words.text("call_summary_opening", reference=self.reference)]
        if self.case:
            lines.append(words.text("call_summary_case", case=self.case))
        if self.when:
            lines.append(words.text("call_summary_call_back", when=self.when))
        return " ".join([*lines, words.text("call_summary_closing")])


def can_get_texts(number: str) -> bool:
    """Whether this is a number that a text can be sent to: a Dutch mobile one."""
    return bool(_MOBILE.fullmatch(number))


def agreed(said: str, digit: str, book: Phrases) -> Said | None:
    """Whether this is a yes or a no to the offer, in words or with a key; None: neither."""
    if digit in (_YES_KEY, _NO_KEY):
        return Said.YES if digit == _YES_KEY else Said.NO
    reading = book.read(said)
    if not reading.words:
        return None
    if reading.has("deny") and not reading.left("deny", *_SMALL):
        return Said.NO
    # Consent must be plain: whoever says anything else too is not sent a text.
    plain = reading.has("affirm", "agree") and not reading.has("refusing")
    return Said.YES if plain and not reading.left("affirm", *_SMALL) else None
