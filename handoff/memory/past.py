"""What a turn may look back on: the turns before it in this stretch, and the last thing we said."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from bot.topics import Topic
from handoff.model import AuthorKind, Message, Outcome, Turn, Visibility
from handoff.policy import Catalogue

LONGEST_PAUSE = timedelta(minutes=30)
"""After a silence like this "that" no longer points at what was said before it."""
LOOKED_AT = 8
"""How many turns back anything is remembered here."""
OWN_MODEL = "hub:"
"""How the model of a turn begins that the hub answered without the assistant."""
FOLLOW_UP = "hub:follow_up"
YES_NO = "hub:yes_no"
CIRCLES = "hub:circles"


@dataclass(frozen=True, slots=True)
class Past:
    """Turns oldest first; ``said`` is the message of ours that the tenant now answers."""

    turns: tuple[Turn, ...] = ()
    said: Message | None = None

    @property
    def last(self) -> Turn | None:
        return self.turns[-1] if self.turns else None

    def answered_topic(self, catalogue: Catalogue) -> Topic | None:
        """The topic of the last answer; a thank you or a yes in between does not change it."""
        for turn in reversed(self.turns):
            topic = catalogue.get(turn.intent or "")
            if turn.outcome is not Outcome.ANSWERED or topic is None:
                return None
            if topic.offered:
                return topic
        return None

    @property
    def asked_back(self) -> bool:
        return self.last is not None and self.last.outcome is Outcome.ASKED_BACK

    def offered_a_way_out(self, topic: Topic) -> bool:
        """Whether a person was offered before because the tenant went in circles on this topic."""
        return any(turn.model == CIRCLES and turn.intent == topic.name for turn in self.turns)


def past_of(
    turns: Sequence[Turn], messages: Sequence[Message], term: int, before: int, now: datetime
) -> Past:
    """Put together what may be looked back on.

    ``turns`` newest first; ``before``: the position of the first message that is answered now.
    """
    recent: list[Turn] = []
    until = now
    for turn in turns:
        if turn.term != term or until - turn.started_at > LONGEST_PAUSE:
            break
        recent.insert(0, turn)
        until = turn.started_at
    ours = [
        message
        for message in messages
        if message.pos < before
        and message.author.kind is AuthorKind.BOT
        and message.visibility is Visibility.TENANT
    ]
    return Past(tuple(recent[-LOOKED_AT:]), ours[-1] if ours else None)
