"""Reads one topic file, and says with file and line what is wrong with it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from enum import StrEnum
from pathlib import Path

from bot.lined_yaml import LinedYaml, YamlBroken, read
from bot.signals import EscalationReason
from bot.topic import (
    LONGEST_TITLE,
    QUEUES,
    Button,
    Example,
    Handoff,
    Kind,
    Said,
    Topic,
    TopicBroken,
)


def read_file(file: Path) -> LinedYaml:
    try:
        return read(file)
    except YamlBroken as wrong:
        raise TopicBroken(wrong.file, wrong.line, wrong.what) from wrong


def read_topic(source: LinedYaml) -> Topic:
    """Read one file.

    Raises:
        TopicBroken: a part is missing, or has a value that is not allowed.
    """
    reader = _Reader(source)
    name = reader.text("topic", "name")
    if name != source.file.stem:
        raise reader.broken(
            f"the topic is called {name!r}, the file {source.file.stem!r}", "topic", "name"
        )
    intents = reader.texts("intents")
    if not intents and reader.text("topic", "kind") != Kind.SYSTEM:
        raise reader.broken("no intents", "intents")
    if name not in intents and reader.text("topic", "kind") != Kind.SYSTEM:
        raise reader.broken(f"{name!r} must be one of the intents", "intents")
    title = reader.text("topic", "title")
    if len(title) > LONGEST_TITLE:
        raise reader.broken(f"title longer than {LONGEST_TITLE} characters", "topic", "title")
    queue = reader.text("handoff", "queue")
    if queue not in QUEUES:
        raise reader.broken(
            f"unknown queue {queue!r}; known: {', '.join(sorted(QUEUES))}", "handoff", "queue"
        )
    return Topic(
        name=name,
        title=title,
        group=reader.text("topic", "group"),
        kind=Kind(reader.one_of(Kind, "topic", "kind")),
        queue=queue,
        handoff=Handoff(reader.one_of(Handoff, "handoff", "when")),
        reason=EscalationReason(reader.one_of(EscalationReason, "handoff", "reason")),
        intents=intents,
        needs=reader.texts("topic", "needs"),
        owner=reader.text("topic", "owner"),
        sources=reader.texts("topic", "sources"),
        reviewed=reader.day("topic", "reviewed"),
        urgent=reader.yes_or_no("handoff", "urgent"),
        said=tuple(_said_in(source)),
        examples=tuple(_examples_in(source)),
        file=source.file,
    )


class _Reader:
    """Takes parts out of one file and complains with its line."""

    def __init__(self, source: LinedYaml) -> None:
        self._source = source

    def broken(self, what: str, *key: str) -> TopicBroken:
        return TopicBroken(self._source.file, self._source.line_of(*key), what)

    def part(self, *key: str) -> object:
        value: object = self._source.data
        for step in key:
            if not isinstance(value, Mapping) or value.get(step) is None:
                return None
            value = value[step]
        return value

    def text(self, *key: str) -> str:
        value = self.part(*key)
        if not isinstance(value, str) or not value.strip():
            raise self.broken(f"{'.'.join(key)} is missing", *key)
        return value

    def texts(self, *key: str) -> tuple[str, ...]:
        value = self.part(*key)
        if not isinstance(value, list):
            raise self.broken(f"{'.'.join(key)} must be a list", *key)
        return tuple(str(item) for item in value)

    def day(self, *key: str) -> date:
        value = self.part(*key)
        if not isinstance(value, date):
            raise self.broken(f"{'.'.join(key)} must be a date (YYYY-MM-DD)", *key)
        return value

    def yes_or_no(self, *key: str) -> bool:
        value = self.part(*key)
        if value is not None and not isinstance(value, bool):
            raise self.broken(f"{'.'.join(key)} must be true or false", *key)
        return bool(value)

    def one_of(self, allowed: type[StrEnum], *key: str) -> str:
        value = self.text(*key)
        known = [member.value for member in allowed]
        if value not in known:
            raise self.broken(f"{'.'.join(key)}: {value!r} is none of {', '.join(known)}", *key)
        return value


def _said_in(source: LinedYaml) -> Iterator[Said]:
    responses = source.data.get("responses") or {}
    if not isinstance(responses, Mapping):
        raise TopicBroken(source.file, source.line_of("responses"), "responses must be a mapping")
    for name, variations in responses.items():
        for number, variation in enumerate(variations or []):
            where = ("responses", name, number)
            if not isinstance(variation, Mapping):
                raise TopicBroken(source.file, source.line_of(*where), f"{name}: not a variation")
            channel = variation.get("channel")
            yield Said(
                response=str(name),
                text=str(variation.get("text") or ""),
                channel=str(channel) if channel else None,
                buttons=tuple(_buttons_in(source, where, variation.get("buttons") or [])),
                line=source.line_of(*where),
            )


def _buttons_in(source: LinedYaml, where: tuple[str | int, ...], raw: object) -> Iterator[Button]:
    for number, button in enumerate(raw if isinstance(raw, list) else []):
        line = source.line_of(*where, "buttons", number)
        if not isinstance(button, Mapping) or not button.get("title") or not button.get("payload"):
            raise TopicBroken(source.file, line, "a button needs a title and a payload")
        yield Button(str(button["title"]), str(button["payload"]), line)


def _examples_in(source: LinedYaml) -> Iterator[Example]:
    parts = source.data.get("nlu")
    for number, part in enumerate(parts if isinstance(parts, list) else []):
        if not isinstance(part, Mapping) or "intent" not in part:
            continue  # synonyms, regexes and lookups stand in the same list
        about = part.get("metadata")
        about = about if isinstance(about, Mapping) else {}
        writer, language = str(about.get("writer", "")), str(about.get("language", "nl"))
        first = source.line_of("nlu", number, "examples") + 1
        for offset, line in enumerate(str(part.get("examples") or "").splitlines()):
            if line.strip().startswith("- "):
                text = line.strip()[2:].strip()
                yield Example(str(part["intent"]), text, first + offset, writer, language)
