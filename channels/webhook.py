"""A plain signed webhook: a corporation's own app or portal talks to the assistant as a channel.

In: ``POST /channels/webhook`` with ``{"id", "from", "text"}`` and the header
``X-Thuisbalie-Signature``: hex HMAC-SHA256 of the raw body. Out: the same, posted to your address.
"""

from __future__ import annotations

import hashlib
import hmac
import json
import re
from collections.abc import Mapping, Sequence
from datetime import timedelta
from typing import Any, ClassVar

import aiohttp
from pydantic import BaseModel, ConfigDict, Field, SecretStr

from channels.port import (
    BadSignature,
    Capabilities,
    Chosen,
    DeliveryResult,
    FileWay,
    Inbound,
    NotUnderstood,
    Outbound,
    RawRequest,
    Receipt,
    Rendered,
    Text,
    TooLong,
    Unsupported,
)

SIGNATURE = "x-thuisbalie-signature"
LONGEST_TEXT = 10_000
_ACCEPTED_BELOW, _UNSURE_FROM = 300, 500
_LATER = frozenset({408, 425, 429})
_ID = re.compile(r"[!-~]{1,100}")
"""Ids and addresses: printable ASCII without spaces."""


class WebhookSettings(BaseModel):
    """``WEBHOOK__SECRET`` and ``WEBHOOK__URL``; without both the channel is off."""

    model_config = ConfigDict(hide_input_in_errors=True)

    secret: SecretStr = Field(min_length=1)
    url: str
    patience_seconds: float = 10.0


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
        reads_errors=True,
        sends_files=FileWay.ADDRESS,
    )

    def __init__(self, settings: WebhookSettings) -> None:
        self._secret = settings.secret.get_secret_value().encode()
        self._url = settings.url
        patience = settings.patience_seconds
        self._patience = aiohttp.ClientTimeout(total=patience, connect=min(2.0, patience))

    def verify(self, request: RawRequest) -> None:
        given = request.headers.get(SIGNATURE, "")
        if not hmac.compare_digest(given.encode(), self._sign(request.body).encode()):
            raise BadSignature("the body was not signed with our secret")

    def parse(self, request: RawRequest) -> Sequence[Inbound]:
        """One message.

        Raises:
            TooLong: more than 10,000 characters.
            NotUnderstood: anything else that is not ``{id, from, text | choice_id | kind}``.
        """
        try:
            raw = json.loads(request.body)
        except (ValueError, RecursionError) as wrong:
            raise NotUnderstood("the body is not JSON") from wrong
        if not isinstance(raw, dict):
            raise NotUnderstood("the body is not a JSON object")
        return [Inbound(self.name, "own", _id(raw, "from"), _id(raw, "id"), _body(raw))]

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
        if message.file is not None:
            file = message.file
            about = {"name": file.name, "content_type": file.content_type, "url": file.address}
            rendered[-1]["file"] = about
        return [Rendered(part) for part in rendered]

    async def deliver(self, rendered: Rendered) -> Receipt:
        body = json.dumps(dict(rendered.payload)).encode()
        headers = {"Content-Type": "application/json", SIGNATURE: self._sign(body)}
        try:
            async with (
                aiohttp.ClientSession(timeout=self._patience) as session,
                # A redirect is no receipt, and tenant text goes to the agreed address only.
                session.post(
                    self._url, data=body, headers=headers, allow_redirects=False
                ) as response,
            ):
                return _receipt(response.status, str(rendered.payload["id"]))
        except (TimeoutError, aiohttp.ClientError, OSError) as failure:
            return Receipt(DeliveryResult.UNCERTAIN, None, type(failure).__name__)

    def _sign(self, body: bytes) -> str:
        return hmac.new(self._secret, body, hashlib.sha256).hexdigest()


def _receipt(status: int, id: str) -> Receipt:
    if status < _ACCEPTED_BELOW:
        return Receipt(DeliveryResult.ACCEPTED, id)
    again = status >= _UNSURE_FROM or status in _LATER
    result = DeliveryResult.UNCERTAIN if again else DeliveryResult.REJECTED
    return Receipt(result, None, f"HTTP {status}")


def _id(raw: Mapping[str, Any], name: str) -> str:
    value = raw.get(name)
    if not isinstance(value, str) or not _ID.fullmatch(value):
        raise NotUnderstood(f"{name} must be 1 to 100 printable ASCII characters")
    return value


def _body(raw: Mapping[str, Any]) -> Text | Chosen | Unsupported:
    text, choice, kind = raw.get("text"), raw.get("choice_id"), raw.get("kind")
    if text is not None and choice is not None:
        raise NotUnderstood("either text or choice_id, not both")
    if isinstance(text, str):
        if len(text) > LONGEST_TEXT:
            raise TooLong(f"{len(text)} characters")
        return Text(text)
    if choice is not None:
        return Chosen(_id(raw, "choice_id"))
    if text is not None:
        raise NotUnderstood("text must be a string")
    return Unsupported(kind if isinstance(kind, str) else "unknown")


def _split(text: str, limit: int) -> list[str]:
    """Cut at sentence ends where there is one, else at the limit."""
    parts: list[str] = []
    while len(text) > limit:
        cut = max(text.rfind(mark, 0, limit) for mark in (". ", "! ", "? ", "\n"))
        cut = cut + 1 if cut > 0 else limit
        parts.append(text[:cut].strip())
        text = text[cut:].strip()
    return [part for part in parts if part] + [text]
