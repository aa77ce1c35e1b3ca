"""What Twilio posts to us: the form of a new message and of news about ours, with its signature."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, replace
from typing import Final
from urllib.parse import urlencode
from uuid import uuid4

import aiohttp
from twilio.request_validator import RequestValidator  # type: ignore[import-untyped]
from yarl import URL

from channels.fakes.twilio_messages import VERSION, WHATSAPP, File, Message

_PATIENCE = aiohttp.ClientTimeout(total=15)
"""As long as Twilio waits for an answer to a webhook, in seconds."""
_PLACES: Final = ("City", "State", "Zip", "Country")
NO_ANSWER: Final = 0
_OK: Final = 200


@dataclass(frozen=True, slots=True)
class SignedForm:
    """One POST of Twilio's, ready to be made. ``url`` is the address that was signed."""

    url: str
    headers: Mapping[str, str]
    body: bytes


Post = Callable[[SignedForm], Awaitable[int]]
"""Makes the POST and gives the HTTP status of the answer, or ``NO_ANSWER``."""


async def post_over_http(form: SignedForm) -> int:
    """As Twilio does: it bears an address that does not answer, and follows no redirect."""
    try:
        async with (
            aiohttp.ClientSession(timeout=_PATIENCE) as session,
            session.post(
                URL(form.url, encoded=True),
                data=form.body,
                headers=form.headers,
                allow_redirects=False,
            ) as response,
        ):
            return response.status
    except (TimeoutError, aiohttp.ClientError, OSError):
        return NO_ANSWER


async def get_over_http(address: str) -> File | None:
    """Fetch a file of ours as Twilio does, without credentials."""
    try:
        async with (
            aiohttp.ClientSession(timeout=_PATIENCE) as session,
            session.get(URL(address, encoded=True)) as response,
        ):
            if response.status != _OK:
                return None
            return File(response.content_type, await response.read())
    except (TimeoutError, aiohttp.ClientError, OSError):
        return None


def fetched_behind(
    public_base_url: str, reached_at: str
) -> Callable[[str], Awaitable[File | None]]:
    """Fetches what has a public address from where the product listens, like a proxy."""

    async def get(address: str) -> File | None:
        inside = address.removeprefix(public_base_url)
        return None if inside == address else await get_over_http(reached_at + inside)

    return get


def behind(public_base_url: str, reached_at: str) -> Post:
    """Posts what was signed for the public address to where the product listens, like a proxy."""

    async def post(form: SignedForm) -> int:
        inside = form.url.removeprefix(public_base_url)
        if inside == form.url:
            return NO_ANSWER
        return await post_over_http(replace(form, url=reached_at + inside))

    return post


def signed(url: str, fields: Mapping[str, str], auth_token: str) -> SignedForm:
    """The fields as a form, signed for ``url`` with the account's token."""
    headers = {
        "Content-Type": "application/x-www-form-urlencoded; charset=utf-8",
        "User-Agent": "TwilioProxy/1.1",
        "I-Twilio-Idempotency-Token": str(uuid4()),
        "X-Twilio-Signature": RequestValidator(auth_token).compute_signature(url, dict(fields)),
    }
    return SignedForm(url, headers, urlencode(fields).encode())


def inbound_fields(message: Message, media_host: str) -> dict[str, str]:
    """What Twilio tells of a message that came in; ``media_host`` serves its files."""
    fields = {
        **_about(message),
        "SmsMessageSid": message.sid,
        "SmsStatus": message.status,
        "Body": message.body,
        "NumMedia": str(len(message.media)),
        "NumSegments": "1",
    }
    for no, media in enumerate(message.media):
        fields[f"MediaContentType{no}"] = media.file.content_type
        fields[f"MediaUrl{no}"] = f"{media_host}{message.uri}/Media/{media.sid}"
    own = _whatsapp_fields(message) if message.whatsapp else _sms_fields()
    return {**fields, **own, **message.form}


def status_fields(message: Message, status: str, code: int | None) -> dict[str, str]:
    """What Twilio tells of a message of ours. Which fields come differs per channel."""
    fields = {**_about(message), "MessageStatus": status, "SmsStatus": status}
    if message.whatsapp:
        fields |= {
            "ChannelPrefix": "whatsapp",
            "ChannelInstallSid": "XE" + message.account_sid[2:],
            "ChannelToAddress": message.recipient.removeprefix(WHATSAPP),
        }
    if code is not None:
        fields["ErrorCode"] = str(code)
    if "MessagingServiceSid" in message.form:
        fields["MessagingServiceSid"] = message.form["MessagingServiceSid"]
    return fields


def _about(message: Message) -> dict[str, str]:
    return {
        "AccountSid": message.account_sid,
        "ApiVersion": VERSION,
        "From": message.sender or "",
        "MessageSid": message.sid,
        "SmsSid": message.sid,
        "To": message.recipient,
    }


def _sms_fields() -> dict[str, str]:
    """Places are mostly empty for Dutch numbers, and sent all the same."""
    empty = {f"{side}{place}": "" for side in ("From", "To") for place in _PLACES}
    return {**empty, "FromCountry": "NL", "ToCountry": "NL"}


def _whatsapp_fields(message: Message) -> dict[str, str]:
    kind = message.media[0].file.content_type.split("/")[0] if message.media else "text"
    if kind == "application":
        kind = "document"
    number = (message.sender or "").removeprefix(WHATSAPP)
    return {
        "ChannelMetadata": '{"type":"whatsapp","data":{"context":{}}}',
        "MessageType": kind,
        "ProfileName": "Tester",
        "ReferralNumMedia": "0",
        # A person without a phone number has a name of WhatsApp's own, and no WaId.
        **({"WaId": number.removeprefix("+")} if number.startswith("+") else {}),
    }
