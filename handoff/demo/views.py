"""What is on the screen of a demo phone, from what the fake providers keep. Pure."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any

from pydantic import BaseModel

from channels.fakes.twilio_messages import WHATSAPP, Media, Message
from channels.twilio.segments import segments


class ChoiceView(BaseModel):
    """A button. ``kind`` is ``button`` or ``list``: where it is shown, and how a tap is sent."""

    id: str
    title: str
    kind: str = "button"


class BubbleView(BaseModel):
    """One message. ``mine`` is of the person who holds the phone."""

    id: str
    mine: bool
    text: str
    status: str = ""
    segments: int = 0
    """Parts that an SMS is paid for; 0 where that means nothing."""
    photo: str = ""
    """Name of the file, for the photo's address."""
    voice: str = ""
    document: str = ""
    """Name of a document that came along; it can be had at the product, not here."""
    choices: list[ChoiceView] = []


class LineView(BaseModel):
    """One thing that was said in a call."""

    mine: bool
    text: str


class CallView(BaseModel):
    """A call. ``state``: idle, dialing, listening, thinking, ringing, ended or unreachable."""

    state: str = "idle"
    rang: str = ""
    lines: list[LineView] = []


class DeviceView(BaseModel):
    """``on`` is false when a real provider serves this channel."""

    on: bool
    trouble: str = "none"


class PhoneView(BaseModel):
    """All four devices of one person, as they are now."""

    devices: dict[str, DeviceView]
    whatsapp: list[BubbleView] = []
    sms: list[BubbleView] = []
    telegram: list[BubbleView] = []
    call: CallView = CallView()


Shown = Callable[[Mapping[str, str]], Mapping[str, Any]]
"""What a message that names a content resource shows, by its form."""


def whatsapp_bubbles(
    messages: Iterable[Message], number: str, shown: Shown, files: Mapping[str, Sequence[Media]]
) -> list[BubbleView]:
    """``files``: what each message was sent with, also when the provider has deleted it."""
    address = WHATSAPP + number
    return [
        _whatsapp(one, shown, files.get(one.sid, ()))
        for one in messages
        if address in (one.sender, one.recipient)
    ]


def sms_bubbles(messages: Iterable[Message], number: str) -> list[BubbleView]:
    return [
        BubbleView(
            id=one.sid,
            mine=one.direction == "inbound",
            text=one.body,
            status=one.status,
            segments=segments(one.body),
        )
        for one in messages
        if number in (one.sender, one.recipient)
    ]


def telegram_bubble(id: int, fields: Mapping[str, str]) -> BubbleView:
    """A message of ours: the fields of one ``sendMessage``."""
    markup = json.loads(fields.get("reply_markup") or "{}")
    rows = markup.get("inline_keyboard", [])
    choices = [
        ChoiceView(id=button.get("callback_data", ""), title=button.get("text", ""))
        for row in rows
        for button in row
    ]
    text = fields.get("text") or fields.get("caption", "")
    photo, document = fields.get("sent_file", ""), fields.get("sent_name", "")
    if document:
        photo = ""
    return BubbleView(
        id=f"t{id}", mine=False, text=text, photo=photo, document=document, choices=choices
    )


def _whatsapp(message: Message, shown: Shown, files: Sequence[Media]) -> BubbleView:
    photo = voice = document = ""
    for media in files:
        if media.file.content_type.startswith("image/"):
            photo = media.sid
        elif media.file.content_type.startswith("audio/"):
            voice = media.sid
        else:
            document = media.file.content_type
    content = shown(message.form) if "ContentSid" in message.form else {}
    return BubbleView(
        id=message.sid,
        mine=message.direction == "inbound",
        text=message.body or str(content.get("body", "")),
        status=message.status,
        photo=photo,
        voice=voice,
        document=document,
        choices=[
            *(_choice(one, "title", "button") for one in content.get("actions", ())),
            *(_choice(one, "item", "list") for one in content.get("items", ())),
        ],
    )


def _choice(raw: Mapping[str, Any], title: str, kind: str) -> ChoiceView:
    return ChoiceView(id=str(raw.get("id", "")), title=str(raw.get(title, "")), kind=kind)
