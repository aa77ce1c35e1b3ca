"""A second opinion for the middle band: a language model that the corporation itself runs.

Off unless an address is set. It reads masked text and picks one topic name from the list, or
none. It never writes a word to the tenant, and whatever goes wrong, the ordinary path goes on.
Any server that speaks OpenAI's chat completions will do (vLLM, Ollama, llama.cpp).
"""

from __future__ import annotations

import json
from collections.abc import Container, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Protocol

import aiohttp
import structlog

from bot.breaker import Breaker
from bot.lined_yaml import read
from bot.masking import Masking
from bot.port import Answer, Ask, Assistant, AssistantFailed, Band, Guess
from bot.signals import SECOND_READER, NotSure

log = structlog.get_logger()
PATIENCE_SECONDS = 2.0
NONE = "none"
_LONGEST = 1_000
"""Characters of the text that are sent."""
_LARGEST = 100_000


class SecondReader(Protocol):
    """Port. Real: ``OpenAIReader`` below; a fake is any object with this method."""

    async def pick(self, text: str, titles: Mapping[str, str]) -> str | None:
        """The name of one of the topics, or None. ``text`` is masked already. Never raises."""

    async def close(self) -> None: ...


@dataclass(frozen=True, slots=True)
class ReaderAddress:
    """Where the corporation's own model answers. ``url`` ends before ``/chat/completions``."""

    url: str
    model: str
    key: str = ""


def instruction(file: Path) -> str:
    """What the model is told before the list of topics (``data/second_reader.yml``)."""
    return str(read(file).data["instruction"])


class OpenAIReader:
    """Asks once, for at most two seconds, and rests after failures in a row."""

    def __init__(
        self, address: ReaderAddress, instruction: str, breaker: Breaker | None = None
    ) -> None:
        self._address = address
        self._instruction = instruction
        self._breaker = breaker or Breaker()
        self._session: aiohttp.ClientSession | None = None

    async def pick(self, text: str, titles: Mapping[str, str]) -> str | None:
        if self._breaker.open:
            return None
        try:
            said = await self._ask(text, titles)
        except (aiohttp.ClientError, OSError, TimeoutError, ValueError, KeyError, TypeError) as why:
            self._breaker.failed()
            log.warning("second_reader_failed", why=type(why).__name__)
            return None
        self._breaker.succeeded()
        return picked(said, titles)

    async def close(self) -> None:
        if self._session is not None:
            await self._session.close()
            self._session = None

    async def _ask(self, text: str, titles: Mapping[str, str]) -> str:
        lines = (f"{name}: {title}" for name, title in sorted(titles.items()))
        asked = "\n".join((self._instruction, *lines, NONE))
        body = {
            "model": self._address.model,
            "temperature": 0,
            "max_tokens": 30,
            "messages": [
                {"role": "system", "content": asked},
                {"role": "user", "content": text[:_LONGEST]},
            ],
        }
        url = self._address.url.rstrip("/") + "/chat/completions"
        async with self._pool().post(url, json=body) as response:
            response.raise_for_status()
            raw = await response.content.read(_LARGEST)
        return str(json.loads(raw)["choices"][0]["message"]["content"])

    def _pool(self) -> aiohttp.ClientSession:
        if self._session is None or self._session.closed:
            key = self._address.key
            self._session = aiohttp.ClientSession(
                headers={"Authorization": f"Bearer {key}"} if key else {},
                timeout=aiohttp.ClientTimeout(total=PATIENCE_SECONDS),
            )
        return self._session


def picked(said: str, topics: Container[str]) -> str | None:
    """The topic that was named, if it is exactly one of ours; anything else is none."""
    name = said.strip().strip("\"'`.").strip()
    return name if name in topics else None


class SecondReading:
    """An assistant with a second reader behind it. Implements ``bot.port.Assistant``."""

    def __init__(
        self,
        assistant: Assistant,
        reader: SecondReader,
        masking: Masking,
        titles: Mapping[str, str],
    ) -> None:
        self._assistant = assistant
        self._reader = reader
        self._masking = masking
        self._titles = dict(titles)

    async def reply(self, ask: Ask) -> Answer:
        first = await self._assistant.reply(ask)
        if not _in_the_middle(first) or ask.payload:
            return first
        topic = await self._reader.pick(self._masking.mask(ask.text), self._titles)
        if topic is None:
            return first
        try:
            second = await self._assistant.reply(replace(ask, payload=f"/{topic}"))
        except AssistantFailed:
            return first
        others = tuple(guess for guess in first.ranking if guess.intent != topic)
        known = {guess.intent: guess.confidence for guess in first.ranking}
        return replace(
            second,
            ranking=(Guess(topic, known.get(topic, 0.0)), *others),
            model=second.model + SECOND_READER,
            alarm=first.alarm,
        )

    async def ready(self) -> bool:
        return await self._assistant.ready()

    async def close(self) -> None:
        await self._reader.close()
        await self._assistant.close()


def _in_the_middle(answer: Answer) -> bool:
    unsure = any(isinstance(signal, NotSure) for signal in answer.signals)
    return unsure and answer.band is Band.ASK and answer.carry.active_form is None
