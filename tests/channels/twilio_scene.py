"""The fake Twilio with the real client library before it and recorded webhooks behind it."""

from __future__ import annotations

from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import parse_qsl, urlsplit

import aiohttp
from twilio.http.async_http_client import AsyncTwilioHttpClient  # type: ignore[import-untyped]
from twilio.http.response import Response  # type: ignore[import-untyped]
from twilio.request_validator import RequestValidator  # type: ignore[import-untyped]
from twilio.rest import Client  # type: ignore[import-untyped]

from channels.fakes.twilio import Account, FakeTwilio, File, on_loopback
from channels.fakes.twilio_webhooks import SignedForm
from handoff.clock import TestClock

ACCOUNT = Account("AC" + "0" * 31 + "1", "geheim-van-de-proef")
OURS, TENANT = "+3197010200300", "+31600000001"
OURS_WHATSAPP, TENANT_WHATSAPP = f"whatsapp:{OURS}", f"whatsapp:{TENANT}"
STATUS_URL = "https://balie.example/channels/sms?mid=m-1.0"
WEBHOOK_URL = "https://balie.example/channels/sms"
PHOTO = File("image/jpeg", b"\xff\xd8\xff\xe0 lekkage")


class ToTheFake(AsyncTwilioHttpClient):  # type: ignore[misc]
    """Twilio's own HTTP client, with the product host as the first part of the path."""

    def __init__(self, base: str) -> None:
        super().__init__(timeout=5)
        self._base = base

    async def request(self, method: str, url: str, *args: Any, **named: Any) -> Response:
        asked = urlsplit(url)
        product = (asked.hostname or "").split(".")[0]
        query = f"?{asked.query}" if asked.query else ""
        address = f"{self._base}/{product}{asked.path}{query}"
        return await super().request(method, address, *args, **named)


@dataclass
class Posted:
    """Webhook requests that were made, instead of making them."""

    forms: list[SignedForm] = field(default_factory=list)

    async def post(self, form: SignedForm) -> int:
        self.forms.append(form)
        return 204

    def fields(self) -> list[dict[str, str]]:
        return [fields_of(form.body) for form in self.forms]


def fields_of(body: bytes) -> dict[str, str]:
    return dict(parse_qsl(body.decode(), keep_blank_values=True, strict_parsing=True))


def accepts(url: str, body: bytes, headers: Mapping[str, str]) -> bool:
    validator = RequestValidator(ACCOUNT.auth_token)
    return bool(validator.validate(url, fields_of(body), headers["X-Twilio-Signature"]))


@dataclass
class Scene:
    fake: FakeTwilio
    clock: TestClock
    posted: Posted
    base: str
    client: Client

    @property
    def messages_url(self) -> str:
        return f"{self.base}/api/2010-04-01/Accounts/{ACCOUNT.sid}/Messages"

    async def create(self, **fields: str) -> Any:
        told = {"from_": OURS, "to": TENANT, "body": "Dag!", "status_callback": STATUS_URL}
        return await self.client.messages.create_async(**told | fields)

    async def json(self, url: str) -> Any:
        auth = aiohttp.BasicAuth(ACCOUNT.sid, ACCOUNT.auth_token)
        async with aiohttp.ClientSession() as session, session.get(url, auth=auth) as answer:
            assert answer.status == 200
            return await answer.json()


@asynccontextmanager
async def a_scene() -> AsyncIterator[Scene]:
    clock, posted = TestClock(), Posted()
    fake = FakeTwilio(ACCOUNT, clock.now, webhook=WEBHOOK_URL, post=posted.post)
    async with on_loopback(fake) as base, ToTheFake(base) as http:
        client = Client(ACCOUNT.sid, ACCOUNT.auth_token, http_client=http)
        yield Scene(fake, clock, posted, base, client)
