"""One phone line and the parts of the hub that a call on it needs."""

from __future__ import annotations

from dataclasses import dataclass

from handoff.clock import Clock
from handoff.inbox import Inbox, Understand
from handoff.memory.phrases import Phrases
from handoff.phone.afterwards import Afterwards
from handoff.phone.call_log import CallLog
from handoff.phone.hint_book import HintBook
from handoff.phone.speech import Speech
from handoff.phone.telephone import Telephone


@dataclass(frozen=True, slots=True)
class Line:
    """One line, as its calls see it."""

    telephone: Telephone
    inbox: Inbox
    log: CallLog
    afterwards: Afterwards
    speech: Speech
    understand: Understand
    clock: Clock
    hints: HintBook
    yes_no: Phrases
