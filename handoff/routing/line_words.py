"""Who stands where in line, and how that is said to somebody who waits."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from handoff import policy
from handoff.counter import Counter
from handoff.ledger import Ledger
from handoff.model import Conversation, Waiting
from handoff.routing import place, score


def in_line(ledger: Ledger, counter: Counter, now: datetime) -> Sequence[Conversation]:
    """All who wait and may be given out, first in line first."""
    waiting = ledger.routing.line.waiting(now)
    reopened = ledger.routing.line.reopened([one.id for one in waiting])

    def points(one: Conversation) -> float:
        window = ledger.windows.get(one.channel, one.address)
        wait = score.Wait(
            since=one.waiting_since or now,
            danger=one.priority if one.urgent_kind else 0,
            overdue=one.priority >= policy.OVERDUE_PRIORITY and not one.urgent_kind,
            vulnerable=one.priority == policy.VULNERABLE_PRIORITY,
            reopened=one.id in reopened,
            window_closes_at=window.closes_at if window else None,
        )
        return score.score(wait, now)

    return sorted(waiting, key=points, reverse=True)


def standing_in_line(
    ledger: Ledger, conversation: Conversation, counter: Counter, now: datetime
) -> str:
    """The place of somebody who waits, in words; nothing when there is no line to stand in."""
    if not isinstance(conversation.holder, Waiting) or not counter.service.is_open(now):
        return ""
    queue = conversation.holder.queue
    ids = [one.id for one in in_line(ledger, counter, now) if one.holder == Waiting(queue)]
    if conversation.id not in ids:
        return ""
    since = now - place.MEASURED_OVER
    waits = ledger.routing.line.recent_waits(queue, since, place.MOST_MEASURED)
    minutes = place.expected_minutes(waits, counter.service.hours)
    return place.place_text(ids.index(conversation.id) + 1, minutes, counter.words)


def entering_text(
    ledger: Ledger, conversation: Conversation, counter: Counter, now: datetime
) -> str:
    """Told once at the end of a line; who is first was told all in the words before."""
    since = conversation.waiting_since
    if since is None or conversation.urgent_kind:
        return ""
    if ledger.messages.told_since(conversation.id, since, counter.words.text("queue_in_line")):
        return ""
    told = standing_in_line(ledger, conversation, counter, now)
    first = place.place_text(1, None, counter.words)
    return "" if told.startswith(first) else told
