"""A scripted assistant that says the true texts of topics, so that stories read as the product."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from bot.scripted import Scripted
from handoff.content import load_content

_NOT_SURE = [{"signal": "not_sure"}]


def knowing(
    words: Mapping[str, str], *extra: Mapping[str, Any], guesses: tuple[str, ...] = ()
) -> Scripted:
    """Texts with these words (key) are of this topic (value); ``guesses`` when nothing fits."""
    rules = [*extra, *({"words": key.split(), **_answer(topic)} for key, topic in words.items())]
    likely = [[topic, 0.3] for topic in guesses]
    otherwise = {
        "intent": "nlu_fallback", "confidence": 0.3, "guesses": likely, "signals": _NOT_SURE,
    }  # fmt: skip
    return Scripted({"rules": rules, "otherwise": otherwise})


def _answer(name: str) -> dict[str, Any]:
    content = load_content()
    topic = content.counter.catalogue[name]
    said = next(s for s in topic.said if s.response == f"utter_{name}" and s.channel is None)
    text = content.facts.render(said.text, date(2026, 11, 24))
    choices = [{"title": button.title, "payload": button.payload} for button in said.buttons]
    return {"intent": name, "replies": [{"text": text, "choices": choices}]}
