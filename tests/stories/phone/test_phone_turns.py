"""What a caller hears: the greeting, an answer, the same again, unclear words and silence."""

from __future__ import annotations

import pytest

from channels.fakes.phone import Now
from tests.stories.phone.scene import RENT, Scene

pytestmark = pytest.mark.stories


async def test_the_first_words_say_that_it_is_a_digital_assistant(scene: Scene) -> None:
    call = scene.call()
    first = " ".join(await call.dials())
    assert "digitale assistent, geen mens" in first and "Druk op nul" in first
    assert call.now is Now.LISTENING
    assert await scene.log(call) == []


async def test_a_question_is_answered_with_the_spoken_answer(scene: Scene) -> None:
    call = scene.call()
    await call.dials()
    answer = await call.says(RENT)
    assert answer[0].startswith("U betaalt de huur vooruit")
    assert answer[1] == "Druk op één voor: Hoe kan ik betalen?"
    assert scene.bench.assistant.asked[-1].channel == "voice"
    assert call.now is Now.LISTENING and call.redirects == 0


async def test_a_key_is_the_choice_that_was_spoken(scene: Scene) -> None:
    call = scene.call()
    await call.dials()
    await call.says(RENT)
    assert "incasso" in " ".join(await call.presses("1"))
    assert scene.bench.assistant.asked[-1].payload == "/rent_payment_methods"


async def test_an_answer_is_heard_once_and_the_next_one_alone(scene: Scene) -> None:
    call = scene.call()
    await call.dials()
    await call.says("hallo")
    answer = " ".join(await call.says(RENT))
    assert "Hallo" not in answer and "vooruit" in answer


async def test_unclear_words_are_asked_for_once_and_not_kept(scene: Scene) -> None:
    call = scene.call()
    await call.dials()
    assert "niet goed verstaan" in (await call.says("de uur bestaan", confidence=0.3))[0]
    assert await scene.said(call) == []
    assert "vooruit" in " ".join(await call.says(RENT, confidence=0.4))
    assert await scene.said(call) == [RENT]


async def test_words_without_a_confidence_are_taken(scene: Scene) -> None:
    call = scene.call()
    await call.dials()
    assert "vooruit" in " ".join(await call.says(RENT, confidence=None))


async def test_silence_brings_a_question_then_the_keys_then_a_person(scene: Scene) -> None:
    call = scene.call()
    await call.dials()
    assert "Ik hoor niets" in (await call.is_silent())[0]
    assert "Druk op nul" in (await call.is_silent())[0]
    assert await scene.log(call) == []
    assert "Ik verbind u door" in " ".join(await call.is_silent())
    assert call.now is Now.RINGING


async def test_who_says_something_starts_again_with_silences(scene: Scene) -> None:
    call = scene.call()
    await call.dials()
    await call.is_silent()
    await call.is_silent()
    await call.says(RENT)
    assert "Ik hoor niets" in (await call.is_silent())[0]


@pytest.mark.parametrize("words", ["Herhaal.", "Kunt u dat nog een keer zeggen?", "Jeszcze raz"])
async def test_the_last_answer_is_said_again(scene: Scene, words: str) -> None:
    call = scene.call()
    await call.dials()
    answer = await call.says(RENT)
    assert await call.says(words) == answer
    assert "incasso" in " ".join(await call.presses("1"))
    assert await scene.said(call) == [RENT, "Hoe kan ik betalen?"]


async def test_before_the_first_words_the_greeting_is_said_again(scene: Scene) -> None:
    call = scene.call()
    greeting = await call.dials()
    assert await call.says("nog een keer") == greeting


async def test_a_line_in_another_language_is_not_spoken(scene: Scene) -> None:
    call = scene.call()
    await call.dials()
    said = await call.says("when do I have to pay the rent please huur betalen")
    assert "vooruit" in " ".join(said) and "Type" not in " ".join(said)
    assert "A person can help you" in " ".join(one.text for one in await scene.log(call))
