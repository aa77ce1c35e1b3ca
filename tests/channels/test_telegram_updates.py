"""Whatever Telegram can post to a webhook is taken: read, or nothing, and never an error.

The token in the settings of the recorded payloads is invented, as are the people.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any

import pytest
from pydantic import ValidationError
from telegram import Bot, Update
from telegram.constants import MessageAttachmentType, MessageType, UpdateType

from channels.fakes.telegram_updates import (
    body,
    membership_for,
    message,
    private_chat,
    tap_for,
    update_for,
    update_with,
)
from channels.port import (
    Attached,
    Channel,
    Chosen,
    Event,
    GroupCall,
    Inbound,
    NotUnderstood,
    OptOut,
    Text,
    TooLong,
    Unsupported,
    Wish,
)
from channels.registry import channels_on
from tests.channels.recorded import make_channel, recordings_of

pytestmark = pytest.mark.contract

ADA = 610_077
READ = {"message", "edited_message", "callback_query", "my_chat_member"}
NOT_READ = sorted(kind.value for kind in UpdateType if kind.value not in READ)


def parsed(update: bytes, channel: Channel | None = None) -> Sequence[Event]:
    recorded = recordings_of("telegram")[0].request
    request = type(recorded)(recorded.method, recorded.url, recorded.headers, update)
    return (channel or make_channel("telegram")).parse(request)


def said(update: bytes) -> Any:
    (event,) = parsed(update)
    assert isinstance(event, Inbound)
    return event.body


@pytest.mark.parametrize("kind", NOT_READ)
@pytest.mark.parametrize("shape", ["a message", "a chat", "empty"])
def test_an_update_that_is_no_message_to_us_becomes_nothing(kind: str, shape: str) -> None:
    chat = {"id": -77, "type": "channel", "title": "Nieuws"}
    content: dict[str, Any] = {
        "a message": {**message({"text": "hallo"}, ADA), "chat": chat},
        "a chat": {"chat": chat, "user": {"id": 5}, "date": 0},
        "empty": {"id": "1", "chat": {"id": 1}},
    }[shape]
    assert parsed(body(7, **{kind: content})) == []


@pytest.mark.parametrize("kind", sorted(READ))
def test_every_update_we_read_names_its_chat_and_itself(kind: str) -> None:
    update = {
        "message": update_for("hallo", ADA, 12),
        "edited_message": body(12, edited_message=message({"text": "hallo"}, ADA)),
        "callback_query": tap_for("person", ADA, 12),
        "my_chat_member": membership_for("member", "kicked", ADA, 12),
    }[kind]
    (event,) = parsed(update)
    assert isinstance(event, Inbound)
    assert (event.address, event.external_id) == (str(ADA), "12")
    assert event.account == "7310000001"


def test_an_update_of_a_later_bot_api_becomes_nothing() -> None:
    assert parsed(body(7, thought_reading={"chat": {"id": 1}})) == []
    assert parsed(body(7)) == []


@pytest.mark.parametrize("kind", sorted({one.value for one in MessageType}))
@pytest.mark.parametrize("content", [{}, [], [{}], "x", 1, True, None])
def test_every_kind_of_message_is_taken_whatever_is_in_it(kind: str, content: object) -> None:
    events = parsed(update_with({kind: content}, ADA))
    assert len(events) <= 1


@pytest.mark.parametrize("kind", sorted({one.value for one in MessageAttachmentType}))
def test_what_a_tenant_sends_is_never_passed_over(kind: str) -> None:
    assert said(update_with({kind: {}}, ADA)) == Unsupported(kind)


def test_a_kind_of_message_nobody_knows_is_not_passed_over_either() -> None:
    assert said(update_with({"hologram": {"file_id": "x"}}, ADA)) == Unsupported("unknown")


@pytest.mark.parametrize("kind", ["voice", "audio", "video", "video_note", "document"])
def test_a_file_without_a_type_gets_the_usual_one(kind: str) -> None:
    attached = said(update_with({kind: {"file_id": "F1"}, "caption": "kijk"}, ADA))
    assert isinstance(attached, Attached)
    (media,) = attached.media
    assert (attached.text, media.ref) == ("kijk", "F1")
    assert "/" in media.content_type


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("/start", OptOut(Wish.START)),
        ("/START", OptOut(Wish.START)),
        ("/stop\nik wil dit niet meer", OptOut(Wish.STOP)),
        ("/help", OptOut(Wish.HELP)),
        ("/startmotor", Text("/startmotor")),
        ("stop", Text("stop")),
        ("ik zei /stop", Text("ik zei /stop")),
    ],
)
def test_a_command_is_a_wish_only_when_it_comes_first(text: str, meant: object) -> None:
    assert said(update_for(text, ADA)) == meant


def test_a_tap_is_its_choice_and_in_a_group_nothing() -> None:
    assert said(tap_for("c-1", ADA)) == Chosen("c-1")
    tap = json.loads(tap_for("c-1", ADA))
    tap["callback_query"]["message"]["chat"] = {"id": -5, "type": "group"}
    assert parsed(json.dumps(tap).encode()) == []
    del tap["callback_query"]["message"]
    assert parsed(json.dumps(tap).encode()) == []


def test_without_a_username_only_replies_call_us_in_a_group() -> None:
    settings = {"token": "1:key", "secret": "s"}
    unnamed = channels_on({"telegram": settings})["telegram"]
    group = {"id": -5, "type": "group"}
    named = {**message({"text": "@thuisbalie_bot hallo"}, ADA), "chat": group}
    assert parsed(body(1, message=named), unnamed) == []
    answer = {**named, "reply_to_message": {"from": {"id": 1}}}
    (event,) = parsed(body(1, message=answer), unnamed)
    assert isinstance(event, Inbound) and event.body == GroupCall()


def test_text_up_to_the_limit_is_whole() -> None:
    assert said(update_for("x" * 10_000, ADA)) == Text("x" * 10_000)
    with pytest.raises(TooLong):
        parsed(update_with({"photo": [{"file_id": "F"}], "caption": "x" * 10_001}, ADA))


@pytest.mark.parametrize(
    "broken",
    [
        b'{"update_id": true, "message": {}}',
        b'{"update_id": "7"}',
        b'{"update_id": 7, "message": []}',
        b'{"update_id": 7, "message": {"chat": {"id": "7"}}}',
        b'{"update_id": 7, "my_chat_member": {"chat": {"id": 7, "type": "private"}}}',
        b"[" * 100_000,
        b"\xff",
        b"",
    ],
)
def test_what_is_not_an_update_is_not_understood(broken: bytes) -> None:
    with pytest.raises(NotUnderstood):
        parsed(broken)


@pytest.mark.parametrize(
    "update",
    [
        update_for("hallo", ADA),
        tap_for("c-1", ADA),
        membership_for("member", "kicked", ADA),
        membership_for("kicked", "member", ADA),
    ],
)
def test_the_fake_posts_what_the_library_takes_for_an_update(update: bytes) -> None:
    known = Update.de_json(json.loads(update), Bot("1:key"))
    assert known.effective_chat is not None
    assert known.effective_chat.id == private_chat(ADA)["id"]


@pytest.mark.parametrize("recording", recordings_of("telegram"), ids=str)
def test_what_was_recorded_is_an_update_for_the_library_too(recording: Any) -> None:
    if recording.refused is None:
        known = Update.de_json(json.loads(recording.request.body), Bot("1:key"))
        assert known.effective_chat is not None


@pytest.mark.parametrize(
    "wrong", [{"token": "geheim"}, {"secret": "met spatie"}, {"secret": ""}, {"token": "1:"}]
)
def test_wrong_settings_are_refused_without_showing_them(wrong: dict[str, str]) -> None:
    settings = {"token": "1:sleutel", "secret": "heel-geheim", **wrong}
    with pytest.raises(ValidationError) as refusal:
        channels_on({"telegram": settings})
    assert all(value not in str(refusal.value) for value in settings.values() if value)
