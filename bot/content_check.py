"""Checks everything a tenant can read: ``python -m bot.content_check``.

Prints ``file:line: what`` for each mistake and ends with 1 when there is one. Remarks (a fact
that nobody has verified yet, an answer that was not read for a year) are listed and let pass.
"""

from __future__ import annotations

import argparse
import re
import sys
import time
from collections.abc import Mapping
from datetime import UTC, date, datetime
from pathlib import Path

from bot.canned_replies import load_canned_replies
from bot.facts import Facts, UnknownPlaceholder
from bot.findings import Findings
from bot.lined_yaml import YamlBroken, read
from bot.placeholders import placeholders_in
from bot.plain_dutch import PlainDutch
from bot.signals import EscalationReason
from bot.texts import Texts
from bot.topic import QUEUES, Topic, TopicBroken
from bot.topic_rules import check_no_text_twice, check_topic, unused_facts
from bot.topics import collect_topics

_FOR_EVERY_REASON = "reason_"
_FOR_EVERY_QUEUE = "queue_"
_VARIABLE = re.compile(r"\{[a-z_]+\}")


def check(root: Path, on: date) -> Findings:
    """Check all content under ``root``, as it would be read on this day."""
    into = Findings(root)
    try:
        plain = PlainDutch.load(root / "data" / "plain_dutch.yml")
        facts = Facts.load(root / "data" / "facts.yml", root / "corporation.yml")
        texts = Texts.load(root / "data" / "texts.yml")
    except YamlBroken as wrong:
        into.error(wrong.file, wrong.line, wrong.what)
        return into

    def complain(wrong: TopicBroken) -> None:
        into.error(wrong.file, wrong.line, wrong.what)

    topics = collect_topics(root / "data" / "nlu", facts.names, complain)
    for topic in topics.values():
        check_topic(topic, facts, plain, on, into)
    check_no_text_twice(topics, into)
    _check_texts(root, texts, facts, plain, into)
    _check_canned_replies(root / "data" / "canned_replies.yml", plain, into)
    _check_facts(root, topics, texts, facts, on, into)
    _check_corporation(root, topics, facts, into)
    _check_other_files(root, facts, into)
    return into


def _check_texts(root: Path, texts: Texts, facts: Facts, plain: PlainDutch, into: Findings) -> None:
    file = root / "data" / "texts.yml"
    source = read(file)
    wanted = [_FOR_EVERY_REASON + reason.value for reason in EscalationReason]
    wanted += [_FOR_EVERY_QUEUE + queue for queue in sorted(QUEUES)]
    for key in wanted:
        if key not in texts:
            into.error(file, 1, f"{key} is missing")
    for key, text in texts.by_key.items():
        line = source.line_of(key)
        try:
            as_read = facts.render_corporation(text)
        except UnknownPlaceholder as unknown:
            into.error(file, line, f"{key}: unknown placeholder [[{unknown}]]")
            continue
        for name in placeholders_in(as_read):
            into.error(file, line, f"{key}: badly written placeholder {name}")
        for problem in plain.problems(as_read):
            into.error(file, line, f"{key}: {problem}")


def _check_canned_replies(file: Path, plain: PlainDutch, into: Findings) -> None:
    """What is filled in counts as one word, like a number."""
    try:
        replies = load_canned_replies(file) if file.exists() else ()
    except YamlBroken as wrong:
        into.error(wrong.file, wrong.line, wrong.what)
        return
    for reply in replies:
        for problem in plain.problems(_VARIABLE.sub("1", reply.text)):
            into.error(file, reply.line, f"{reply.key}: {problem}")


def _check_facts(
    root: Path,
    topics: Mapping[str, Topic],
    texts: Texts,
    facts: Facts,
    on: date,
    into: Findings,
) -> None:
    file = root / "data" / "facts.yml"
    for name, periods in facts.facts.items():
        last = periods[-1]
        if not any(period.holds_on(on) for period in periods):
            into.remark(file, last.line, f"expired: {name} ({last.valid_to or last.valid_from})")
        for period in periods:
            if not period.verified:
                into.remark(file, period.line, f"not verified: {name} ({period.source})")
    safety = "".join(p.read_text("utf-8") for p in sorted((root / "data" / "urgent").glob("*.yml")))
    for name in unused_facts(topics, safety + " ".join(texts.by_key.values()), facts):
        into.remark(file, facts.facts[name][0].line, f"no answer uses {name}")


def _check_corporation(
    root: Path, topics: Mapping[str, Topic], facts: Facts, into: Findings
) -> None:
    file = root / "corporation.yml"
    source = read(file)
    in_words = facts.corporation.get("opening_hours_text", "")
    hours = source.data.get("opening_hours")
    for day, blocks in hours.items() if isinstance(hours, Mapping) else ():
        for moment in (part for block in blocks or () for part in str(block).split("-")):
            if moment.strip() not in in_words:
                line = source.line_of("opening_hours", str(day))
                into.error(file, line, f"{moment.strip()} is not in opening_hours_text")
    first = source.data.get("first_choices")
    for name in first if isinstance(first, list) else ():
        if name not in topics:
            line = source.line_of("first_choices")
            into.error(file, line, f"first_choices: no topic {name!r}")
    for queue in sorted(QUEUES):
        if f"promises.answer_minutes.{queue}" not in facts.corporation:
            line = source.line_of("promises", "answer_minutes")
            into.error(file, line, f"answer_minutes: no minutes for queue {queue}")


def _check_other_files(root: Path, facts: Facts, into: Findings) -> None:
    """Safety texts and word lists: whatever their shape, their placeholders must exist."""
    for file in [
        *sorted((root / "data" / "urgent").glob("*.yml")),
        *sorted((root / "data").glob("repair_*.yml")),
    ]:
        lines = file.read_text(encoding="utf-8").splitlines() if file.exists() else []
        for number, line in enumerate(lines, start=1):
            for name in placeholders_in(line):
                if "." in name and name not in facts.names:
                    into.error(file, number, f"unknown placeholder [[{name}]]")


def main(arguments: list[str] | None = None) -> int:
    """Check, print, and return the exit status."""
    parser = argparse.ArgumentParser(prog="python -m bot.content_check", description=__doc__)
    parser.add_argument("--root", type=Path, default=Path(__file__).resolve().parents[1])
    parser.add_argument("--on", type=date.fromisoformat, help="check as on this day (YYYY-MM-DD)")
    options = parser.parse_args(arguments)
    on = options.on or datetime.fromtimestamp(time.time(), UTC).date()
    found = check(options.root.resolve(), on)
    for remark in found.remarks:
        sys.stdout.write(f"remark  {remark}\n")
    for error in found.errors:
        sys.stdout.write(f"ERROR   {error}\n")
    sys.stdout.write(f"content on {on}: {len(found.errors)} errors, {len(found.remarks)} remarks\n")
    return 1 if found.errors else 0


if __name__ == "__main__":
    raise SystemExit(main())
