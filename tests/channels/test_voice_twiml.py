"""What a call is told to do, as TwiML, and what a form of a call says beside its words."""

from __future__ import annotations

import json
import xml.etree.ElementTree as Xml
from dataclasses import replace

import pytest
from pydantic import ValidationError
from twilio.request_validator import RequestValidator

from channels.port import BadSignature, NotUnderstood, Outbound, OutboundChoice
from channels.twilio import relay, twiml
from channels.twilio.twiml import Speaker
from channels.twilio.voice import Voice, VoiceSettings
from tests.channels.recorded import Recording, recordings_of

pytestmark = pytest.mark.contract

SPEAKER = Speaker("Polly.Laura-Neural", "deepgram_nova-3")
NEXT = "/channels/phone/turn/2?told=3"
RECORDED = {one.what: one for one in recordings_of("phone")}


def phone(**changes: object) -> Voice:
    settings = {
        "account_sid": "AC" + "0" * 31 + "1",
        "auth_token": "a-token-for-recorded-payloads",
        "staff_number": "+31850009999",
    }
    return Voice(VoiceSettings.model_validate({**settings, **changes}))


def verbs(text: str) -> list[Xml.Element]:
    return list(Xml.fromstring(text))


def test_a_call_listens_for_words_and_one_key_in_dutch() -> None:
    gather, _ = verbs(twiml.listen(SPEAKER, ["Zegt u het maar."], NEXT))
    asked = {
        "input": "dtmf speech",
        "language": "nl-NL",
        "speechModel": "deepgram_nova-3",
        "numDigits": "1",
        "bargeIn": "true",
        "actionOnEmptyResult": "true",
        "profanityFilter": "false",
        "action": NEXT,
        "method": "POST",
    }
    assert {name: gather.get(name) for name in asked} == asked
    (say,) = gather
    assert (say.text, say.get("voice")) == ("Zegt u het maar.", "Polly.Laura-Neural")


def test_a_call_goes_on_when_nothing_is_posted_after_silence() -> None:
    _, redirect = verbs(twiml.listen(SPEAKER, [], NEXT))
    assert (redirect.tag, redirect.text) == ("Redirect", NEXT)


def test_hints_are_phrases_within_the_limits() -> None:
    hints = ["Badkamer, douche of toilet kapot", "", "x" * 300, *["huur"] * 900]
    gather, _ = verbs(twiml.listen(SPEAKER, [], NEXT, hints))
    phrases = gather.get("hints", "").split(",")
    assert phrases[0] == "Badkamer douche of toilet kapot"
    assert len(phrases) == 500 and max(map(len, phrases)) == 100
    assert verbs(twiml.listen(SPEAKER, [], NEXT))[0].get("hints") is None


def test_what_xml_cannot_hold_is_not_spoken() -> None:
    line = "Huur < 700 & meer\x00\x1b[0m \ud83d\n\nDe rest"
    (say, _) = verbs(twiml.hang_up(SPEAKER, [line]))
    assert say.text == "Huur < 700 & meer [0m De rest"


def test_a_slow_answer_is_bridged() -> None:
    say, redirect = verbs(twiml.bridge(SPEAKER, ["Een ogenblik."], "/channels/phone/wait/2"))
    assert (say.text, redirect.text) == ("Een ogenblik.", "/channels/phone/wait/2")


def test_a_person_is_rung_for_a_while_and_not_recorded() -> None:
    _, dial = verbs(twiml.connect(SPEAKER, ["Ik verbind u door."], "+31850009999", NEXT))
    assert dial.findtext("Number") == "+31850009999"
    assert (dial.get("timeout"), dial.get("record")) == ("25", "do-not-record")
    assert dial.get("action") == NEXT


def test_addresses_are_whole_when_the_public_one_is_known() -> None:
    voice = phone(public_base_url="https://balie.example/")
    gather, redirect = verbs(voice.listen([], NEXT, ()))
    assert gather.get("action") == redirect.text == f"https://balie.example{NEXT}"


def test_a_message_is_spoken_in_breaths_with_the_key_of_each_choice() -> None:
    choices = (OutboundChoice("a", "Ja"), OutboundChoice("b", "Nee"))
    *_, last = phone().render(Outbound("m-1", "", "", "Dit is een zin. " * 60, choices))
    assert last.payload["choices"] == [{"key": 1, "title": "Ja"}, {"key": 2, "title": "Nee"}]


