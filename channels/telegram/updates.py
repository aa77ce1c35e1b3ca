"""What a webhook of Telegram's Bot API says: one ``Update`` as JSON, read without network.

We speak with one tenant in a private chat. In a group we say so when somebody calls us, and read
nothing else: what neighbours say to each other is not ours. Kinds of update that we do not read,
also those of later versions of the Bot API, become nothing, as Telegram would send them again.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from telegram.constants import MessageAttachmentType, MessageType

from channels.port import (
    Attached,
    Body,
    Chosen,
    Edited,
    GroupCall,
    Inbound,
    NotUnderstood,
    OptOut,
    Text,
    TooLong,
    Unsupported,
    Wish,
)
from channels.telegram.files import files_of

LONGEST_TEXT = 10_000
_COMMANDS = {"/start": Wish.START, "/stop": Wish.STOP, "/help": Wish.HELP}
_OUT = frozenset({"left", "kicked"})
_SENT = frozenset(kind.value for kind in MessageAttachmentType) | {"checklist"}
"""What a person can send, besides text."""
_SERVICE = frozenset(kind.value for kind in MessageType) - _SENT - {"text"}
"""What Telegram itself writes in a chat, such as "pinned a message"; nobody waits for an answer."""

Raw = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class OurBot:
    """Who we are at Telegram. ``username`` without @; empty when we were not told."""

    id: str
    username: str


@dataclass(frozen=True, slots=True)
class _Chat:
    id: str
    private: bool


_Said = tuple[_Chat, Body | None]


def inbound_of(body: bytes, channel: str, us: OurBot) -> list[Inbound]:
    """One thing a tenant sent, or nothing.

    Raises:
        TooLong: more than 10,000 characters.
        NotUnderstood: anything else that is not an update.
    """
    update = _update(body)
    for kind, read in _READERS.items():
        if kind in update:
            chat, said = read(_object(update, kind), us)
            external_id = str(update["update_id"])
            return [] if said is None else [Inbound(channel, us.id, chat.id, external_id, said)]
    return []


def _update(body: bytes) -> Raw:
    try:
        raw = json.loads(body)
    except (ValueError, RecursionError) as wrong:
        raise NotUnderstood("the body is not JSON") from wrong
    if not isinstance(raw, dict) or type(raw.get("update_id")) is not int:
        raise NotUnderstood("the body is not an update")
    return raw


def _object(raw: Raw, name: str) -> Raw:
    found = raw.get(name)
    if not isinstance(found, dict):
        raise NotUnderstood(f"{name} is not an object")
    return found


def _chat(raw: Raw) -> _Chat:
    chat = _object(raw, "chat")
    if type(chat.get("id")) is not int:
        raise NotUnderstood("a chat has no id")
    return _Chat(str(chat["id"]), chat.get("type") == "private")


def _message(raw: Raw, us: OurBot) -> _Said:
    chat = _chat(raw)
    if chat.private:
        return chat, _body(raw)
    return chat, GroupCall() if _calls_us(raw, us) else None


def _edited(raw: Raw, _: OurBot) -> _Said:
    chat = _chat(raw)
    # A shared live location is "edited" every few seconds, for hours.
    if not chat.private or "location" in raw:
        return chat, None
    words = next((raw[key] for key in ("text", "caption") if isinstance(raw.get(key), str)), "")
    return chat, Edited(_not_too_long(words)) if words.strip() else Unsupported("edited")


def _tapped(raw: Raw, _: OurBot) -> _Said:
    if "message" not in raw:  # a button that came into a chat by way of inline mode
        return _Chat("", private=False), None
    chat, data = _chat(_object(raw, "message")), raw.get("data")
    return chat, Chosen(data) if chat.private and isinstance(data, str) else None


def _membership(raw: Raw, _: OurBot) -> _Said:
    """We were blocked or unblocked by a tenant, or added to a group."""
    chat = _chat(raw)
    before, after = (_object(raw, f"{when}_chat_member").get("status") for when in ("old", "new"))
    if chat.private:
        wish = {"kicked": Wish.STOP, "member": Wish.START}.get(str(after))
        return chat, OptOut(wish) if wish else None
    return chat, GroupCall() if before in _OUT and after not in _OUT else None


_READERS: Mapping[str, Callable[[Raw, OurBot], _Said]] = {
    "message": _message,
    "channel_post": _message,
    "edited_message": _edited,
    "callback_query": _tapped,
    "my_chat_member": _membership,
}


KINDS: Sequence[str] = ("message", "edited_message", "callback_query", "my_chat_member")
"""The kinds of update we ask Telegram for."""


def tap_of(body: bytes) -> str | None:
    """The id of the tap on a button that this update tells of; None for anything else."""
    try:
        tap = _update(body).get("callback_query")
    except NotUnderstood:
        return None
    id = tap.get("id") if isinstance(tap, dict) else None
    return id if isinstance(id, str) and id else None


def _calls_us(message: Raw, us: OurBot) -> bool:
    """Whether a message in a group names us or answers one of ours."""
    text = str(message.get("text") or message.get("caption") or "")
    if us.username and re.search(rf"@{re.escape(us.username)}(?!\w)", text, re.IGNORECASE):
        return True
    answered = message.get("reply_to_message")
    author = answered.get("from") if isinstance(answered, dict) else None
    return isinstance(author, dict) and str(author.get("id")) == us.id


def _body(message: Raw) -> Body | None:
    text = message.get("text")
    if isinstance(text, str):
        return _command(text) or Text(_not_too_long(text))
    if media := files_of(message):
        caption = message.get("caption")
        return Attached(_not_too_long(caption) if isinstance(caption, str) else "", media)
    for kind in sorted(_SENT):
        if kind in message:
            return Unsupported(kind)
    return None if _SERVICE & message.keys() else Unsupported("unknown")


def _command(text: str) -> OptOut | None:
    """``/start``, also with what a link added to it, or as ``/start@our_bot``."""
    word = re.split(r"[\s@]", text, maxsplit=1)[0].lower()
    return OptOut(_COMMANDS[word]) if word in _COMMANDS else None


def _not_too_long(text: str) -> str:
    if len(text) > LONGEST_TEXT:
        raise TooLong(f"{len(text)} characters")
    return text
