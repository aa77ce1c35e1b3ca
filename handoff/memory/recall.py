"""What the hub answers by itself because it remembers, before the assistant is asked."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path

from bot.port import Answer, Ask, Guess, Reply
from bot.port import Choice as PortChoice
from bot.signals import EscalationReason
from bot.topics import Handoff, Topic
from handoff import policy
from handoff.counter import Counter
from handoff.memory import circles, follow_up, requests, third_party, tone, yes_no
from handoff.memory.past import CIRCLES, FOLLOW_UP, YES_NO, Past
from handoff.memory.phrases import Phrases
from handoff.memory.requests import Part
from handoff.memory.yes_no import Said
from handoff.model import Message
from handoff.policy import Decision, HandOver, Say

_AFFIRM, _DENY = "affirm", "deny"


@dataclass(frozen=True, slots=True)
class Recalled:
    """An answer of the hub itself, and what is done with it."""

    answer: Answer
    decision: Decision


@dataclass(frozen=True, slots=True)
class Meant:
    """The message means one of our own payloads; the assistant is asked with it."""

    payload: str


@dataclass(frozen=True, slots=True, repr=False)
class Books:
    """The word lists of the memory."""

    follow_ups: Phrases
    yes_no: Phrases
    circles: Phrases
    third_parties: Phrases
    second_requests: Phrases
    tones: Phrases

    @classmethod
    def load(cls, data: Path) -> Books:
        """Read them from ``data/``.

        Raises:
            YamlBroken: a list is missing or badly written, with file and line.
        """
        return cls(
            Phrases.load(data / "follow_ups.yml", follow_up.LISTS),
            Phrases.load(data / "yes_no.yml", yes_no.LISTS),
            Phrases.load(data / "circles.yml", circles.LISTS),
            Phrases.load(data / "third_parties.yml", third_party.LISTS),
            Phrases.load(data / "second_requests.yml", requests.LISTS),
            Phrases.load(data / "tone.yml", tone.LISTS),
        )


@dataclass(frozen=True, slots=True, repr=False)
class Memory:
    """``render`` puts facts and settings in a topic's text, as they hold today."""

    books: Books
    counter: Counter
    render: Callable[[str], str]

    def recall(self, ask: Ask, past: Past) -> Recalled | Meant | None:
        """What this message means because of what came before it; None leaves it to the assistant.

        A button says what it means by itself, and an open form listens to its own questions.
        """
        if ask.payload is not None or ask.carry.active_form is not None:
            return None
        return (
            self._answer_to_us(ask, past)
            or self._complaint(ask, past)
            or self._follow_up(ask, past)
        )

    def parts_of(self, ask: Ask) -> tuple[Part, ...]:
        """The parts of a message with two requests. A form takes in a story as a whole."""
        if ask.payload is not None or ask.carry.active_form is not None:
            return ()
        parts = requests.parts_of(ask.text, self.books.second_requests)
        return () if self._leaning(parts) else parts

    def _leaning(self, parts: tuple[Part, ...]) -> str | None:
        """What the last part asks about the one before: "Hoe zeg ik op? En wat kost dat?"."""
        if len(parts) < 2:
            return None
        return follow_up.aspect_of(parts[-1].text, self.books.follow_ups)

    def adjusted(self, ask: Ask, answer: Answer, decision: Decision, past: Past) -> Decision:
        """The decision on one answer, given for whom the tenant writes."""
        topic = policy.topic_of(answer, self.counter.catalogue)
        if topic is None or ask.carry.active_form or answer.carry.active_form:
            return decision
        return self._for_another(ask, topic, decision, past)

    def reconsider(self, ask: Ask, answer: Answer, decision: Decision, past: Past) -> Recalled:
        """What is done with an answer of the assistant, given what came before it."""
        topic = policy.topic_of(answer, self.counter.catalogue)
        in_form = ask.carry.active_form or answer.carry.active_form
        before = past.answered_topic(self.counter.catalogue)
        again = topic is not None and before is not None and before.name == topic.name
        if topic and again and isinstance(decision, Say) and not (in_form or ask.payload):
            return self._same_again(ask, answer, topic, past)
        adjusted = self.adjusted(ask, answer, decision, past)
        if topic and isinstance(adjusted, Say) and not (in_form or ask.payload):
            adjusted = self._with_detail(ask, topic, adjusted)
        return Recalled(answer, adjusted)

    def _with_detail(self, ask: Ask, topic: Topic, say: Say) -> Say:
        """A question and its follow-up in one message: the detail comes behind the answer."""
        aspect = self._leaning(requests.parts_of(ask.text, self.books.second_requests))
        text = follow_up.text_of(topic, aspect) if aspect else None
        if text is None:
            return say
        last = say.replies[-1]
        without_choices = (*say.replies[:-1], Reply(last.text))
        return Say((*without_choices, Reply(self.render(text), last.choices)))

    def _for_another(self, ask: Ask, topic: Topic, decision: Decision, past: Past) -> Decision:
        """Who writes for another hears that data of that person is not shown here."""
        said = [*(turn.text for turn in past.turns), ask.text]
        if not topic.needs or not third_party.role_in_all(said, self.books.third_parties):
            return decision
        if isinstance(decision, HandOver) and decision.reason is EscalationReason.POLICY:
            return replace(decision, reason=EscalationReason.THIRD_PARTY)
        honest = self.counter.words.text("third_party_data")
        told_before = past.said is not None and honest in past.said.text
        if not isinstance(decision, Say) or told_before:
            return decision
        last = decision.replies[-1]
        with_it = replace(last, text=f"{last.text}\n\n{honest}")
        return Say(policy.with_person_choice((*decision.replies[:-1], with_it)))

    def _same_again(self, ask: Ask, answer: Answer, topic: Topic, past: Past) -> Recalled:
        """The same topic as just before: what it says of the detail, or else a person."""
        aspect = follow_up.aspect_named_in(ask.text, self.books.follow_ups)
        words = follow_up.text_of(topic, aspect) if aspect else None
        text = self.render(words) if words else None
        if text and not (past.said and past.said.text == text):
            replies = _with_offer(topic, (Reply(text),))
            return Recalled(replace(answer, replies=replies), Say(replies))
        return self._circle(answer, topic, "circles_same", past)

    def _complaint(self, ask: Ask, past: Past) -> Recalled | Meant | None:
        if not circles.says_it_did_not_help(ask.text, self.books.circles):
            return None
        if past.said is not None and yes_no.is_ask_back(past.said):
            return self._chosen(ask, policy.OTHER, past)
        topic = past.answered_topic(self.counter.catalogue)
        if topic is None:
            return None
        answer = Answer((), (), (Guess(topic.name, 1.0),), ask.carry)
        return self._circle(answer, topic, "circles_no_help", past)

    def _circle(self, answer: Answer, topic: Topic, key: str, past: Past) -> Recalled:
        """Offer a person; who was offered one on this topic before gets one."""
        if past.offered_a_way_out(topic):
            return Recalled(answer, HandOver(EscalationReason.GOING_IN_CIRCLES, topic.queue))
        replies = (Reply(self.counter.words.text(key), _A_PERSON),)
        return Recalled(replace(answer, replies=replies, model=CIRCLES), Say(replies))

    def _answer_to_us(self, ask: Ask, past: Past) -> Recalled | Meant | None:
        """A yes, a no or a choice in words, as the answer to what we said last."""
        message, book = past.said, self.books.yes_no
        if message is None:
            return None
        choice = yes_no.picked(ask.text, message, book)
        if choice is not None:
            return self._chosen(ask, choice.payload, past)
        said = yes_no.said_in(ask.text, message, book)
        if said is None:
            return None
        if yes_no.is_ask_back(message):
            return self._to_ask_back(ask, said, message, past)
        if yes_no.offers_a_person(message, book):
            if said is Said.YES:
                return self._person(ask, _reason(past), past)
            return self._say(ask, _DENY, self._text("what_next"), YES_NO)
        choices = yes_no.own_choices(message)
        if said is Said.YES and len(choices) == 1 and yes_no.asks(message):
            return self._chosen(ask, choices[0].payload, past)
        return None

    def _to_ask_back(
        self, ask: Ask, said: Said, message: Message, past: Past
    ) -> Recalled | Meant | None:
        choices = yes_no.own_choices(message)
        if said is Said.NO:
            return self._chosen(ask, policy.OTHER, past)
        if len(choices) == 1:
            return self._chosen(ask, choices[0].payload, past)
        if not choices:
            return None
        again = tuple(PortChoice(choice.title, choice.payload) for choice in message.choices)
        which = (Reply(self.counter.words.text("which_one"), again),)
        return self._say(ask, _AFFIRM, which, YES_NO)

    def _chosen(self, ask: Ask, payload: str, past: Past) -> Recalled | Meant | None:
        if policy.is_person_payload(payload):
            return self._person(ask, _reason(past), past)
        if payload == policy.OTHER:
            return self._person(ask, EscalationReason.NOT_UNDERSTOOD, past)
        return Meant(payload) if payload.startswith("/") else None

    def _person(self, ask: Ask, reason: EscalationReason, past: Past) -> Recalled:
        queue = policy.queue_of(past.answered_topic(self.counter.catalogue))
        answer = Answer((), (), (Guess(_AFFIRM, 1.0),), ask.carry, YES_NO)
        return Recalled(answer, HandOver(reason, queue))

    def _text(self, key: str) -> tuple[Reply, ...]:
        return (Reply(self.counter.words.text(key)),)

    def _follow_up(self, ask: Ask, past: Past) -> Recalled | None:
        topic = past.answered_topic(self.counter.catalogue)
        aspect = follow_up.aspect_of(ask.text, self.books.follow_ups) if topic else None
        if topic is None or aspect is None:
            return None
        text = follow_up.text_of(topic, aspect)
        if text is None:
            honest = Reply(self.counter.words.text("follow_up_unknown"), _A_PERSON)
            return self._say(ask, topic.name, (honest,), FOLLOW_UP)
        replies = _with_offer(topic, (Reply(self.render(text)),))
        return self._say(ask, topic.name, replies, FOLLOW_UP)

    def _say(self, ask: Ask, intent: str, replies: tuple[Reply, ...], by: str) -> Recalled:
        answer = Answer(replies, (), (Guess(intent, 1.0),), ask.carry, by)
        return Recalled(answer, Say(replies))


_A_PERSON = (PortChoice("", policy.PERSON),)
"""The desk writes the button's text from the catalogue of texts."""


def _reason(past: Past) -> EscalationReason:
    """Why a person comes when the tenant takes our offer of one."""
    circles = past.last is not None and past.last.model == CIRCLES
    return EscalationReason.GOING_IN_CIRCLES if circles else EscalationReason.ASKED


def _with_offer(topic: Topic, replies: tuple[Reply, ...]) -> tuple[Reply, ...]:
    return replies if topic.handoff is Handoff.NEVER else policy.with_person_choice(replies)
