"""What the editors write, read once: facts, words, topics, urgent words; and how it is used."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from uuid import uuid4

from bot.facts import FactExpired, Facts
from bot.signals import EscalationReason
from bot.texts import Texts
from bot.topics import load_topics
from handoff.clock import AMSTERDAM, Clock
from handoff.corporation import Corporation, read_corporation
from handoff.counter import Counter, Danger
from handoff.inbox import Meaning, Understand
from handoff.language_lines import LanguageLines, load_lines
from handoff.languages import Languages
from handoff.memory.recall import Books
from handoff.person_request import PersonRequest
from handoff.policy import Catalogue, Service
from handoff.reception import SafetyText
from handoff.urgent import DEFAULT_LANGUAGE, UrgentLexicon

ROOT = Path(__file__).resolve().parents[1]
_HIGHEST_PRIORITY = 100


@dataclass(frozen=True, slots=True, repr=False)
class Content:
    """What the editors write: facts, words, topics, urgent words."""

    facts: Facts
    counter: Counter
    lexicon: UrgentLexicon
    person_request: PersonRequest
    books: Books


@cache
def load_content() -> Content:
    """Read it once in a process; it does not change while it runs."""
    facts = Facts.load(ROOT / "data/facts.yml", ROOT / "corporation.yml")
    lexicon = UrgentLexicon.load(ROOT / "data/urgent")
    counter = _counter(facts, read_corporation(ROOT / "corporation.yml"), lexicon)
    person_request = PersonRequest.load(ROOT / "data/person_request")
    return Content(facts, counter, lexicon, person_request, Books.load(ROOT / "data"))


def _counter(facts: Facts, corporation: Corporation, lexicon: UrgentLexicon) -> Counter:
    words = Texts.load(ROOT / "data/texts.yml", facts.render_corporation)
    catalogue = load_topics(ROOT / "data/nlu", facts.names)
    service = Service(corporation.hours, corporation.answer_minutes)
    known = tuple(name for name in corporation.first_choices if name in catalogue)
    dangers = {
        topic: Danger(kind, _HIGHEST_PRIORITY - place)
        for topic, (kind, place) in lexicon.by_topic.items()
    }
    lines = _lines(facts, lexicon, catalogue)
    return Counter(
        words, service, catalogue, lambda: uuid4().hex, lines, known, lexicon.labels, dangers
    )


def _lines(facts: Facts, lexicon: UrgentLexicon, catalogue: Catalogue) -> LanguageLines:
    safety = {
        kind: {language: facts.render_corporation(text) for language, text in texts.items()}
        for kind, texts in lexicon.safety_texts().items()
    }
    danger_of = {
        topic: kind
        for topic, (kind, _) in lexicon.by_topic.items()
        if topic in catalogue and catalogue[topic].reason is EscalationReason.URGENT
    }
    languages = Languages.load(ROOT / "data/languages.yml")
    return load_lines(ROOT / "data/language_lines.yml", languages, safety, danger_of)


def renderer(facts: Facts, counter: Counter, clock: Clock) -> Callable[[str], str]:
    """Fill facts in an answer; an expired one makes the answer say honestly that we do not know."""

    def render(text: str) -> str:
        try:
            return facts.render(text, clock.now().astimezone(AMSTERDAM).date())
        except FactExpired:
            return counter.words.text("fact_expired")

    return render


def understander(content: Content, clock: Clock) -> Understand:
    """What plain code reads in every text: danger, and a wish for a person."""
    lexicon, facts = content.lexicon, content.facts

    def safety_in(text: str) -> Sequence[SafetyText]:
        today = clock.now().astimezone(AMSTERDAM).date()
        found = []
        for urgent in lexicon.recognise(text):
            parts = [lexicon.safety_text(urgent.kind)]
            if urgent.language != DEFAULT_LANGUAGE:
                parts.append(lexicon.safety_text(urgent.kind, urgent.language))
            words = facts.render("\n\n".join(parts), today)
            priority = _HIGHEST_PRIORITY - urgent.priority
            found.append(SafetyText(urgent.kind, urgent.label, priority, words))
        return found

    def understand(text: str) -> Meaning:
        # What looks like a command is only text, also when its name speaks of a person.
        command = text.lstrip().startswith("/")
        asks = not command and content.person_request.recognise(text)
        return Meaning(safety_in(text), asks)

    return understand
