"""Make a stock Rasa project from our topic files: same intents, examples and answers.

What only our product knows goes away: the ``topic`` and ``handoff`` parts, signals, forms with
their entities, and custom actions. Each of those becomes a plain answer, so the peer never does
more work than ours.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

Yaml = Mapping[str, Any]

_RESPONSE_KEYS = ("text", "buttons", "channel")
_PLACEHOLDER = re.compile(r"\[\[\s*[\w.]*?(\w+)\s*\]\]")
_ANNOTATION = re.compile(r"\[([^\]]+)\](?:\([^)]*\)|\{[^}]*\})")
_COMPANIONS = ("greeting", "thanks")


@dataclass(frozen=True, slots=True)
class TopicFile:
    """One parsed topic file."""

    name: str
    title: str
    document: Yaml


@dataclass(frozen=True, slots=True)
class Rule:
    """One question and what the assistant utters on it."""

    intent: str
    actions: tuple[str, ...]

    def steps(self) -> list[dict[str, str]]:
        return [{"intent": self.intent}, *({"action": action} for action in self.actions)]


@dataclass(frozen=True, slots=True)
class StockProject:
    """The parts of a Rasa project, ready to be written."""

    domain: Yaml
    nlu: Yaml
    rules: Yaml
    stories: Yaml


def read_topics(folder: Path) -> list[TopicFile]:
    """Read every topic file, in the order of their names."""
    topics = []
    for path in sorted(folder.glob("*.yml")):
        document = yaml.safe_load(path.read_text(encoding="utf-8")) or {}
        topic = document.get("topic") or {}
        topics.append(
            TopicFile(topic.get("name", path.stem), topic.get("title", path.stem), document)
        )
    return topics


def convert(topics: Sequence[TopicFile]) -> StockProject:
    """Turn topics into a project that stock Rasa trains and serves."""
    responses: dict[str, Any] = {}
    rules: dict[str, Rule] = {}
    for topic in topics:
        responses.update(_plain_responses(topic))
        for rule in _plain_rules(topic, responses):
            rules.setdefault(rule.intent, rule)
    intents = list(dict.fromkeys(name for topic in topics for name in _names(topic, "intents")))
    nlu = [_plain_examples(entry) for topic in topics for entry in topic.document.get("nlu") or []]
    return StockProject(
        domain={"version": "3.1", "intents": intents, "responses": responses},
        nlu=_section("nlu", nlu),
        rules=_section("rules", [{"rule": r.intent, "steps": r.steps()} for r in rules.values()]),
        stories=_section("stories", _stories(topics, rules)),
    )


def write(project: StockProject, folder: Path) -> None:
    """Write the project's own files; the shared configuration is copied by the caller."""
    (folder / "data").mkdir(parents=True, exist_ok=True)
    for name, part in (
        ("domain.yml", project.domain),
        ("data/nlu.yml", project.nlu),
        ("data/rules.yml", project.rules),
        ("data/stories.yml", project.stories),
    ):
        text = yaml.safe_dump(dict(part), allow_unicode=True, sort_keys=False, width=1000)
        (folder / name).write_text(text, encoding="utf-8")


def _section(name: str, entries: Sequence[object]) -> Yaml:
    return {"version": "3.1", name: list(entries)}


def _plain_examples(entry: Yaml) -> dict[str, Any]:
    """Entities only feed forms; without forms they would only make the peer slower."""
    return {
        key: _ANNOTATION.sub(r"\1", value) if key == "examples" else value
        for key, value in entry.items()
    }


def _plain_responses(topic: TopicFile) -> dict[str, Any]:
    """Keep what a tenant reads; a response that held only signals is left out."""
    plain: dict[str, Any] = {}
    for name, variations in (topic.document.get("responses") or {}).items():
        kept = [_plain_variation(variation) for variation in variations if variation.get("text")]
        if kept:
            plain[name] = kept
    plain.setdefault(_own_utter(topic), [{"text": topic.title}])
    return plain


def _plain_variation(variation: Yaml) -> dict[str, Any]:
    kept = {key: variation[key] for key in _RESPONSE_KEYS if variation.get(key)}
    # The value's own name is about as long as the value; the peer looks nothing up.
    kept["text"] = _PLACEHOLDER.sub(r"\1", kept["text"])
    return kept


def _plain_rules(topic: TopicFile, responses: Mapping[str, object]) -> list[Rule]:
    rules = []
    for rule in topic.document.get("rules") or []:
        steps = rule.get("steps") or []
        intent = next((step["intent"] for step in steps if "intent" in step), None)
        if intent is None:
            continue
        utters = [step["action"] for step in steps if step.get("action") in responses]
        rules.append(Rule(intent, tuple(dict.fromkeys(utters)) or (_own_utter(topic),)))
    ruled = {rule.intent for rule in rules}
    for intent in _names(topic, "intents"):
        if intent not in ruled:
            rules.append(Rule(intent, (_own_utter(topic),)))
    return rules


def _names(topic: TopicFile, section: str) -> list[str]:
    """Rasa lets an entry be a name, or a mapping from the name to its settings."""
    entries = topic.document.get(section) or []
    return [entry if isinstance(entry, str) else next(iter(entry)) for entry in entries]


def _own_utter(topic: TopicFile) -> str:
    return f"utter_{topic.name}"


def _stories(topics: Sequence[TopicFile], rules: Mapping[str, Rule]) -> list[dict[str, Any]]:
    """Short conversations, so that the story policies (TED) learn as in any stock project."""
    stories = []
    opening, closing = (rules.get(name) for name in _COMPANIONS)
    for topic in topics:
        rule = rules.get(topic.name)
        if rule is None or topic.name in _COMPANIONS:
            continue
        parts = [part for part in (opening, rule, closing) if part is not None]
        stories.append(
            {"story": topic.name, "steps": [step for part in parts for step in part.steps()]}
        )
    return stories
