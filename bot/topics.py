"""The catalogue: what each file under ``data/nlu/`` says about its topic.

A pure reader. Rasa reads examples and rules out of the same files; this module reads what the
hub, the console and the checks need: names, titles, who takes over and when, and the answers.
"""

from __future__ import annotations

from collections.abc import Callable, Container, Mapping
from pathlib import Path
from types import MappingProxyType

from bot.placeholders import placeholders_in
from bot.topic import QUEUES, Handoff, Kind, Topic, TopicBroken
from bot.topic_reader import read_file, read_topic

__all__ = ["QUEUES", "Handoff", "Kind", "Topic", "TopicBroken", "collect_topics", "load_topics"]

Complain = Callable[[TopicBroken], None]


def load_topics(folder: Path, placeholders: Container[str] | None = None) -> Mapping[str, Topic]:
    """Read all topic files of a folder, by topic name.

    ``placeholders``: the names that may stand in ``[[...]]``; None leaves them unchecked.

    Raises:
        TopicBroken: the first mistake found, with its file and line.
    """

    def refuse(wrong: TopicBroken) -> None:
        raise wrong

    return collect_topics(folder, placeholders, refuse)


def collect_topics(
    folder: Path, placeholders: Container[str] | None, complain: Complain
) -> Mapping[str, Topic]:
    """Read all topic files; every mistake goes to ``complain``, the rest is still read."""
    topics: dict[str, Topic] = {}
    owner_of: dict[str, Path] = {}
    for file in sorted(folder.glob("*.yml")):
        try:
            topic = _read_one(file, owner_of)
        except TopicBroken as wrong:
            complain(wrong)
            owner_of.setdefault(file.stem, file)  # buttons to it are no second mistake
        else:
            topics |= {topic.name: topic} if topic else {}
    for topic in topics.values():
        _check_said(topic, owner_of, placeholders, complain)
    return MappingProxyType(topics)


def _read_one(file: Path, owner_of: dict[str, Path]) -> Topic | None:
    source = read_file(file)
    if "topic" not in source.data:
        return None  # extra examples or responses for a topic that another file describes
    topic = read_topic(source)
    for intent in topic.intents:
        if intent in owner_of:
            where = owner_of[intent].name
            raise TopicBroken(file, source.line_of("intents"), f"{where} already has {intent}")
    owner_of.update(dict.fromkeys(topic.intents, file))
    return topic


def _check_said(
    topic: Topic,
    intents: Container[str],
    placeholders: Container[str] | None,
    complain: Complain,
) -> None:
    for said in topic.said:
        for button in said.buttons:
            # A payload without a slash is read as the tenant's own words.
            if button.payload.startswith("/") and button.intent not in intents:
                what = f"button to unknown intent {button.payload!r}"
                complain(TopicBroken(topic.file, button.line, what))
        for name in placeholders_in(said.text):
            if placeholders is not None and name not in placeholders:
                complain(TopicBroken(topic.file, said.line, f"unknown placeholder [[{name}]]"))
