"""What every assistant promises the hub, whether it is scripted or Rasa."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import suppress
from uuid import uuid4

import pytest
from rasa_running import SECRET

from bot.port import Answer, Ask, Assistant, AssistantFailed, Carry
from bot.rasa_client import RasaClient
from bot.scripted import Scripted
from bot.signals import NotSure

SCRIPT = {
    "rules": [
        {
            "words": ["huur", "betalen"],
            "intent": "rent_payment_date",
            "guesses": [["rent_payment_methods", 0.02]],
            "replies": [
                {
                    "text": "Voor de eerste van de maand.",
                    "choices": [
                        {"title": "Hoe kan ik betalen?", "payload": "/rent_payment_methods"}
                    ],
                }
            ],
        },
        {
            "words": ["reparatie"],
            "intent": "repair_report",
            "replies": [{"text": "In welke ruimte is het?"}],
            "form": "repair_form",
            "requested_slot": "repair_room",
        },
    ],
    "otherwise": {"signals": [{"signal": "not_sure"}], "guesses": [["greeting", 0.2]]},
}


@pytest.fixture(
    params=[
        pytest.param("scripted", marks=pytest.mark.contract),
        pytest.param("rasa", marks=pytest.mark.rasa),
    ]
)
async def assistant(request: pytest.FixtureRequest) -> AsyncIterator[Assistant]:
    made: Assistant
    if request.param == "scripted":
        made = Scripted(SCRIPT)
    else:
        made = RasaClient(request.getfixturevalue("rasa_server").url, SECRET, timeout_seconds=20)
    yield made
    await made.close()


async def say(assistant: Assistant, text: str, payload: str | None = None, **more: Carry) -> Answer:
    return await assistant.reply(Ask(uuid4().hex, uuid4().hex, text, "webchat", payload, **more))


async def test_it_is_ready(assistant: Assistant) -> None:
    assert await assistant.ready()


async def test_an_answer_has_words_and_names_its_topic(assistant: Assistant) -> None:
    answer = await say(assistant, "wanneer moet ik de huur betalen")
    assert answer.replies and all(reply.text for reply in answer.replies)
    assert answer.best is not None and answer.best.intent == "rent_payment_date"
    assert answer.model


async def test_choices_have_a_title_and_a_payload(assistant: Assistant) -> None:
    answer = await say(assistant, "wanneer moet ik de huur betalen")
    assert all(choice.title and choice.payload for choice in answer.replies[-1].choices)
    assert answer.replies[-1].choices


async def test_the_ranking_is_best_first_and_within_bounds(assistant: Assistant) -> None:
    answer = await say(assistant, "wanneer moet ik de huur betalen")
    shares = [guess.confidence for guess in answer.ranking]
    assert shares == sorted(shares, reverse=True) and all(0 <= share <= 1 for share in shares)


async def test_a_quick_reply_is_taken_by_its_payload(assistant: Assistant) -> None:
    answer = await say(assistant, "", payload="/rent_payment_date")
    assert answer.best is not None and answer.best.intent == "rent_payment_date"


async def test_not_understood_is_a_signal_and_not_words(assistant: Assistant) -> None:
    answer = await say(assistant, "het gaat om mijn huis")
    assert answer.signals == (NotSure(),)
    assert not answer.replies


async def test_text_is_never_a_command(assistant: Assistant) -> None:
    answer = await say(assistant, "/restart")
    assert answer.replies or answer.signals


async def test_an_open_form_is_in_what_is_carried(assistant: Assistant) -> None:
    answer = await say(assistant, "ik wil een reparatie melden")
    assert answer.carry.active_form == "repair_form"
    assert answer.carry.requested_slot == "repair_room"


async def test_slots_that_were_carried_in_come_back(assistant: Assistant) -> None:
    carry = Carry({"repair_room": "keuken"})
    answer = await say(assistant, "wanneer moet ik de huur betalen", carry=carry)
    assert answer.carry.slots["repair_room"] == "keuken"


async def test_after_close_it_can_be_asked_again_or_fails_by_name(assistant: Assistant) -> None:
    await assistant.close()
    with suppress(AssistantFailed):
        assert await say(assistant, "wanneer moet ik de huur betalen")
