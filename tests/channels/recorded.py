"""Recorded payloads: what a provider really sent, and what it must become.

``tests/payloads/<channel>/<what>.json`` holds ``request`` and either ``parsed`` or ``refused`` (the
name of the error). One thing in ``parsed`` is a message (``body``: ``text``, ``edited``, ``group``,
``choice_id``, ``unsupported``, ``aside`` with ``detail``, ``wish``, or ``attached`` with ``media``)
or news of a message of ours (``fate``).
A channel with settings has ``channel.json``: its ``settings`` as they were when
the payloads were recorded, whether the provider signs the body (``signs_body``), the name of the
field its messages go out in (``text_field``, else "text"), and whether choices stand in that field
too, as "1. ..." under the text (``choices_as_text``).
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from channels.port import (
    Aside,
    Attached,
    Body,
    Channel,
    Chosen,
    DeliveryUpdate,
    Edited,
    Event,
    Fate,
    GroupCall,
    Inbound,
    MediaRef,
    OptOut,
    RawRequest,
    Text,
    Unsupported,
    Wish,
)
from channels.registry import channel_classes, channels_on

PAYLOADS = Path(__file__).resolve().parents[1] / "payloads"
CHANNELS = sorted(channel_classes())


@dataclass(frozen=True, slots=True)
class Recording:
    channel: str
    what: str
    request: RawRequest
    parsed: tuple[Event, ...]
    refused: str | None

    def __str__(self) -> str:
        return f"{self.channel}-{self.what}"


def recordings_of(channel: str) -> list[Recording]:
    files = sorted((PAYLOADS / channel).glob("*.json"))
    return [_recording(channel, file) for file in files if file.name != "channel.json"]


def all_recordings() -> list[Recording]:
    return [recording for channel in CHANNELS for recording in recordings_of(channel)]


def of_channel(channel: str) -> Mapping[str, Any]:
    file = PAYLOADS / channel / "channel.json"
    found: Mapping[str, Any] = json.loads(file.read_text()) if file.exists() else {}
    return found


def make_channel(name: str) -> Channel:
    """The channel as it was set up when its payloads were recorded."""
    return channels_on({name: of_channel(name).get("settings", {})})[name]


def _recording(channel: str, file: Path) -> Recording:
    raw = json.loads(file.read_text(encoding="utf-8"))
    asked = raw["request"]
    body = asked["body"].encode("utf-8", "surrogatepass")
    request = RawRequest(asked["method"], asked["url"], asked["headers"], body)
    parsed = tuple(_event(channel, one) for one in raw.get("parsed", ()))
    return Recording(channel, file.stem, request, parsed, raw.get("refused"))


def _event(channel: str, raw: Mapping[str, Any]) -> Event:
    if "fate" in raw:
        ref, code = raw["provider_ref"], raw.get("code", "")
        marks = raw.get("closed", False), raw.get("unwanted", False)
        return DeliveryUpdate(channel, raw["message_id"], ref, Fate(raw["fate"]), code, *marks)
    body = _body(raw["body"])
    return Inbound(channel, raw["account"], raw["address"], raw["external_id"], body)


def _body(raw: Mapping[str, Any]) -> Body:
    if "attached" in raw:
        media = tuple(MediaRef(one["ref"], one["content_type"]) for one in raw["media"])
        return Attached(raw["attached"], media)
    kind, value = next(iter(raw.items()))
    if kind == "aside":
        return Aside(value, raw["detail"])
    if kind == "wish":
        return OptOut(Wish(value))
    if kind == "group":
        return GroupCall()
    bodies: dict[str, type[Text | Edited | Chosen | Unsupported]] = {
        "text": Text,
        "edited": Edited,
        "choice_id": Chosen,
        "unsupported": Unsupported,
    }
    return bodies[kind](value)
