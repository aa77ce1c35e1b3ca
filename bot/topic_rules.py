"""What a good topic file has beside being readable: answers, a spoken one, a rule, examples."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from datetime import date, timedelta

from bot.facts import FACTS, FactExpired, Facts, UnknownPlaceholder
from bot.findings import Findings
from bot.lined_yaml import LinedYaml, read
from bot.plain_dutch import PlainDutch
from bot.topic import Kind, Said, Topic
from bot.variety import near_duplicates

FEWEST_EXAMPLES = {Kind.TENANT: 150, Kind.REFERRAL: 60, Kind.OUT_OF_SCOPE: 300, Kind.SMALLTALK: 25}
FEWEST_IN_OTHER_LANGUAGES = {Kind.TENANT: 20}
REVIEW_AFTER = timedelta(days=366)
_SLOT = re.compile(r"\{(\w+)\}")


def check_topic(topic: Topic, facts: Facts, plain: PlainDutch, on: date, into: Findings) -> None:
    """All rules of one topic."""
    source = read(topic.file)
    _check_answers(topic, source, into)
    _check_rule(topic, source, into)
    _check_examples(topic, into)
    _check_review(topic, source, on, into)
    for said in topic.said:
        _check_said(topic, said, _slots(source), facts, plain, on, into)


def check_no_text_twice(topics: Mapping[str, Topic], into: Findings) -> None:
    """The same text in two intents teaches the assistant nothing but doubt."""
    seen: dict[str, tuple[str, str]] = {}
    for topic in topics.values():
        for example in topic.examples:
            key = " ".join(re.findall(r"\w+", example.text.lower())) or example.text
            where = f"{topic.file.name}:{example.line}"
            if key in seen:
                intent, other = seen[key]
                what = f"{example.text!r} stands in {other} ({intent}) already"
                into.error(topic.file, example.line, what)
            seen.setdefault(key, (example.intent, where))


def _check_answers(topic: Topic, source: LinedYaml, into: Findings) -> None:
    if topic.kind is Kind.SYSTEM:
        return
    main = f"utter_{topic.name}"
    own = [said for said in topic.said if said.response == main]
    forms = bool(source.data.get("forms"))
    if not own and not forms:
        into.error(topic.file, source.line_of("responses"), f"no answer {main}")
    elif own and not any(said.channel is None for said in own):
        into.error(topic.file, source.line_of("responses", main), f"{main}: no written answer")
    elif own and not any(said.channel == "voice" for said in own):
        into.error(topic.file, source.line_of("responses", main), f"{main}: no spoken answer")


def _check_rule(topic: Topic, source: LinedYaml, into: Findings) -> None:
    rules = str(source.data.get("rules") or "")
    for intent in topic.intents:
        if f"'intent': '{intent}'" not in rules:
            into.error(topic.file, source.line_of("rules"), f"no rule starts with {intent}")


def _check_examples(topic: Topic, into: Findings) -> None:
    fewest = FEWEST_EXAMPLES.get(topic.kind, 0)
    count = sum(example.intent == topic.name for example in topic.examples)
    if count < fewest:
        into.error(topic.file, 1, f"{count} examples, at least {fewest} wanted")
    few = FEWEST_IN_OTHER_LANGUAGES.get(topic.kind, 0)
    others = sum(example.language != "nl" for example in topic.examples)
    if others < few:
        into.error(topic.file, 1, f"{others} examples in other languages, at least {few} wanted")
    for earlier, later in near_duplicates([example.text for example in topic.examples]):
        first, again = topic.examples[earlier], topic.examples[later]
        what = f"{again.text!r} is almost the same as line {first.line}"
        into.error(topic.file, again.line, what)
    for example in topic.examples:
        if example.intent not in topic.intents:
            what = f"example for {example.intent!r}, which is not an intent of this file"
            into.error(topic.file, example.line, what)


def _check_review(topic: Topic, source: LinedYaml, on: date, into: Findings) -> None:
    line = source.line_of("topic", "reviewed")
    if topic.reviewed and topic.reviewed + REVIEW_AFTER < on:
        into.remark(topic.file, line, f"last reviewed {topic.reviewed}: read it again")
    if topic.kind is Kind.TENANT and not topic.sources:
        into.error(topic.file, source.line_of("topic", "sources"), "no source for the answer")


def _check_said(
    topic: Topic,
    said: Said,
    slots: frozenset[str],
    facts: Facts,
    plain: PlainDutch,
    on: date,
    into: Findings,
) -> None:
    for slot in _SLOT.findall(said.text):
        if slot not in slots:
            into.error(topic.file, said.line, f"{said.response}: no slot {{{slot}}}")
    for problem in plain.problems(_as_read(topic, said, facts, on, into)):
        into.error(topic.file, said.line, f"{said.response}: {problem}")
    for button in said.buttons:
        for problem in plain.problems(button.title):
            into.error(topic.file, button.line, f"button: {problem}")


def _as_read(topic: Topic, said: Said, facts: Facts, on: date, into: Findings) -> str:
    try:
        return facts.render(said.text, on)
    except FactExpired as expired:
        name = expired.name.removeprefix(FACTS)
        into.error(topic.file, said.line, f"{said.response}: fact {name} has expired")
    except UnknownPlaceholder:
        pass  # the loader has said so
    return said.text


def _slots(source: LinedYaml) -> frozenset[str]:
    slots = source.data.get("slots")
    return frozenset(map(str, slots)) if isinstance(slots, Mapping) else frozenset()


def unused_facts(topics: Mapping[str, Topic], others: str, facts: Facts) -> Iterator[str]:
    """Facts that no answer refers to."""
    said = others + " ".join(part.text for topic in topics.values() for part in topic.said)
    for name in facts.facts:
        if f"[[{FACTS}{name}]]" not in said:
            yield name
