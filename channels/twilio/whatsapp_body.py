"""What a tenant sent over WhatsApp: words, a choice, files, or something beside words."""

from __future__ import annotations

import re

from channels.port import Aside, Body, Chosen, Edited, OptOut, Text, Unsupported, Wish
from channels.twilio import form
from channels.twilio.wire import Form

_CHOICE_ID = re.compile(r"[!-~]{1,100}")
_KIND = re.compile(r"[a-z_]{1,40}")
_DEGREES = re.compile(r"-?\d{1,3}(\.\d{1,12})?")
_LONGEST_PLACE = 200
_KINDS = {
    "edit": "edited",
    "edited": "edited",
    "revoke": "deleted",
    "revoked": "deleted",
    "deleted": "deleted",
}
"""One thing, as Meta and those in between call it."""
_BESIDE_WORDS = frozenset({"sticker", "contacts", "deleted"})
"""Some come with a file; that is not what the tenant meant to say."""
_WISHES = {
    "STOP": Wish.STOP,
    "AFMELDEN": Wish.STOP,
    "START": Wish.START,
    "AANMELDEN": Wish.START,
    "HULP": Wish.HELP,
    "HELP": Wish.HELP,
}
"""Twilio's own filter is for SMS, so here a message that is just this word is ours to see."""


def body_of(posted: Form) -> Body:
    """What was sent; a kind that we do not know is ``Unsupported``.

    Raises:
        TooLong: more than 10,000 characters.
        NotUnderstood: a field is given twice, or the number of files is none.
    """
    media, text, kind = form.media_in(posted), form.text_in(posted), _kind(posted)
    wish = form.wish_in(posted)
    if wish is not None:
        return wish
    if kind == "location":
        return _place(posted)
    if kind == "reaction":
        return Aside(kind, text)
    if kind in _BESIDE_WORDS:
        return Aside(kind)
    if kind == "edited":
        return Edited(text) if text.strip() else Unsupported(kind)
    chosen = _choice(posted)
    if chosen is not None:
        return chosen
    if media is not None:
        return media
    return _words(text) if text.strip() else Unsupported(kind)


def _kind(posted: Form) -> str:
    kind = posted.one("MessageType").lower()
    if not kind and posted.one("Latitude"):
        return "location"
    if not _KIND.fullmatch(kind):
        return "unknown"
    return _KINDS.get(kind, kind)


def _place(posted: Form) -> Aside | Unsupported:
    latitude, longitude = posted.one("Latitude"), posted.one("Longitude")
    if not (_DEGREES.fullmatch(latitude) and _DEGREES.fullmatch(longitude)):
        return Unsupported("location")
    named = [posted.one(name).strip()[:_LONGEST_PLACE] for name in ("Label", "Address")]
    return Aside("location", ", ".join([latitude, longitude, *filter(None, named)]))


def _choice(posted: Form) -> Chosen | None:
    """A tap on a button or in a list. Its title comes too, in Body, but is not unique."""
    id = posted.one("ButtonPayload") or posted.one("ListId")
    return Chosen(id) if _CHOICE_ID.fullmatch(id) else None


def _words(text: str) -> Text | OptOut:
    wish = _WISHES.get(text.strip().upper())
    return Text(text) if wish is None else OptOut(wish)
