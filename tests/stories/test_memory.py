"""Memory of a conversation, through the true app with the scripted assistant."""

from __future__ import annotations

from datetime import timedelta

import pytest

from handoff.testing import Bench

pytestmark = pytest.mark.stories


async def test_a_follow_up_question_is_answered_without_the_assistant(bench: Bench) -> None:
    tenant = await bench.tenant()
    await tenant.ask("wanneer moet ik de huur betalen")
    asked = len(bench.assistant.asked)
    (answer,) = await tenant.ask("en hoeveel kost dat dan?")
    assert "Betaalt u een keer te laat?" in answer["text"] and "[[" not in answer["text"]
    assert len(bench.assistant.asked) == asked


async def test_a_follow_up_is_a_turn_of_the_same_topic_for_staff(bench: Bench) -> None:
    tenant, staff = await bench.tenant(), await bench.staff()
    await tenant.ask("wanneer moet ik de huur betalen")
    await tenant.ask("en voor mn moeder?")
    tried = (await staff.open(tenant.id))["briefing"]["tried"]
    assert [turn["intent"] for turn in tried] == ["rent_payment_date", "rent_payment_date"]


async def test_a_follow_up_works_after_a_word_of_thanks_and_after_another(bench: Bench) -> None:
    tenant = await bench.tenant()
    await tenant.ask("wanneer moet ik de huur betalen")
    await tenant.ask("hallo")
    (answer,) = await tenant.ask("en hoe dan")
    assert "andere dag" in answer["text"]
    (answer,) = await tenant.ask("ok en wat kost dat")
    assert "te laat" in answer["text"]


async def test_what_the_topic_does_not_say_is_said_honestly_with_a_person(bench: Bench) -> None:
    tenant = await bench.tenant()
    await tenant.ask("wanneer moet ik de huur betalen")
    (answer,) = await tenant.ask("wat heb ik daarvoor nodig?")
    assert "weet ik niet" in answer["text"]
    assert [choice["title"] for choice in answer["choices"]] == ["Ik wil een medewerker"]


async def test_a_question_with_its_own_subject_goes_to_the_assistant(bench: Bench) -> None:
    tenant = await bench.tenant()
    await tenant.ask("wanneer moet ik de huur betalen")
    await tenant.ask("hoeveel kost een nieuwe sleutel")
    assert bench.assistant.asked[-1].text == "hoeveel kost een nieuwe sleutel"


async def test_without_an_answered_topic_there_is_nothing_to_follow_up(bench: Bench) -> None:
    tenant = await bench.tenant()
    await tenant.ask("hoe lang duurt dat?")
    assert bench.assistant.asked[-1].text == "hoe lang duurt dat?"


async def test_after_half_an_hour_a_follow_up_points_at_nothing(bench: Bench) -> None:
    tenant = await bench.tenant()
    await tenant.ask("wanneer moet ik de huur betalen")
    bench.clock.move(timedelta(minutes=45))
    await tenant.ask("en wat kost dat")
    assert bench.assistant.asked[-1].text == "en wat kost dat"


async def test_inside_a_form_the_form_hears_everything(bench: Bench) -> None:
    tenant = await bench.tenant()
    await tenant.ask("wanneer moet ik de huur betalen")
    await tenant.ask("mijn kraan lekt")
    await tenant.ask("en wat kost dat")
    assert bench.assistant.asked[-1].text == "en wat kost dat"


async def test_after_a_person_helped_the_follow_up_is_not_on_what_came_before(bench: Bench) -> None:
    tenant, staff = await bench.tenant(), await bench.staff()
    await tenant.ask("wanneer moet ik de huur betalen")
    await tenant.ask("ik wil een medewerker")
    await staff.step(tenant.id, "take")
    await staff.step(tenant.id, "release")
    await tenant.ask("en wat kost dat")
    assert bench.assistant.asked[-1].text == "en wat kost dat"
