"""What Twilio says no to at once, with its own error codes."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final
from urllib.parse import urlsplit

from aiohttp import web

from channels.fakes.twilio_messages import WHATSAPP

LONGEST_BODY: Final = 1_600
_PHONE = re.compile(r"\+[1-9][0-9]{4,14}")
_GENERAL: Final[Mapping[int, tuple[int, str]]] = {
    401: (20003, "Authenticate"),
    404: (20404, "The requested resource was not found"),
    429: (20429, "Too Many Requests"),
    500: (20500, "Internal Server Error"),
    503: (20503, "Service Unavailable"),
}


@dataclass(frozen=True, slots=True)
class Refusal:
    """An HTTP status with Twilio's number and words for it."""

    status: int
    code: int
    message: str

    def response(self) -> web.Response:
        about = {
            "code": self.code,
            "message": self.message,
            "more_info": f"https://www.twilio.com/docs/errors/{self.code}",
            "status": self.status,
        }
        return web.json_response(about, status=self.status)


def general_refusal(status: int) -> Refusal:
    """What Twilio's API as a whole says with this HTTP status."""
    code, message = _GENERAL.get(status, (20000 + status, "Error"))
    return Refusal(status, code, message)


def refusal_of(form: Mapping[str, str]) -> Refusal | None:
    """Why a new message with these fields is not taken; None when it is."""
    found = _wrong_parties(form) or _wrong_content(form) or _wrong_callback(form)
    return None if found is None else Refusal(400, *found)


def _wrong_parties(form: Mapping[str, str]) -> tuple[int, str] | None:
    recipient, sender = form.get("To", ""), form.get("From", "")
    if not recipient:
        return 21604, "A 'To' phone number is required."
    if not sender and not form.get("MessagingServiceSid"):
        return 21603, "A 'From' phone number is required."
    if not recipient.startswith(WHATSAPP) and not _PHONE.fullmatch(recipient):
        return 21211, f"Invalid 'To' Phone Number: {recipient}"
    if sender and sender.startswith(WHATSAPP) != recipient.startswith(WHATSAPP):
        return 21910, "Invalid From and To pair. From and To should be of the same channel"
    if recipient.endswith("21610"):
        return 21610, "Attempt to send to unsubscribed recipient"
    return None


def _wrong_content(form: Mapping[str, str]) -> tuple[int, str] | None:
    if len(form.get("Body", "")) > LONGEST_BODY:
        return 21617, "The concatenated message body exceeds the 1600 character limit."
    if not any(form.get(name) for name in ("Body", "MediaUrl", "ContentSid")):
        if form.get("MessagingServiceSid"):
            return 21619, "A Message Body, Media URL or Content SID is required"
        return 21602, "Message body is required."
    return None


def _wrong_callback(form: Mapping[str, str]) -> tuple[int, str] | None:
    address = urlsplit(form.get("StatusCallback", "http://none"))
    host = address.hostname or ""
    if address.scheme not in {"http", "https"} or not host or "_" in host:
        return 21609, "The 'StatusCallback' URL is not a valid URL"
    return None
