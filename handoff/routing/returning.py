"""A held conversation goes back to a queue because its holder is gone or passes it on. Pure."""

from __future__ import annotations

from datetime import datetime

from bot.signals import EscalationReason
from handoff.change import Asked, Change, Ended
from handoff.counter import Counter, event_text, say_when
from handoff.model import (
    AssignmentOutcome,
    Draft,
    MessageKind,
    Promise,
    State,
    Visibility,
    Waiting,
)


def back_to_queue(queue: str, told: str, counter: Counter, now: datetime, note: str = "") -> Change:
    """To ``queue`` again. The tenant is told with the text ``told``, once, and by when."""
    when = say_when(counter.service.answer_by(queue, now), now, counter.words)
    return Change(
        drafts=(event_text(counter, counter.words.text(told, when=when), State.WAITING),),
        holder=Waiting(queue),
        steps=(Ended(AssignmentOutcome.REQUEUED), Asked(queue, EscalationReason.POLICY, note)),
        promise=Promise(
            counter.words.text("promise_answer", when=when), counter.service.answer_by(queue, now)
        ),
        keep_promises=True,
    )


def for_staff(counter: Counter, key: str, **values: object) -> Draft:
    """A line that only staff read."""
    return Draft(
        counter.system,
        counter.words.text(key, **values),
        MessageKind.NOTE,
        visibility=Visibility.DESK,
    )
