"""Sending over Twilio's Messages API, with its own client: one call for one ``Rendered``.

The API drops no repeated call, so whatever leaves it open whether a message went out is UNCERTAIN.
"""

from __future__ import annotations

import asyncio
import importlib
import json
from collections.abc import Mapping
from datetime import timedelta
from urllib.parse import quote, urlsplit

import aiohttp
from twilio.base.exceptions import (  # type: ignore[import-untyped]
    TwilioRestException,
    TwilioServiceException,
)
from twilio.http.async_http_client import AsyncTwilioHttpClient  # type: ignore[import-untyped]
from twilio.rest import Client  # type: ignore[import-untyped]

from channels.port import DeliveryResult, Receipt, Rendered
from channels.twilio.codes import OUT_OF_REACH, OUTSIDE_WINDOW, UNWANTED, result_of
from channels.twilio.wire import DEFAULT_BASE_URL, AccountSettings

MESSAGING_SERVICE = "MG"
_PAUSE_OUT_OF_REACH = timedelta(minutes=1)
"""How long to leave Twilio alone when not even a connection could be made."""
_ARGUMENTS = {
    "To": "to",
    "From": "from_",
    "MessagingServiceSid": "messaging_service_sid",
    "Body": "body",
    "MediaUrl": "media_url",
    "StatusCallback": "status_callback",
    "ContentSid": "content_sid",
    "ContentVariables": "content_variables",
}
_JSON = "application/json"
_NO_ENVIRONMENT = {"TWILIO_EDGE": "", "TWILIO_REGION": ""}
"""The client reads the process's environment else; our settings alone say where we call."""

UNREADABLE_ANSWER = (ValueError, TypeError, AttributeError, LookupError, RecursionError)
"""What the client raises for a 2xx that is not Twilio's: the message may have been taken."""


class MessagesApi:
    """One account's way out."""

    def __init__(self, account: AccountSettings, channel: str) -> None:
        self._account = account
        self._callback = _callback(account.public_base_url, channel)
        # The client loads these, for half a second, at its first use. That would stop the loop
        # and count against the patience of the first message, so it is done at the start.
        importlib.import_module("twilio.rest.api")

    def call(self, sender: str, to: str, text: str, message_id: str) -> Rendered:
        """The form of one call. ``sender`` may be a messaging service (MG...)."""
        service = sender.startswith(MESSAGING_SERVICE)
        form = {
            "To": to,
            "MessagingServiceSid" if service else "From": sender,
            "Body": text,
        }
        if self._callback:
            form["StatusCallback"] = f"{self._callback}?mid={quote(message_id, safe='')}"
        return Rendered(form)

    async def send(self, rendered: Rendered) -> Receipt:
        """Make the call, within the patience of the settings. Never raises for what Twilio does."""
        arguments = {_ARGUMENTS[name]: value for name, value in rendered.payload.items()}
        try:
            async with asyncio.timeout(self._account.patience_seconds):
                return await self._create(arguments)
        except (TwilioRestException, TwilioServiceException) as refused:
            return _refusal(refused.status, refused.code)
        except aiohttp.ClientConnectorError:
            # Nothing was said to anybody yet, so nothing can have been taken.
            return Receipt(DeliveryResult.LATER, None, OUT_OF_REACH, _PAUSE_OUT_OF_REACH)
        except (TimeoutError, aiohttp.ClientError, OSError, *UNREADABLE_ANSWER) as failure:
            return Receipt(DeliveryResult.UNCERTAIN, None, type(failure).__name__)

    async def _create(self, arguments: Mapping[str, object]) -> Receipt:
        async with TwilioHttp(self._account.base_url) as http:
            message = await client_for(self._account, http).messages.create_async(**arguments)
        if not isinstance(message.sid, str):
            return Receipt(DeliveryResult.UNCERTAIN, None, "no sid")
        return Receipt(DeliveryResult.ACCEPTED, message.sid)


class TwilioHttp(AsyncTwilioHttpClient):  # type: ignore[misc]
    """Twilio's client, led to another address: the product's host becomes the first folder."""

    def __init__(self, base_url: str) -> None:
        super().__init__()
        self._base_url = base_url.rstrip("/")

    async def request(self, method: str, url: str, **options: object) -> object:
        headers, data = options.get("headers"), options.get("data")
        if isinstance(headers, dict) and headers.get("Content-Type") == _JSON:
            # The client says so and sends a form all the same.
            options["data"] = json.dumps(data) if data else None
        return await super().request(method, self._led(url), **options)

    def _led(self, url: str) -> str:
        if self._base_url == DEFAULT_BASE_URL:
            return url
        parts = urlsplit(url)
        product = (parts.hostname or "").partition(".")[0]
        query = f"?{parts.query}" if parts.query else ""
        return f"{self._base_url}/{product}{parts.path}{query}"


def client_for(account: AccountSettings, http: TwilioHttp) -> Client:
    """The real client, with the credentials of this account."""
    token = account.auth_token.get_secret_value()
    return Client(account.account_sid, token, http_client=http, environment=_NO_ENVIRONMENT)


def with_content(rendered: Rendered, sid: str, variables: Mapping[str, str]) -> Rendered:
    """The same call with a Content resource (HX...) instead of a text: never both."""
    kept = {name: value for name, value in rendered.payload.items() if name != "Body"}
    return Rendered({**kept, "ContentSid": sid, "ContentVariables": json.dumps(variables)})


def with_media(rendered: Rendered, address: str) -> Rendered:
    """The same call with a file, which Twilio fetches from this address."""
    return Rendered({**rendered.payload, "MediaUrl": address})


def sendable(text: str) -> str:
    """The text without halves of surrogate pairs, which no form can carry."""
    return text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")


def _callback(public_base_url: str, channel: str) -> str:
    return f"{public_base_url.rstrip('/')}/channels/{channel}" if public_base_url else ""


def _refusal(status: int, code: object) -> Receipt:
    known = int(code) if str(code).isdecimal() else None  # type: ignore[call-overload]
    detail = f"twilio {status if known is None else known}"
    result = result_of(status, known)
    closed, unwanted = known == OUTSIDE_WINDOW, known in UNWANTED
    return Receipt(result, None, detail, unwanted=unwanted, closed=closed)
