"""Choices on WhatsApp: as buttons, as a list, or as numbered lines when nothing else works."""

from __future__ import annotations

import json
from collections.abc import AsyncIterator
from dataclasses import replace

import aiohttp
import pytest

from channels.port import Channel, DeliveryResult, Outbound, OutboundChoice
from channels.registry import channels_on
from channels.twilio.content_api import LIST_PICKER, QUICK_REPLY, shape_of
from tests.channels.published import content_schema, faults, form_fields
from tests.channels.twilio_scene import ACCOUNT, OURS, TENANT_WHATSAPP, Scene, a_scene

pytestmark = [
    pytest.mark.contract,
    pytest.mark.filterwarnings("ignore::DeprecationWarning"),
]


@pytest.fixture
async def scene() -> AsyncIterator[Scene]:
    async with a_scene() as scene:
        yield scene


def whatsapp(scene: Scene, **own: object) -> Channel:
    family = {"account_sid": ACCOUNT.sid, "auth_token": ACCOUNT.auth_token, "base_url": scene.base}
    return channels_on({"twilio": family, "whatsapp": {"sender": OURS, **own}})["whatsapp"]


def asked(*titles: str, id: str = "m-1", text: str = "Waar gaat het over?") -> Outbound:
    choices = tuple(OutboundChoice(f"{id}-c{no}", title) for no, title in enumerate(titles, 1))
    return Outbound(id, TENANT_WHATSAPP, "Digitale assistent", text, choices, "Maak een keuze")


async def deliver(channel: Channel, message: Outbound) -> DeliveryResult:
    (rendered,) = channel.render(message)
    return (await channel.deliver(rendered)).result


async def test_two_choices_are_buttons_that_bear_our_ids(scene: Scene) -> None:
    assert await deliver(whatsapp(scene), asked("Ja", "Nee")) is DeliveryResult.ACCEPTED
    (sent,) = scene.fake.sent
    shown = scene.fake.contents.shown(sent.form)
    assert shown["body"] == sent.body == "Waar gaat het over?"
    assert [(one["title"], one["id"]) for one in shown["actions"]] == [
        ("Ja", "m-1-c1"),
        ("Nee", "m-1-c2"),
    ]
    assert "Body" not in sent.form and sent.magic_code() is None


async def test_five_choices_are_a_list(scene: Scene) -> None:
    titles = ("Huur betalen", "Reparatie", "Overlast", "Huur opzeggen", "Een andere vraag")
    assert await deliver(whatsapp(scene), asked(*titles)) is DeliveryResult.ACCEPTED
    (sent,) = scene.fake.sent
    shown = scene.fake.contents.shown(sent.form)
    assert shown["button"] == "Maak een keuze"
    assert [one["item"] for one in shown["items"]] == list(titles)
    assert sent.magic_code() is None


@pytest.mark.parametrize(
    ("titles", "kind"),
    [
        (("a" * 20,), QUICK_REPLY),
        (("a" * 21,), LIST_PICKER),
        (("a" * 24, "b"), LIST_PICKER),
        (("a" * 25, "b"), None),
        (("\N{THUMBS UP SIGN}" * 11,), LIST_PICKER),
        (tuple("abc"), QUICK_REPLY),
        (tuple("abcd"), LIST_PICKER),
        (tuple("abcdefghij"), LIST_PICKER),
        (tuple("abcdefghijk"), None),
        (("Ja", "Ja"), None),
        (("Ja", " "), None),
        ((), None),
    ],
)
def test_what_whatsapp_can_show_decides(titles: tuple[str, ...], kind: str | None) -> None:
    message = asked(*titles)
    shape = shape_of(message.text, message.open_list, message.choices)
    assert (shape.kind if shape else None) == kind


def test_a_long_or_empty_text_and_a_list_without_a_word_are_lines() -> None:
    choices = asked("Ja").choices
    assert shape_of("x" * 1_024, "", choices) is not None
    assert shape_of("x" * 1_025, "", choices) is None
    assert shape_of(" ", "", choices) is None
    assert shape_of("Kies", "", asked(*"abcd").choices) is None


