"""The rules of the hub, pure: answer, ask back or hand over; to whom; with what promise."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Protocol

from bot.port import Answer, Band, Choice, Reply
from bot.signals import CaseOpened, Done, Escalate, EscalationReason, FormFilled, NotSure
from bot.topics import Handoff, Kind, Topic
from handoff.hours import OpeningHours

OWN_PAYLOAD = "hub:"
"""How payloads begin that the hub handles itself."""
PERSON = "hub:person"
"""Payload of every button that asks for a person; handled without the assistant."""
FILES = "hub:files"
"""Payload of photos, voice notes and files that came without words."""
UNREADABLE = "hub:unreadable"
EDITED = "hub:edited"
"""Typed words that replace what the tenant typed before."""
"""Payload of something we cannot read at all: a sticker, a poll."""
CALL_BACK = "hub:call_back"
"""Payload of the wish to be called, of somebody who waits."""
OTHER = "hub:other"
"""Payload of "something else" in an ask-back: the second failure, so a person."""
PERSON_INTENT = "human_agent_request"
PERSON_CHOICE_ID = "medewerker"
"""The reserved choice of the permanent button of the web chat."""
URGENT_QUEUE = "spoed"
OVERDUE_PRIORITY = 10
VULNERABLE_PRIORITY = 5
"""Above who waits within the promise, below all danger."""
DEFAULT_QUEUE = "huur"
HOW_TO_REACH = frozenset({"repair_contact", "repair_when"})
"""Questions of a form that "bel mij maar" answers, so that it is no wish for a person there."""
MOST_CHOICES = 3
LEAST_SHARE = 0.02
"""Below this a topic is no choice: who asks when the rent is due need not read of a death."""


@dataclass(frozen=True, slots=True)
class Say:
    """The answer is good enough to give."""

    replies: tuple[Reply, ...]


@dataclass(frozen=True, slots=True)
class AskBack:
    """Not sure: offer the likeliest topics, once; after these replies to another part."""

    topics: tuple[Topic, ...]
    replies: tuple[Reply, ...] = ()


@dataclass(frozen=True, slots=True)
class HandOver:
    """A person must take over, after these replies."""

    reason: EscalationReason
    queue: str
    note: str = ""
    replies: tuple[Reply, ...] = ()
    first: bool = False
    """Before others who wait: somebody at home is vulnerable."""


Decision = Say | AskBack | HandOver

Catalogue = Mapping[str, Topic]


class Words(Protocol):
    """The catalogue of texts, as the hub needs it."""

    def text(self, key: str, **values: object) -> str: ...

    def __contains__(self, key: object) -> bool: ...


def decide(answer: Answer, catalogue: Catalogue, failed_before: bool) -> Decision:
    """Choose between the three bands for one answer of the assistant.

    ``failed_before``: the turn before this one was an ask-back, so there is no second one (R6).
    An action that says ``Done`` needs no person, even where its topic always asks for one.
    """
    replies = tuple(reply for reply in answer.replies if reply.text.strip())
    topic = topic_of(answer, catalogue)
    for signal in answer.signals:
        if isinstance(signal, Escalate):
            queue = signal.queue or queue_of(topic)
            return HandOver(signal.reason, queue, signal.note, replies, signal.first)
    danger = catalogue.get(answer.alarm or "")
    if danger and danger is not topic:
        # Inside a form the topic of danger does not come to word; a person does.
        return HandOver(EscalationReason.URGENT, danger.queue, "", replies)
    if any(isinstance(signal, NotSure) for signal in answer.signals):
        return _not_sure(answer, catalogue, failed_before)
    if not replies:
        return HandOver(EscalationReason.BOT_SILENT, queue_of(topic))
    done = any(isinstance(signal, Done) for signal in answer.signals)
    if topic and topic.handoff is Handoff.ALWAYS and _ends_here(topic, answer) and not done:
        return HandOver(topic.reason, topic.queue, "", replies)
    if topic and topic.handoff is Handoff.OFFER and answer.carry.active_form is None:
        return Say(with_person_choice(replies))
    return Say(replies)


def _ends_here(topic: Topic, answer: Answer) -> bool:
    """Inside a form a word may look like another topic; only a wish for a person breaks it off."""
    return answer.carry.active_form is None or topic.reason is EscalationReason.ASKED


def _not_sure(answer: Answer, catalogue: Catalogue, failed_before: bool) -> Decision:
    likely = tuple(
        catalogue[guess.intent]
        for guess in answer.ranking
        if guess.intent in catalogue and catalogue[guess.intent].offered
        if guess.confidence >= LEAST_SHARE
    )[:MOST_CHOICES]
    if likely and likely[0].name == PERSON_INTENT:
        # Perhaps a wish for a person: then a person is right, and asking back would be a wall.
        return HandOver(EscalationReason.ASKED, likely[0].queue)
    hopeless = answer.band is Band.PERSON and _is_matter(answer, catalogue)
    if failed_before or hopeless:
        return HandOver(EscalationReason.NOT_UNDERSTOOD, queue_of(likely[0] if likely else None))
    return AskBack(() if answer.band is Band.PERSON else likely)


def _is_matter(answer: Answer, catalogue: Catalogue) -> bool:
    """Whether it looks like a tenant's matter at all; nonsense is asked about once."""
    topic = topic_of(answer, catalogue)
    return topic is not None and topic.kind is Kind.TENANT


def with_person_choice(replies: tuple[Reply, ...]) -> tuple[Reply, ...]:
    """The last reply also offers a person."""
    last = replies[-1]
    if any(is_person_payload(choice.payload) for choice in last.choices):
        return replies
    # The title is empty here: the desk writes the button's text from the catalogue of texts.
    return (*replies[:-1], Reply(last.text, (*last.choices, Choice("", PERSON))))


def is_person_payload(payload: str) -> bool:
    return payload == PERSON or payload.removeprefix("/").split("{")[0] == PERSON_INTENT


def topic_of(answer: Answer, catalogue: Catalogue) -> Topic | None:
    """The topic of the likeliest intent, if it is one of ours."""
    best = answer.best
    return catalogue.get(best.intent) if best else None


def queue_of(topic: Topic | None) -> str:
    return topic.queue if topic else DEFAULT_QUEUE


def form_of(answer: Answer) -> tuple[tuple[str, str], ...]:
    """The filled form, and the case it led to, as pairs for the briefing."""
    pairs: list[tuple[str, str]] = []
    for signal in answer.signals:
        if isinstance(signal, FormFilled):
            pairs.extend(signal.fields)
        elif isinstance(signal, CaseOpened):
            pairs.append(("case_reference", signal.reference))
    return tuple(pairs)


@dataclass(frozen=True, slots=True)
class Service:
    """What this corporation promises: opening hours, and minutes to a first answer per queue."""

    hours: OpeningHours
    minutes: Mapping[str, int]

    def minutes_for(self, queue: str) -> int:
        return self.minutes.get(queue, max(self.minutes.values(), default=30))

    def is_open(self, now: datetime) -> bool:
        return self.hours.is_open(now)

    def answer_by(self, queue: str, now: datetime) -> datetime:
        """The moment by which a person answers, if asked now (aware UTC)."""
        start = now if self.is_open(now) else self.hours.next_opening(now)
        return start + timedelta(minutes=self.minutes_for(queue))


def is_readable(text: str) -> bool:
    """Whether there is a letter or digit in it; emoji and dots alone are no question."""
    return any(character.isalnum() for character in text)