@pytest.mark.parametrize(
    ("what", "number", "confidence", "digit"),
    [
        ("speech", "+31600000001", 0.93457, ""),
        ("speech_later", "+31600000001", 0.41, ""),
        ("key_person", "+31600000001", None, "0"),
        ("key_star", "+31600000001", None, ""),
        ("hidden_number", "", 0.8, ""),
    ],
)
def test_a_form_tells_who_calls_and_how_sure_the_listener_is(
    what: str, number: str, confidence: float | None, digit: str
) -> None:
    heard = phone().heard(RECORDED[what].request)
    assert (heard.number, heard.confidence, heard.digit) == (number, confidence, digit)
    assert not heard.over


def test_a_form_tells_how_a_call_and_a_ringing_ended() -> None:
    assert phone().heard(RECORDED["status_completed"].request).over
    assert not phone().heard(RECORDED["rung_no_answer"].request).answered


@pytest.mark.parametrize("recording", RECORDED.values(), ids=str)
def test_a_request_counts_only_when_it_was_signed_for_this_address(recording: Recording) -> None:
    voice, request = phone(), recording.request
    voice.verify(request)
    # The place of a call travels in the address: it must be as safe as the words.
    elsewhere = replace(request, url=f"{request.url}9")
    for forged in (elsewhere, replace(request, headers={}), replace(request, body=b"a=b")):
        with pytest.raises(BadSignature):
            voice.verify(forged)


def test_settings_that_cannot_work_are_refused() -> None:
    for wrong in ({"staff_number": "085-1234"}, {"answer_seconds": 15}, {"auth_token": ""}):
        with pytest.raises(ValidationError):
            phone(**wrong)


def test_a_stream_speaks_first_and_tells_every_key() -> None:
    voice = phone(mode="relay", public_base_url="https://balie.example")
    there, over = "/channels/phone/relay/2?told=3&call=CA1", "/channels/phone/relayed"
    (connect,) = verbs(voice.stream(["Welkom.", "Zegt u het maar."], there, over, ["huur"]))
    (talk,) = connect
    assert connect.get("action") == f"https://balie.example{over}"
    asked = {
        "url": f"wss://balie.example{there}",
        "welcomeGreeting": "Welkom. Zegt u het maar.",
        "language": "nl-NL",
        "ttsProvider": "Amazon",
        "voice": "Laura-Neural",
        "dtmfDetection": "true",
        "interruptible": "any",
        "profanityFilter": "false",
        "hints": "huur",
    }
    assert {name: talk.get(name) for name in asked} == asked


def test_a_stream_is_opened_only_with_a_signature_on_its_wss_address() -> None:
    voice, url = phone(), "https://balie.example/channels/phone/relay/1?call=CA1"
    validator = RequestValidator("a-token-for-recorded-payloads")
    good = validator.compute_signature(url.replace("https", "wss"), {})
    voice.verify_stream(url, {"x-twilio-signature": good})
    over_https = validator.compute_signature(url, {})
    for signature, asked in [(over_https, url), (good, f"{url}9"), ("", url), (good, "http://x/")]:
        with pytest.raises(BadSignature):
            voice.verify_stream(asked, {"x-twilio-signature": signature})


def test_words_go_out_as_tokens_and_the_last_says_that_the_caller_may_answer() -> None:
    tokens = [json.loads(one) for one in relay.speak(["Een.", " ", "Twee\n drie."], False)]
    assert [(one["token"], one["last"]) for one in tokens] == [
        ("Een. ", False),
        ("Twee drie. ", True),
    ]
    assert not json.loads(relay.speak(["Een ogenblik."], True)[0])["last"]


@pytest.mark.parametrize(
    "message",
    ["", "7", "null", "[1]", '{"type": "setup"}', '{"type": "dtmf", "digit": 1}', "[" * 99_999],
)
def test_a_message_of_a_stream_that_is_none_is_refused(message: str) -> None:
    with pytest.raises(NotUnderstood):
        relay.read_frame(message)


@pytest.mark.parametrize("mode", ["conversation", "", "RELAY"])
def test_an_unknown_mode_is_refused(mode: str) -> None:
    with pytest.raises(ValidationError):
        phone(mode=mode)
