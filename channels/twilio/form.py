"""What a form of Twilio's says: the fields that SMS and WhatsApp share."""

from __future__ import annotations

import re
from urllib.parse import parse_qs, urlsplit

from channels.port import (
    Attached,
    DeliveryUpdate,
    Fate,
    MediaRef,
    NotUnderstood,
    OptOut,
    RawRequest,
    TooLong,
    Wish,
)
from channels.twilio.codes import OUTSIDE_WINDOW, UNWANTED
from channels.twilio.wire import Form

LONGEST_TEXT = 10_000
_MOST_MEDIA = 10
_ID = re.compile(r"[!-~]{1,100}")
_NUMBER = re.compile(r"\d{1,3}")
_ERROR_CODE = re.compile(r"[1-9]\d{0,8}")
_INCOMING = frozenset({"", "received", "receiving"})
FATES = {
    "sent": Fate.SENT,
    "delivered": Fate.DELIVERED,
    "read": Fate.READ,
    "failed": Fate.FAILED,
    "undelivered": Fate.FAILED,
    "canceled": Fate.FAILED,
}
"""Other states (queued, accepted, sending, scheduled) say nothing that we do not know."""
_WISHES = {"STOP": Wish.STOP, "START": Wish.START, "HELP": Wish.HELP}


def id_in(form: Form, name: str) -> str:
    """An id of Twilio's.

    Raises:
        NotUnderstood: it is not there, or not printable ASCII of at most 100 characters.
    """
    value = form.one(name)
    if not _ID.fullmatch(value):
        raise NotUnderstood(f"{name} must be 1 to 100 printable ASCII characters")
    return value


def text_in(form: Form) -> str:
    """The words of the tenant, "" when there are none.

    Raises:
        TooLong: more than 10,000 characters.
    """
    text = form.one("Body")
    if len(text) > LONGEST_TEXT:
        raise TooLong(f"{len(text)} characters")
    return text


def is_status(form: Form) -> bool:
    """Whether this is news of a message of ours, and not a message."""
    return form.one("MessageStatus").lower() not in _INCOMING


def updates_in(form: Form, channel: str, request: RawRequest) -> list[DeliveryUpdate]:
    """What a status callback says; nothing while the message is on its way to the carrier.

    Raises:
        NotUnderstood: it does not say of which message.
    """
    sid = id_in(form, "MessageSid")
    fate = FATES.get(form.one("MessageStatus").lower())
    if fate is None:
        return []
    code = form.one("ErrorCode")
    known_code = code if _ERROR_CODE.fullmatch(code) else ""
    failed = fate is Fate.FAILED
    closed = failed and known_code == str(OUTSIDE_WINDOW)
    unwanted = failed and known_code in map(str, UNWANTED)
    return [DeliveryUpdate(channel, _our_id(request), sid, fate, known_code, closed, unwanted)]


def wish_in(form: Form) -> OptOut | None:
    """STOP, START or HELP, when Twilio knew the word and has answered it already."""
    return wish_named(form.one("OptOutType"))


def wish_named(word: str) -> OptOut | None:
    """What this word alone asks of Twilio."""
    wish = _WISHES.get(word.strip().upper())
    return None if wish is None else OptOut(wish)


def media_in(form: Form) -> Attached | None:
    """The files of a message, by the addresses Twilio keeps them at.

    Raises:
        NotUnderstood: NumMedia is no number.
    """
    count = form.one("NumMedia") or "0"
    if not _NUMBER.fullmatch(count):
        raise NotUnderstood("NumMedia must be a number")
    media = tuple(
        MediaRef(url, form.one(f"MediaContentType{no}") or "application/octet-stream")
        for no in range(min(int(count), _MOST_MEDIA))
        if (url := form.one(f"MediaUrl{no}"))
    )
    return Attached(text_in(form), media) if media else None


def _our_id(request: RawRequest) -> str | None:
    """Our own id of the message, which we wrote into the callback's address."""
    given = parse_qs(urlsplit(request.url).query).get("mid", [])
    return given[0] if len(given) == 1 and _ID.fullmatch(given[0]) else None
