"""What the hub answers by itself because it remembers, before the assistant is asked."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from bot.port import Answer, Ask, Choice, Guess, Reply
from bot.topics import Handoff, Topic
from handoff import policy
from handoff.counter import Counter
from handoff.memory import follow_up
from handoff.memory.past import FOLLOW_UP, Past
from handoff.memory.phrases import Phrases
from handoff.policy import Decision, Say


@dataclass(frozen=True, slots=True)
class Recalled:
    """An answer of the hub itself, and what is done with it."""

    answer: Answer
    decision: Decision


@dataclass(frozen=True, slots=True)
class Books:
    """The word lists of the memory."""

    follow_ups: Phrases

    @classmethod
    def load(cls, data: Path) -> Books:
        """Read them from ``data/``.

        Raises:
            YamlBroken: a list is missing or badly written, with file and line.
        """
        return cls(Phrases.load(data / "follow_ups.yml", follow_up.LISTS))


@dataclass(frozen=True, slots=True)
class Memory:
    """``render`` puts facts and settings in a topic's text, as they hold today."""

    books: Books
    counter: Counter
    render: Callable[[str], str]

    def recall(self, ask: Ask, past: Past) -> Recalled | None:
        """What this message means because of what came before it; None leaves it to the assistant.

        A button says what it means by itself, and an open form listens to its own questions.
        """
        if ask.payload is not None or ask.carry.active_form is not None:
            return None
        return self._follow_up(ask, past)

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


_A_PERSON = (Choice("", policy.PERSON),)
"""The desk writes the button's text from the catalogue of texts."""


def _with_offer(topic: Topic, replies: tuple[Reply, ...]) -> tuple[Reply, ...]:
    return replies if topic.handoff is Handoff.NEVER else policy.with_person_choice(replies)
