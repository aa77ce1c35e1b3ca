"""Replies that staff choose from, as ``data/canned_replies.yml`` words them. A pure reader."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from bot.lined_yaml import LinedYaml, YamlBroken, read
from bot.topic import QUEUES

LONGEST_TITLE = 40
MOST_STEPS = 3
LONGEST_SNOOZE_HOURS = 24 * 30
_PARTS = frozenset({"title", "text", "queue", "then"})


@dataclass(frozen=True, slots=True)
class WrittenReply:
    """One reply. ``then``: steps after sending: ``("label", name)``, then at the end one of
    ``("close", "")``, ``("transfer", queue)`` and ``("snooze", hours)``.

    ``queue`` None: useful in every queue.
    """

    key: str
    title: str
    text: str
    queue: str | None
    then: tuple[tuple[str, str], ...]
    line: int


def load_canned_replies(path: Path) -> tuple[WrittenReply, ...]:
    """Read the file, in its order.

    Raises:
        YamlBroken: a part is missing, unknown or malformed, with file and line.
    """
    source = read(path)
    return tuple(_one(source, str(key)) for key in source.data)


def _one(source: LinedYaml, key: str) -> WrittenReply:
    raw, line = source.data[key], source.line_of(key)

    def broken(what: str) -> YamlBroken:
        return YamlBroken(source.file, line, f"{key}: {what}")

    if not isinstance(raw, Mapping) or not set(raw) <= _PARTS:
        raise broken(f"must have only {', '.join(sorted(_PARTS))}")
    title, text, queue = raw.get("title"), raw.get("text"), raw.get("queue")
    if not isinstance(title, str) or not 0 < len(title) <= LONGEST_TITLE:
        raise broken(f"title must be a text of at most {LONGEST_TITLE} characters")
    if not isinstance(text, str) or not text.strip():
        raise broken("text is missing")
    if queue is not None and queue not in QUEUES:
        raise broken(f"no queue {queue!r}")
    steps = raw.get("then", [])
    if not isinstance(steps, list) or len(steps) > MOST_STEPS:
        raise broken(f"then must be a list of at most {MOST_STEPS} steps")
    then = tuple((kind, value) for kind, _, value in (str(s).partition(" ") for s in steps))
    for kind, value in then:
        if not _is_step(kind, value):
            raise broken(f"no step {kind} {value}".rstrip())
    if any(kind != "label" for kind, _ in then[:-1]):
        raise broken("only a label goes before another step")
    return WrittenReply(key, title, text, queue, then, line)


def _is_step(kind: str, value: str) -> bool:
    match kind:
        case "close":
            return not value
        case "transfer":
            return value in QUEUES
        case "label":
            return 0 < len(value) <= LONGEST_TITLE
        case "snooze":
            return value.isdecimal() and 0 < int(value) <= LONGEST_SNOOZE_HOURS
        case _:
            return False
