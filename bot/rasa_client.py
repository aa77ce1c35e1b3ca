"""The assistant behind our own channel in Rasa. Every way to fail has one of two names."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

import aiohttp

from bot.breaker import Breaker
from bot.port import Answer, Ask, AssistantFailed, AssistantSilent
from bot.rasa_wire import NotAnAnswer, read_answer, write_ask

LARGEST_ANSWER = 1_000_000
_AT_ONCE = 4
"""Rasa answers one turn after the other; more at once only make some wait unfairly long."""
SECRET_HEADER = "X-Thuisbalie-Secret"  # the name of a header, not a secret  # noqa: S105

Render = Callable[[str], str]


def _as_it_is(text: str) -> str:
    return text


class RasaClient:
    """Implements ``bot.port.Assistant`` over one kept connection pool.

    ``render`` fills the placeholders in what a tenant will read.
    """

    def __init__(
        self,
        base_url: str,
        secret: str,
        timeout_seconds: float = 8.0,
        render: Render = _as_it_is,
        breaker: Breaker | None = None,
    ) -> None:
        self._base = base_url.rstrip("/") + "/webhooks/gateway"
        self._headers = {SECRET_HEADER: secret}
        self._timeout = aiohttp.ClientTimeout(total=timeout_seconds)
        self._render = render
        self._breaker = breaker or Breaker()
        self._session: aiohttp.ClientSession | None = None

    async def reply(self, ask: Ask) -> Answer:
        if self._breaker.open:
            raise AssistantSilent("the assistant cannot be reached; not asked")
        try:
            status, body = await self._fetch(ask)
        except AssistantFailed:
            self._breaker.failed()
            raise
        # From here on it is there and answers; one topic that fails must not silence the others.
        self._breaker.succeeded()
        return self._understand(status, body)

    async def ready(self) -> bool:
        try:
            async with self._pool().get(f"{self._base}/health") as response:
                return response.status == 200
        except (aiohttp.ClientError, TimeoutError, OSError):
            return False

    async def close(self) -> None:
        if self._session is not None:
            await self._session.close()
            self._session = None

    async def _fetch(self, ask: Ask) -> tuple[int, dict[str, Any]]:
        try:
            status, raw = await self._post(write_ask(ask))
        except TimeoutError as late:
            raise AssistantSilent("no answer in time") from late
        except (aiohttp.ClientError, OSError) as broken:
            raise AssistantFailed(f"no connection: {type(broken).__name__}") from broken
        try:
            body = json.loads(raw)
        except ValueError as broken:
            raise AssistantFailed(f"status {status}, and not JSON") from broken
        if not isinstance(body, dict) or body.get("error") in ("not_ready", "forbidden"):
            raise AssistantFailed(f"status {status}, and no answer to this question")
        return status, body

    async def _post(self, body: dict[str, object]) -> tuple[int, bytes]:
        async with self._pool().post(f"{self._base}/turn", json=body) as response:
            read = b""
            async for chunk in response.content.iter_chunked(65_536):
                read += chunk
                if len(read) > LARGEST_ANSWER:
                    raise AssistantFailed("the answer is too large")
            return response.status, read

    def _understand(self, status: int, body: dict[str, Any]) -> Answer:
        if status != 200 or body.get("ok") is not True:
            error = body.get("error")
            kind = AssistantSilent if error == "silent" else AssistantFailed
            raise kind(f"status {status}: {error or 'no reason given'}")
        try:
            answer = read_answer(body, self._render)
        except (NotAnAnswer, LookupError) as broken:
            # LookupError: a text refers to a fact that does not exist or no longer holds.
            raise AssistantFailed(f"the answer cannot be read: {broken}") from broken
        if not answer.signals and not any(reply.text or reply.choices for reply in answer.replies):
            raise AssistantSilent("an answer without a word in it")
        return answer

    def _pool(self) -> aiohttp.ClientSession:
        # Made at first use: a session belongs to the loop it is made in.
        if self._session is None or self._session.closed:
            self._session = aiohttp.ClientSession(
                headers=self._headers,
                timeout=self._timeout,
                connector=aiohttp.TCPConnector(limit=_AT_ONCE),
            )
        return self._session