async def test_a_shape_is_made_once_also_by_a_process_that_starts_anew(scene: Scene) -> None:
    channel = whatsapp(scene)
    for id in ("m-1", "m-2"):
        await deliver(channel, asked("Ja", "Nee", id=id))
    await deliver(whatsapp(scene), asked("Goed", "Niet goed", id="m-3"))
    assert len(list(scene.fake.contents)) == 1
    for no in range(60):  # more than one page of another's
        scene.fake.contents.add({"language": "nl", "types": {"twilio/text": {"body": str(no)}}})
    await deliver(whatsapp(scene), asked("Ja", "Nee", id="m-4"))
    assert len(list(scene.fake.contents)) == 61
    assert len({one.form["ContentSid"] for one in scene.fake.sent}) == 1


async def test_what_we_ask_for_is_as_published_and_so_is_the_answer(scene: Scene) -> None:
    await deliver(whatsapp(scene), asked("Ja", "Nee"))
    await deliver(whatsapp(scene), asked(*"abcd"))
    types = content_schema("types")["properties"]
    for content in scene.fake.contents:
        ((kind, given),) = content.types.items()
        assert faults(given, types[kind]) == []
    for one in scene.fake.sent:
        assert one.form.keys() <= form_fields("/Messages.json", "post")
        assert all(
            isinstance(value, str) for value in json.loads(one.form["ContentVariables"]).values()
        )
    auth = aiohttp.BasicAuth(ACCOUNT.sid, ACCOUNT.auth_token)
    async with (
        aiohttp.ClientSession(auth=auth) as session,
        session.get(f"{scene.base}/content/v1/Content") as answer,
    ):
        listed = await answer.json()
    schema = content_schema("content.v1.content")
    names = schema["properties"].keys()
    for one in listed["contents"]:
        assert one.keys() == names
        simple = {name: one[name] for name in ("sid", "account_sid", "friendly_name", "language")}
        within = {"type": "object", "properties": {n: schema["properties"][n] for n in simple}}
        assert faults(simple, within) == []


@pytest.mark.parametrize("status", [400, 401, 404, 429, 500])
async def test_without_the_content_api_choices_are_numbered_lines(
    scene: Scene, status: int
) -> None:
    scene.fake.contents.refuses_with = status
    assert await deliver(whatsapp(scene), asked("Ja", "Nee")) is DeliveryResult.ACCEPTED
    (sent,) = scene.fake.sent
    assert sent.body == "Waar gaat het over?\n1. Ja\n2. Nee"
    assert "ContentSid" not in sent.form


async def test_a_content_api_that_fails_holds_up_one_message_and_not_the_next(
    scene: Scene,
) -> None:
    channel = whatsapp(scene)
    scene.fake.contents.refuses_with = 500
    await deliver(channel, asked("Ja", "Nee"))
    scene.fake.contents.refuses_with = None
    await deliver(channel, asked("Ja", "Nee", id="m-2"))
    assert [one.body for one in scene.fake.sent] == ["Waar gaat het over?\n1. Ja\n2. Nee"] * 2
    assert list(scene.fake.contents) == []


async def test_a_resource_that_somebody_deleted_costs_nothing_and_is_made_again(
    scene: Scene,
) -> None:
    channel = whatsapp(scene)
    await deliver(channel, asked("Ja", "Nee"))
    (content,) = scene.fake.contents
    scene.fake.contents.delete(content.sid)
    assert await deliver(channel, asked("Ja", "Nee", id="m-2")) is DeliveryResult.ACCEPTED
    assert scene.fake.sent[-1].body == "Waar gaat het over?\n1. Ja\n2. Nee"
    await deliver(channel, asked("Ja", "Nee", id="m-3"))
    assert "ContentSid" in scene.fake.sent[-1].form


async def test_a_message_without_choices_needs_no_content(scene: Scene) -> None:
    await deliver(whatsapp(scene), replace(asked(), choices=()))
    assert list(scene.fake.contents) == []


@pytest.mark.parametrize("template", ["HX123", "MG" + "0" * 32, "hx" + "0" * 32])
def test_a_template_that_is_no_content_sid_stops_the_start(template: str) -> None:
    family = {"account_sid": ACCOUNT.sid, "auth_token": ACCOUNT.auth_token}
    with pytest.raises(ValueError, match="reopen_template"):
        channels_on({"twilio": family, "whatsapp": {"sender": OURS, "reopen_template": template}})
