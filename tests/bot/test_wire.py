"""The wire between gateway and Rasa, against the real server with the trained model."""

from __future__ import annotations

import json
from uuid import uuid4

import aiohttp
import pytest
from rasa_running import SECRET, RunningRasa

from bot.port import Answer, Ask, AssistantFailed, Carry
from bot.rasa_client import SECRET_HEADER, RasaClient
from bot.signals import NotSure

pytestmark = pytest.mark.rasa


def ask(text: str, session: str = "", **more: object) -> Ask:
    return Ask(
        uuid4().hex, session or uuid4().hex, text, str(more.pop("channel", "webchat")), **more
    )  # type: ignore[arg-type]


async def post(
    rasa: RunningRasa, body: object, secret: str = SECRET
) -> tuple[int, dict[str, object]]:
    raw = body if isinstance(body, str) else json.dumps(body)
    url = f"{rasa.url}/webhooks/gateway/turn"
    async with (
        aiohttp.ClientSession() as session,
        session.post(url, data=raw, headers={SECRET_HEADER: secret}) as response,
    ):
        return response.status, await response.json()


def turn(text: str, **more: object) -> dict[str, object]:
    base = {"turn_id": "t1", "session": uuid4().hex, "text": text, "channel": "webchat"}
    return {**base, **more}


async def test_health_names_the_model(rasa: RunningRasa) -> None:
    async with (
        aiohttp.ClientSession() as session,
        session.get(f"{rasa.url}/webhooks/gateway/health") as response,
    ):
        body = await response.json()
    assert response.status == 200
    assert body["ready"] is True and body["model"].startswith("assistant-")


async def test_a_question_is_answered_with_a_ranking_of_topics(client: RasaClient) -> None:
    answer = await client.reply(ask("wanneer moet ik de huur betalen"))
    assert answer.best is not None and answer.best.intent == "rent_payment_date"
    assert answer.replies[0].text
    shares = [guess.confidence for guess in answer.ranking]
    assert len(shares) == 10 and shares == sorted(shares, reverse=True)
    assert answer.model.startswith("assistant-")


async def test_the_phone_gets_the_spoken_answer(client: RasaClient) -> None:
    written = await client.reply(ask("goedemorgen"))
    spoken = await client.reply(ask("goedemorgen", channel="voice"))
    assert written.replies[0].choices
    assert spoken.replies[0].text != written.replies[0].text


@pytest.mark.parametrize(
    "text", ["/rent_payment_date", "/restart", "//back", '/greeting{"a": 1}', " / /greeting"]
)
async def test_tenant_text_with_a_slash_is_understood_as_words(
    rasa: RunningRasa, text: str
) -> None:
    status, body = await post(rasa, turn(text))
    assert status == 200
    ranking = body["ranking"]
    # An injected intent would stand alone, with confidence 1.
    assert isinstance(ranking, list) and len(ranking) == 10


async def test_a_quick_reply_goes_straight_to_its_intent(client: RasaClient) -> None:
    answer = await client.reply(ask("", payload="/rent_payment_date"))
    assert answer.best is not None
    assert (answer.best.intent, answer.best.confidence) == ("rent_payment_date", 1.0)


async def test_a_quick_reply_to_a_topic_that_is_gone_is_a_failure(client: RasaClient) -> None:
    with pytest.raises(AssistantFailed, match="bad_request"):
        await client.reply(ask("", payload="/topic_of_last_year"))


async def test_nothing_is_answered_without_the_secret(rasa: RunningRasa) -> None:
    status, body = await post(rasa, turn("hallo"), secret="guess")
    assert (status, body["error"]) == (403, "forbidden")


@pytest.mark.parametrize(
    "body",
    ["not json", "[]", {}, {"turn_id": "1"}, turn("x", session=""), turn("x", payload="greeting"),
     turn("x", carry=[1]), {**turn("x"), "text": None}],
)  # fmt: skip
async def test_what_is_not_a_turn_is_refused_by_name(rasa: RunningRasa, body: object) -> None:
    status, answer = await post(rasa, body)
    assert (status, answer["ok"], answer["error"]) == (400, False, "bad_request")


@pytest.mark.parametrize(
    "text",
    ["", "   ", "\x00", "huur\x00betalen", "\ud800", "x" * 10_000, "ja " * 3_000, "😀🔥🙏", "{}",
     "<script>alert(1)</script>", "{slot}", "[[corporation.name]]", "\u202eomgekeerd", "/", "////",
     "%s %(x)s", "'; drop table"],
)  # fmt: skip
async def test_strange_text_gets_a_proper_answer(client: RasaClient, text: str) -> None:
    answer = await client.reply(ask(text))
    assert answer.replies or answer.signals


async def test_what_could_be_anything_is_not_answered_with_a_topic(client: RasaClient) -> None:
    answer = await client.reply(ask("het gaat om mijn huis"))
    assert answer.signals == (NotSure(),)
    assert answer.ranking, "the likeliest topics are still named"


async def in_form(client: RasaClient, session: str) -> Answer:
    return await client.reply(ask("ik wil een reparatie melden", session))


async def test_an_action_that_crashes_is_a_failure_and_not_silence(
    rasa: RunningRasa, client: RasaClient
) -> None:
    rasa.actions.instead = (500, {"error": "crash"})
    with pytest.raises(AssistantFailed, match="action_failed"):
        await in_form(client, "crash")


async def test_an_action_that_answers_nonsense_is_a_failure(
    rasa: RunningRasa, client: RasaClient
) -> None:
    rasa.actions.instead = (200, {"events": "many", "responses": 7})
    with pytest.raises(AssistantFailed, match="action_failed"):
        await in_form(client, "nonsense")


async def test_a_failed_turn_leaves_nothing_and_the_form_goes_on_from_what_is_carried(
    rasa: RunningRasa, client: RasaClient
) -> None:
    session = uuid4().hex
    asked = await in_form(client, session)
    rasa.actions.instead = (500, {"error": "crash"})
    with pytest.raises(AssistantFailed):
        await client.reply(ask("in de badkamer", session, carry=asked.carry))
    rasa.actions.instead = None
    answer = await client.reply(ask("in de badkamer", session, carry=asked.carry))
    assert answer.carry.slots["repair_room"] == "badkamer"
    assert answer.carry.requested_slot == "repair_element"


async def test_a_new_conversation_goes_on_with_what_is_carried(client: RasaClient) -> None:
    slots = {"repair_room": "keuken", "repair_element": "kraan", "slot_of_an_older_model": "x"}
    answer = await client.reply(ask("die lekt", carry=Carry(slots, "repair_form", "repair_defect")))
    assert answer.carry.slots["repair_defect"] == "lekt"
    assert answer.carry.requested_slot == "repair_danger"
    assert "slot_of_an_older_model" not in answer.carry.slots


async def test_a_form_of_an_older_model_is_forgotten(client: RasaClient) -> None:
    answer = await client.reply(ask("goedemorgen", carry=Carry({}, "form_of_last_year", "x")))
    assert answer.carry.active_form is None
    assert answer.replies
