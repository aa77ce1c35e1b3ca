"""Who writes another language reads simple Dutch, and in his own language how to get a person."""

from __future__ import annotations

from collections.abc import AsyncIterator

import pytest

from handoff.content import load_content
from handoff.language_lines import COMING, HELP, OFFER, URGENT
from handoff.languages import LANGUAGES
from handoff.testing import Bench, start_bench
from tests.stories.real_texts import knowing

pytestmark = pytest.mark.stories
CONTENT = load_content()
LINES = CONTENT.counter.lines.lines
SAFETY = CONTENT.counter.lines.safety
UNHEARD = "there is a sound from behind the cooker and i feel odd"
"""Danger that the rules of the hub do not hear; here the model does."""
QUESTIONS = {
    "en": "when do i have to pay the rent",
    "tr": "kirayi ne zaman rent odemem lazim",
    "ar": "متى يجب ان ادفع rent الايجار",
    "pl": "kiedy muszę zapłacić rent czynsz",
    "uk": "коли треба платити rent за квартиру",
    "de": "wann muss ich die rent Miete zahlen",
}


@pytest.fixture
async def bench() -> AsyncIterator[Bench]:
    words = {
        "rent": "rent_payment_date",
        "huur": "rent_payment_date",
        "cooker": "emergency_gas",
        "makkelijke": "language_help",
        "speak": "language_help",
        "engels": "language_help",
    }
    running = await start_bench(assistant=knowing(words, guesses=("rent_payment_date",)))
    yield running
    await running.client.aclose()
    await running.product.stop()


@pytest.mark.parametrize("language", LANGUAGES)
async def test_an_answer_is_dutch_and_ends_with_a_line_in_the_tenants_language(
    bench: Bench, language: str
) -> None:
    tenant = await bench.tenant()
    (answer,) = await tenant.ask(QUESTIONS[language])
    dutch, line = answer["text"].rsplit("\n\n", 1)
    assert "betaalt" in dutch
    assert line == LINES[OFFER][language]


async def test_a_dutch_question_gets_no_such_line(bench: Bench) -> None:
    tenant = await bench.tenant()
    (answer,) = await tenant.ask("wanneer moet ik de huur betalen")
    assert not any(line in answer["text"] for line in LINES[OFFER].values())


async def test_an_ask_back_ends_with_the_line_too(bench: Bench) -> None:
    tenant = await bench.tenant()
    (asked,) = await tenant.ask("there is something strange with my letter")
    assert asked["text"].endswith(LINES[OFFER]["en"])
    assert asked["choices"]


@pytest.mark.parametrize("short", ["ok", "12", "rent", "rent graag"])
async def test_a_short_message_does_not_change_the_language(bench: Bench, short: str) -> None:
    tenant = await bench.tenant()
    await tenant.ask(QUESTIONS["pl"])
    *_, answer = await tenant.ask(short)
    assert LINES[OFFER]["pl"] in answer["text"] or LINES[COMING]["pl"] in answer["text"]


async def test_the_dutch_words_on_a_button_do_not_change_the_language(bench: Bench) -> None:
    tenant = await bench.tenant()
    await tenant.ask("there is something strange with my letter")
    before = len(await tenant.events())
    await tenant.choose("Iets anders")
    await bench.work()
    *_, notice = (await tenant.events())[before:]
    assert notice["state"] == "waiting" and notice["text"].endswith(LINES[COMING]["en"])


async def test_who_goes_on_in_dutch_reads_dutch_only(bench: Bench) -> None:
    tenant = await bench.tenant()
    await tenant.ask(QUESTIONS["en"])
    (answer,) = await tenant.ask("en kan ik de huur ook later betalen")
    assert not any(line in answer["text"] for line in LINES[OFFER].values())


async def test_the_word_in_the_line_brings_a_person(bench: Bench) -> None:
    tenant = await bench.tenant()
    await tenant.ask(QUESTIONS["uk"])
    *_, notice = await tenant.ask("medewerker")
    assert notice["state"] == "waiting" and notice["text"].endswith(LINES[COMING]["uk"])


async def test_who_waits_is_told_once_that_messages_are_read(bench: Bench) -> None:
    tenant = await bench.tenant()
    await tenant.ask("can i talk to a person please")
    (told,) = await tenant.ask("my address is on the letter")
    assert told["text"].endswith(LINES[COMING]["en"])
    assert await tenant.ask("and i am home all day") == []


async def test_danger_that_only_the_model_hears_brings_the_safety_text_in_both_languages(
    bench: Bench,
) -> None:
    assert CONTENT.lexicon.recognise(UNHEARD) == ()
    tenant, staff = await bench.tenant(), await bench.staff()
    answer, notice = await tenant.ask(UNHEARD)
    dutch, own = answer["text"].split("\n\n", 1)
    assert "112" in dutch and own == SAFETY["gas"]["en"]
    assert notice["text"].endswith(LINES[URGENT]["en"])
    assert (await staff.listed())[0]["urgent_kind"] == "gas"


async def test_the_same_danger_heard_by_the_rules_is_told_once_in_each_language(
    bench: Bench,
) -> None:
    tenant = await bench.tenant()
    told, notice = await tenant.ask("i smell gas in my kitchen what do i do")
    assert told["text"].count(SAFETY["gas"]["en"]) == 1 and SAFETY["gas"]["nl"] in told["text"]
    assert notice["text"].endswith(LINES[URGENT]["en"])


async def test_a_cry_in_two_dutch_words_gets_the_safety_text_of_the_conversation(
    bench: Bench,
) -> None:
    tenant = await bench.tenant()
    await tenant.ask(QUESTIONS["tr"])
    told, _ = await tenant.ask("gaslucht help")
    assert SAFETY["gas"]["nl"] in told["text"] and SAFETY["gas"]["tr"] in told["text"]


async def test_who_asks_for_a_language_is_answered_in_it(bench: Bench) -> None:
    asking, naming = await bench.tenant(), await bench.tenant()
    (answer,) = await asking.ask("do you speak english")
    assert answer["text"].endswith(LINES[HELP]["en"])
    (answer,) = await naming.ask("spreekt u ook Engels?")
    assert answer["text"].endswith(LINES[HELP]["en"])


async def test_who_asks_for_easy_words_in_dutch_reads_no_other_language(bench: Bench) -> None:
    tenant = await bench.tenant()
    (answer,) = await tenant.ask("kunt u het in makkelijke woorden zeggen")
    assert not any(line in answer["text"] for line in LINES[HELP].values())


async def test_staff_read_which_language_a_tenant_writes(bench: Bench) -> None:
    tenant, staff = await bench.tenant(), await bench.staff()
    await tenant.ask(QUESTIONS["ar"])
    await tenant.ask("medewerker")
    assert "Schrijft Arabisch" in (await staff.open(tenant.id))["briefing"]["note"]


async def test_what_a_member_of_staff_says_stays_as_it_was_written(bench: Bench) -> None:
    tenant, staff = await bench.tenant(), await bench.staff()
    await tenant.ask("can i talk to a person please")
    await staff.step(tenant.id, "take")
    await staff.say(tenant.id, "Goedemorgen, ik kijk mee.")
    assert (await tenant.events())[-1]["text"] == "Goedemorgen, ik kijk mee."
    assert await tenant.ask("thank you very much for your help") == []
