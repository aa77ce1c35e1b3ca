"""A plain signed webhook: a corporation's own app or portal talks to the assistant as a channel.

In: ``POST /channels/webhook`` with ``{"id", "from", "text"}`` and the header
``X-Thuisbalie-Signature``: hex HMAC-SHA256 of the raw body. Out: the same, posted to your address.
"""

from __future__ import annotations

import hashlib
import hmac
import json
from collections.abc import Sequence
from datetime import timedelta
from typing import ClassVar

import aiohttp
from pydantic import BaseModel, SecretStr, ValidationError

from channels.port import (
    BadSignature,
    Capabilities,
    Chosen,
    DeliveryResult,
    Inbound,
    NotUnderstood,
    Outbound,
    RawRequest,
    Receipt,
    Rendered,
    Text,
    Unsupported,
)

SIGNATURE = "x-thuisbalie-signature"
_PATIENCE = aiohttp.ClientTimeout(total=10, connect=2)
_REJECTED_FROM, _UNSURE_FROM = 400, 500


class WebhookSettings(BaseModel):
    """``WEBHOOK__SECRET`` and ``WEBHOOK__URL``; without both the channel is off."""

    secret: SecretStr
    url: str


class _Message(BaseModel):
    id: str
    sender: str
    text: str | None = None
    choice_id: str | None = None
    kind: str | None = None


class Webhook:
    """The ``Channel`` port over a signed webhook in both directions."""

    name: ClassVar[str] = "webhook"
    Settings: ClassVar[type[BaseModel]] = WebhookSettings
    capabilities: ClassVar[Capabilities] = Capabilities(
        max_text=4_000,
        choices=True,
        typing=False,
        push=True,
        idempotent=True,
        gather=timedelta(0),
    )

    def __init__(self, settings: WebhookSettings) -> None:
        self._secret = settings.secret.get_secret_value().encode()
        self._url = settings.url

    def verify(self, request: RawRequest) -> None:
        given = request.headers.get(SIGNATURE, "")
        if not hmac.compare_digest(given.encode(), self._sign(request.body).encode()):
            raise BadSignature("the body was not signed with our secret")

    def parse(self, request: RawRequest) -> Sequence[Inbound]:
        try:
            raw = json.loads(request.body)
            raw["sender"] = raw.pop("from", None)
            message = _Message.model_validate(raw)
        except (ValueError, AttributeError, RecursionError, ValidationError) as wrong:
            raise NotUnderstood("not {id, from, text}") from wrong
        if message.text is not None:
            body: Text | Chosen | Unsupported = Text(message.text)
        elif message.choice_id is not None:
            body = Chosen(message.choice_id)
        else:
            body = Unsupported(message.kind or "unknown")
        return [Inbound(self.name, "own", message.sender, message.id, body)]

    def render(self, message: Outbound) -> Sequence[Rendered]:
        parts = _split(message.text, self.capabilities.max_text)
        rendered: list[dict[str, object]] = [
            {
                "id": f"{message.message_id}.{no}",
                "to": message.address,
                "author": message.author,
                "text": part,
                "choices": [],
            }
            for no, part in enumerate(parts)
        ]
        rendered[-1]["choices"] = [{"id": c.id, "title": c.title} for c in message.choices]
        return [Rendered(part) for part in rendered]

    async def deliver(self, rendered: Rendered) -> Receipt:
        body = json.dumps(dict(rendered.payload)).encode()
        headers = {"Content-Type": "application/json", SIGNATURE: self._sign(body)}
        try:
            async with (
                aiohttp.ClientSession(timeout=_PATIENCE) as session,
                session.post(self._url, data=body, headers=headers) as response,
            ):
                return _receipt(response.status, str(rendered.payload["id"]))
        except (TimeoutError, aiohttp.ClientError, OSError) as failure:
            return Receipt(DeliveryResult.UNCERTAIN, None, type(failure).__name__)

    def _sign(self, body: bytes) -> str:
        return hmac.new(self._secret, body, hashlib.sha256).hexdigest()


def _receipt(status: int, id: str) -> Receipt:
    if status < _REJECTED_FROM:
        return Receipt(DeliveryResult.ACCEPTED, id)
    result = DeliveryResult.REJECTED if status < _UNSURE_FROM else DeliveryResult.UNCERTAIN
    return Receipt(result, None, f"HTTP {status}")


def _split(text: str, limit: int) -> list[str]:
    """Cut at sentence ends where there is one, else at the limit."""
    parts: list[str] = []
    while len(text) > limit:
        cut = max(text.rfind(mark, 0, limit) for mark in (". ", "! ", "? ", "\n"))
        cut = cut + 1 if cut > 0 else limit
        parts.append(text[:cut].strip())
        text = text[cut:].strip()
    return [*parts, text]
