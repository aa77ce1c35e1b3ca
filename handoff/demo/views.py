"""What is on the screen of a demo phone, from what the fake providers keep. Pure."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from typing import Any

from pydantic import BaseModel

from channels.fakes.twilio_messages import WHATSAPP, Message
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


def whatsapp_bubbles(
    messages: Iterable[Message], number: str, contents: Mapping[str, Mapping[str, Any]]
) -> list[BubbleView]:
    """``contents``: what was made over the Content API, by its sid."""
    address = WHATSAPP + number
    return [_whatsapp(one, contents) for one in messages if address in (one.sender, one.recipient)]


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
    return BubbleView(id=f"t{id}", mine=False, text=text, choices=choices)


def _whatsapp(message: Message, contents: Mapping[str, Mapping[str, Any]]) -> BubbleView:
    photo = voice = ""
    for media in message.media:
        if media.file.content_type.startswith("image/"):
            photo = media.sid
        else:
            voice = media.sid
    content = contents.get(message.form.get("ContentSid", ""), {})
    filled = json.loads(message.form.get("ContentVariables") or "{}")
    text, choices = content_shown(content, filled)
    return BubbleView(
        id=message.sid,
        mine=message.direction == "inbound",
        text=message.body or text,
        status=message.status,
        photo=photo,
        voice=voice,
        choices=choices,
    )


def content_shown(
    content: Mapping[str, Any], variables: Mapping[str, str]
) -> tuple[str, list[ChoiceView]]:
    """Words and buttons of a content template, with its ``{{1}}`` filled in."""
    text, choices = "", []
    for kind, type in content.get("types", {}).items():
        text = text or str(type.get("body", ""))
        if kind == "twilio/quick-reply":
            choices = [_choice(one, "title", "button") for one in type.get("actions", [])]
        elif kind == "twilio/list-picker":
            choices = [_choice(one, "item", "list") for one in type.get("items", [])]
    return _filled(text, variables), [
        choice.model_copy(update={"title": _filled(choice.title, variables)}) for choice in choices
    ]


def _choice(raw: Mapping[str, Any], title: str, kind: str) -> ChoiceView:
    return ChoiceView(id=str(raw.get("id", "")), title=str(raw.get(title, "")), kind=kind)


def _filled(text: str, variables: Mapping[str, str]) -> str:
    for name, value in variables.items():
        text = text.replace("{{" + name + "}}", str(value))
    return text
