"""The questions both sides get: taken from the topic files, so both know them equally well."""

from __future__ import annotations

from collections.abc import Sequence

from bench.peer.project import TopicFile

PER_TOPIC = 3


def choose(topics: Sequence[TopicFile]) -> list[str]:
    """A few questions of each topic that is only an answer, topics taking turns.

    Topics with a form, an own action or a sure hand-over are left out: there the stock project
    would do less work than ours, and a handed-over conversation gets no more answers to time.

    Raises:
        ValueError: no topic is left.
    """
    per_topic = [_questions(topic) for topic in topics if _only_answers(topic)]
    mixed = [
        questions[n] for n in range(PER_TOPIC) for questions in per_topic if n < len(questions)
    ]
    if not mixed:
        raise ValueError("no topic file holds a plain answer")
    return mixed


def _only_answers(topic: TopicFile) -> bool:
    about, handoff = topic.document.get("topic") or {}, topic.document.get("handoff") or {}
    if about.get("kind", "tenant") != "tenant" or handoff.get("when", "never") == "always":
        return False
    rules = topic.document.get("rules") or []
    steps = [step for rule in rules for step in rule.get("steps") or []]
    return bool(steps) and all(
        "intent" in step or str(step.get("action", "")).startswith("utter_") for step in steps
    )


def _questions(topic: TopicFile) -> list[str]:
    lines = [
        line.strip().removeprefix("-").strip()
        for entry in topic.document.get("nlu") or []
        if entry.get("intent") == topic.name
        for line in str(entry.get("examples", "")).splitlines()
    ]
    # An annotated example ("[keuken](room)") is not something a tenant types.
    return [line for line in lines if line and "[" not in line][:PER_TOPIC]
