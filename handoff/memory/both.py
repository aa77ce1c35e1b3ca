"""Puts the answers to the parts of one message together: plain answers first, then what asks."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from bot.port import Answer, Carry, Reply
from bot.signals import EscalationReason, NotSure
from bot.topics import Topic
from handoff import policy
from handoff.memory.requests import Part
from handoff.policy import AskBack, Catalogue, Decision, HandOver, Say

SURE_OF_A_HALF = 0.95
"""Halves of one sentence stand out of context: there the assistant must be surer than usual."""
_FIRST_REASONS = (EscalationReason.URGENT, EscalationReason.SENSITIVE)
"""When two parts go to a person, the reason of these counts before any other."""


@dataclass(frozen=True, slots=True)
class Heard:
    """One part, what the assistant said to it, and what would be done with that alone."""

    part: Part
    answer: Answer
    decision: Decision

    def topic(self, catalogue: Catalogue) -> Topic | None:
        """The topic that the assistant is sure of, if it is one of ours."""
        topic, best = policy.topic_of(self.answer, catalogue), self.answer.best
        if topic is None or best is None or not topic.offered or not self.answer.replies:
            return None
        # A wish for a person is read in the whole, by plain code.
        if topic.name == policy.PERSON_INTENT or self._is_unsure:
            return None
        return topic if self.part.clear or best.confidence >= SURE_OF_A_HALF else None

    @property
    def _is_unsure(self) -> bool:
        return any(isinstance(signal, NotSure) for signal in self.answer.signals)

    @property
    def opens_a_form(self) -> bool:
        return self.answer.carry.active_form is not None


def combine(heard: Sequence[Heard], catalogue: Catalogue) -> tuple[Answer, Decision] | None:
    """One answer to all parts; None when the message is better read as a whole.

    Two subjects that the assistant is sure of are both answered. Beside one sure subject a part
    that is clearly another request is asked about. Two forms at once cannot be filled in.
    """
    sure: dict[str, Heard] = {}
    for one in heard:
        topic = one.topic(catalogue)
        if topic is not None:
            sure.setdefault(topic.name, one)
    open_parts = [one for one in heard if one.part.clear and _likely(one, catalogue, sure)]
    forms = [one for one in sure.values() if one.opens_a_form]
    if not sure or len(forms) > 1 or (len(sure) == 1 and not open_parts):
        return None
    leaving = [one for one in sure.values() if isinstance(one.decision, HandOver)]
    if leaving:
        plain = [one for one in sure.values() if one not in leaving and one not in forms]
        return _handed_over(plain, leaving)
    ordered = [*(one for one in sure.values() if one not in forms), *forms]
    answer, replies = _joined(ordered)
    if open_parts and not forms:
        return answer, AskBack(_likely(open_parts[0], catalogue, sure), replies)
    return answer, Say(replies)


def _handed_over(plain: list[Heard], leaving: list[Heard]) -> tuple[Answer, Decision]:
    """Who goes to a person goes for both; a form that had just begun is left to that person."""
    leaving = sorted(leaving, key=_gravity)
    answer, replies = _joined([*plain, *leaving[1:], leaving[0]])
    gravest = leaving[0].decision
    assert isinstance(gravest, HandOver)
    return answer, HandOver(gravest.reason, gravest.queue, gravest.note, replies)


def _gravity(one: Heard) -> int:
    reason = one.decision.reason if isinstance(one.decision, HandOver) else None
    return _FIRST_REASONS.index(reason) if reason in _FIRST_REASONS else len(_FIRST_REASONS)


def _joined(ordered: Sequence[Heard]) -> tuple[Answer, tuple[Reply, ...]]:
    """The last part is what the conversation is about from now on."""
    replies: list[Reply] = []
    slots: dict[str, object] = {}
    for one in ordered:
        decision = one.decision
        replies += decision.replies if isinstance(decision, Say | HandOver) else one.answer.replies
        slots |= one.answer.carry.slots
    last = ordered[-1].answer
    guesses = [one.answer.ranking[0] for one in reversed(ordered)]
    signals = tuple(signal for one in ordered for signal in one.answer.signals)
    carry = Carry(slots, last.carry.active_form, last.carry.requested_slot)
    return Answer(tuple(replies), signals, tuple(guesses), carry, last.model), tuple(replies)


def _likely(one: Heard, catalogue: Catalogue, sure: dict[str, Heard]) -> tuple[Topic, ...]:
    """What a part may be about that the assistant is not sure of; nothing when it is sure."""
    if one.topic(catalogue) is not None or not any(
        isinstance(signal, NotSure) for signal in one.answer.signals
    ):
        return ()
    found = [catalogue[guess.intent] for guess in one.answer.ranking if guess.intent in catalogue]
    # The likeliest must be a matter, and another one: else it is more of the same, or small talk.
    if not found or not found[0].offered or found[0].name in sure:
        return ()
    known = {*sure, policy.PERSON_INTENT}
    others = [topic for topic in found if topic.offered and topic.name not in known]
    return tuple(others[: policy.MOST_CHOICES])
