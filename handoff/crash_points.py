"""Named places where a fault test may kill the process, to prove that nothing is lost there.

Armed only through ``THUISBALIE_CRASH_AT=name`` or ``name:n`` (the n-th visit); otherwise a no-op.
"""

from __future__ import annotations

import os
import signal
from collections import Counter as VisitCount

NAMES = (
    "before_inbox_commit",
    "after_inbox_commit",
    "after_turn_begun",
    "after_assistant_replied",
    "before_settle_commit",
    "after_settle_commit",
    "before_send",
    "after_send",
    "after_send_marked",
    "after_kept_request_done",
)
_visits: VisitCount[str] = VisitCount()


def crash_point(name: str) -> None:
    """Die here by SIGKILL when this point is armed."""
    armed = os.environ.get("THUISBALIE_CRASH_AT", "")
    if not armed:
        return
    wanted, _, nth = armed.partition(":")
    if wanted != name:
        return
    _visits[name] += 1
    if _visits[name] == int(nth or 1):
        os.kill(os.getpid(), signal.SIGKILL)
