"""An assistant that follows a script: for demos without Rasa, console work and tests.

A script is YAML: ``rules``, tried in order; the first whose words are all in the text answers. A
rule may also fail, be silent or be slow, so that every road through the hub can be walked::

    rules:
    - words: [huur, betalen]
      intent: rent_payment_date
      replies: [{text: "Voor de eerste van de maand."}]
    - words: [crash]
      fails: error
    otherwise: {signals: [{signal: not_sure}], guesses: [[rent_payment_date, 0.3]]}
"""

from __future__ import annotations

import asyncio
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import yaml

from bot.port import Answer, Ask, AssistantFailed, AssistantSilent, Carry, Choice, Guess, Reply
from bot.signals import from_custom

DEFAULT_SCRIPT = Path("data/scripted.yml")


class ScriptBroken(ValueError):
    """The script is not of the form above."""


class Scripted:
    """The ``Assistant`` port without any understanding."""

    def __init__(self, script: Mapping[str, Any]) -> None:
        if not isinstance(script.get("rules"), list) or "otherwise" not in script:
            raise ScriptBroken("a script needs `rules` and `otherwise`")
        self._rules: list[Mapping[str, Any]] = script["rules"]
        self._otherwise: Mapping[str, Any] = script["otherwise"]
        self.asked: list[Ask] = []
        self.gate: asyncio.Event | None = None
        """When set, every reply waits for it: a turn that is under way."""

    @classmethod
    def from_file(cls, path: Path = DEFAULT_SCRIPT) -> Scripted:
        return cls(yaml.safe_load(path.read_text(encoding="utf-8")))

    async def reply(self, ask: Ask) -> Answer:
        self.asked.append(ask)
        rule = self._rule_for(ask)
        if self.gate is not None:
            await self.gate.wait()
        match rule.get("fails"):
            case "error":
                raise AssistantFailed("scripted failure")
            case "silent":
                raise AssistantSilent("scripted silence")
            case "hang":
                await asyncio.Event().wait()
        return _answer(rule, ask)

    async def ready(self) -> bool:
        return True

    async def close(self) -> None:
        return None

    def _rule_for(self, ask: Ask) -> Mapping[str, Any]:
        if ask.payload is not None:
            intent = ask.payload.removeprefix("/").split("{")[0]
            chosen = [rule for rule in self._rules if rule.get("intent") == intent]
            return chosen[0] if chosen else self._otherwise
        text = ask.text.lower()
        for rule in self._rules:
            if rule.get("words") and all(word in text for word in rule["words"]):
                return rule
        return self._otherwise


def _answer(rule: Mapping[str, Any], ask: Ask) -> Answer:
    guesses = [Guess(intent, likely) for intent, likely in rule.get("guesses", ())]
    if "intent" in rule:
        guesses.insert(0, Guess(rule["intent"], rule.get("confidence", 0.97)))
    slots = {**ask.carry.slots, **rule.get("slots", {})}
    return Answer(
        replies=tuple(
            Reply(
                reply["text"],
                tuple(Choice(c["title"], c["payload"]) for c in reply.get("choices", ())),
            )
            for reply in rule.get("replies", ())
        ),
        signals=tuple(from_custom(signal) for signal in rule.get("signals", ())),
        ranking=tuple(guesses),
        carry=Carry(slots, rule.get("form"), rule.get("requested_slot")),
        model="scripted",
    )
