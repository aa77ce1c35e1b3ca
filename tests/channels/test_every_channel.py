"""What every channel keeps to. A new channel is in these tests as soon as its file exists."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from channels import port
from channels.port import (
    BadSignature,
    Channel,
    FileWay,
    Inbound,
    NotUnderstood,
    Outbound,
    OutboundChoice,
    OutboundFile,
    RawRequest,
    Unsupported,
)
from tests.channels.recorded import (
    CHANNELS,
    Recording,
    all_recordings,
    make_channel,
    of_channel,
    recordings_of,
)

pytestmark = pytest.mark.contract

WITH_PROVIDER = [name for name in CHANNELS if make_channel(name).capabilities.push]
FROM_PROVIDER = [one for one in all_recordings() if one.channel in WITH_PROVIDER]


@pytest.mark.parametrize("name", CHANNELS)
def test_a_channel_has_recorded_payloads_that_are_taken_and_refused(name: str) -> None:
    found = recordings_of(name)
    assert any(one.parsed for one in found), f"record payloads in tests/payloads/{name}/"
    assert any(one.refused for one in found), f"record a payload that {name} refuses"


@pytest.mark.parametrize("recording", all_recordings(), ids=str)
def test_a_recorded_payload_is_what_it_was(recording: Recording) -> None:
    channel = make_channel(recording.channel)
    channel.verify(recording.request)
    if recording.refused is not None:
        with pytest.raises(getattr(port, recording.refused)):
            channel.parse(recording.request)
    else:
        assert tuple(channel.parse(recording.request)) == recording.parsed


@pytest.mark.parametrize("recording", all_recordings(), ids=str)
def test_parsing_twice_gives_the_same(recording: Recording) -> None:
    if recording.refused is None:
        channel = make_channel(recording.channel)
        assert channel.parse(recording.request) == channel.parse(recording.request)


@pytest.mark.parametrize("recording", FROM_PROVIDER, ids=str)
def test_an_unsigned_request_is_refused(recording: Recording) -> None:
    channel, headers = make_channel(recording.channel), recording.request.headers
    _refuses(channel, replace(recording.request, headers={}))
    _refuses(channel, replace(recording.request, headers=dict.fromkeys(headers, "")))
    _refuses(channel, replace(recording.request, headers=dict.fromkeys(headers, "\xe9")))
    backwards = {name: value[::-1] for name, value in headers.items()}
    _refuses(channel, replace(recording.request, headers=backwards))


@pytest.mark.parametrize("recording", FROM_PROVIDER, ids=str)
def test_a_changed_request_is_refused(recording: Recording) -> None:
    if of_channel(recording.channel).get("signs_body"):
        channel, body = make_channel(recording.channel), recording.request.body
        for changed in (body + b" ", body[:-1], body.replace(b"app", b"apq"), b""):
            _refuses(channel, replace(recording.request, body=changed))


def _refuses(channel: Channel, request: RawRequest) -> None:
    with pytest.raises(BadSignature):
        channel.verify(request)


@pytest.mark.parametrize("name", WITH_PROVIDER)
def test_a_kind_we_cannot_read_is_a_value(name: str) -> None:
    (recording,) = [one for one in recordings_of(name) if one.what == "unknown_kind"]
    (inbound,) = make_channel(name).parse(recording.request)
    assert isinstance(inbound, Inbound)
    assert isinstance(inbound.body, Unsupported)


@pytest.mark.parametrize("name", CHANNELS)
@settings(max_examples=40, deadline=None)
@given(
    body=st.binary(max_size=300)
    | st.from_regex(r"[\[{\"]{1,5}[a-z0-9:,\"\]}]{0,40}").map(str.encode)
)
def test_whatever_is_sent_is_understood_or_refused(name: str, body: bytes) -> None:
    request = replace(recordings_of(name)[0].request, body=body)
    with suppress(NotUnderstood):
        assert all(event.channel == name for event in make_channel(name).parse(request))


@pytest.mark.parametrize("name", WITH_PROVIDER)
@settings(max_examples=40, deadline=None)
@given(
    words=st.lists(st.text(st.sampled_from("ab .!?\n é👍"), max_size=200), min_size=1, max_size=5),
    often=st.integers(1, 60),
)
def test_a_message_is_rendered_within_the_limits_and_whole(
    name: str, words: list[str], often: int
) -> None:
    channel = make_channel(name)
    text = "x" + "".join(words) * often
    choices = (OutboundChoice("1", "Ja"), OutboundChoice("2", "Nee"))
    message = Outbound("m-1", "klant-77", "Digitale assistent", text, choices)
    rendered = channel.render(message)
    field = of_channel(name).get("text_field", "text")
    texts = [str(part.payload[field]) for part in rendered]
    assert all(0 < len(part) <= channel.capabilities.max_text for part in texts)
    shown = text + "1. Ja 2. Nee" if of_channel(name).get("choices_as_text") else text
    assert "".join("".join(texts).split()) == "".join(shown.split())
    assert rendered == channel.render(message)
    assert "Nee" in repr(rendered[-1].payload) or not channel.capabilities.choices


@pytest.mark.parametrize("name", CHANNELS)
def test_a_file_of_staff_goes_as_the_channel_says_or_not_at_all(name: str) -> None:
    channel = make_channel(name)
    address, content = "https://balie.example/f/abc", b"%PDF-1.4 ..."
    file = OutboundFile("Brief.pdf", "application/pdf", address, content)
    message = Outbound("m-1", "klant-77", "Fatma", "Document: Brief.pdf", file=file)
    calls = channel.render(message)
    said = [repr(dict(call.payload)) for call in calls]
    carried = sum(address in one for one in said)
    match channel.capabilities.sends_files:
        case FileWay.ADDRESS:
            assert carried == 1
        case FileWay.LINK:
            field = of_channel(name).get("text_field", "text")
            assert str(calls[-1].payload[field]).endswith(f" {address}")
        case FileWay.UPLOAD:
            assert [call.payload.get("file") for call in calls] == [file]
        case FileWay.LOG:
            assert not channel.capabilities.push
        case FileWay.NONE:
            assert carried == 0
    assert any("Document: Brief.pdf" in one for one in said)
    assert channel.render(message) == calls


def test_how_each_channel_takes_a_file_is_known() -> None:
    ways = {name: make_channel(name).capabilities.sends_files.value for name in CHANNELS}
    assert ways == {
        "phone": "none",
        "sms": "link",
        "telegram": "upload",
        "webchat": "log",
        "webhook": "address",
        "whatsapp": "address",
    }


@pytest.mark.parametrize("name", CHANNELS)
def test_a_short_message_is_one_call_with_its_choices(name: str) -> None:
    channel = make_channel(name)
    choice = OutboundChoice("c-1", "Hoe kan ik betalen?")
    message = Outbound("m-1", "klant-77", "Digitale assistent", "Voor de 1e.", (choice,))
    (rendered,) = channel.render(message)
    assert "Voor de 1e." in repr(rendered.payload)
    assert "Hoe kan ik betalen?" in repr(rendered.payload)
