"""One question to a tenant and the answer to it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from handoff.model import AgentId, Closed, Conversation, ConversationId

LOWEST, HIGHEST = 1, 5
LOW = 2
"""This score and below is shown to who leads the queue."""
UNDERSTOOD_FOR = timedelta(hours=24)
"""How long a number is still read as an answer."""
NOT_AGAIN_WITHIN = timedelta(days=30)


class Flag(StrEnum):
    NONE = ""
    COMPLAINT = "complaint"
    COMPLIMENT = "compliment"


@dataclass(frozen=True, slots=True)
class Opinion:
    """Moments are aware UTC. ``term``: the one in which the conversation was closed.

    ``words`` is empty when the tenant had nothing to say, and None while that is not known.
    """

    id: str
    conversation: ConversationId
    term: int
    channel: str
    address: str
    queue: str
    asked_at: datetime
    agent: AgentId | None = None
    topic: str | None = None
    score: int | None = None
    scored_at: datetime | None = None
    words: str | None = None
    words_at: datetime | None = None
    flag: Flag = Flag.NONE

    def stands(self, conversation: Conversation, now: datetime) -> bool:
        """Whether what the tenant writes now may be an answer to it."""
        still_closed = isinstance(conversation.holder, Closed) and conversation.term == self.term
        return still_closed and now < self.asked_at + UNDERSTOOD_FOR

    @property
    def low(self) -> bool:
        return self.score is not None and self.score <= LOW


ASK = "opinion"
"""The kind of the job that asks."""
PAYLOAD = "hub:opinion:"
"""How the payloads of the buttons under the question begin; a score, or one of these two."""
NOTHING_MORE = f"{PAYLOAD}no"
COMPLAIN = f"{PAYLOAD}complain"


def score_payload(score: int) -> str:
    return f"{PAYLOAD}{score}"


def is_answer(payload: str | None) -> bool:
    """Whether this is a button of ours; who wants to complain wants more than to answer."""
    return payload is not None and payload.startswith(PAYLOAD) and payload != COMPLAIN
