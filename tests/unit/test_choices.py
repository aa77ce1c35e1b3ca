"""A quick reply that is typed: its number, its place in the list, its title or its id."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot.lined_yaml import YamlBroken
from bot.scripted import Scripted
from channels.port import Chosen, Text
from handoff.choices import chosen, load_choice_words
from handoff.model import Choice
from handoff.policy import OTHER, PERSON
from handoff.testing import Bench, PhoneSide, start_bench

pytestmark = pytest.mark.unit
WORDS = load_choice_words(Path(__file__).resolve().parents[2] / "data/choices.yml")
SHOWN = (
    Choice("k-1", "Wanneer u de huur betaalt", "/rent_payment_date"),
    Choice("k-2", "Eén kamer of café?", "/rooms"),
    Choice("k-3", "Iets anders", OTHER),
    Choice("k-4", "Ik wil een medewerker", PERSON),
)
MEANT = {
    "k-1": ["1", "1.", " 1 ", "1)", "(1)", "#1", "nr 1", "nr. 1", "Nummer 1", "optie 1", "keuze 1",
            "1️⃣", "١", "de eerste", "De eerste!", "eerste", "1e", "1ste",
            "ik kies de eerste", "1 graag", "doe maar 1", "de bovenste", "eerste graag aub",
            "wanneer u de huur betaalt", "WANNEER U DE HUUR BETAALT.", "k-1",
            "the first one please", "number 1", "birinci", "الأول", "pierwszy", "перший",
            "die erste bitte", "erstens"],
    "k-2": ["2", "2de", "2e", "tweede", "de tweede", "twee", "nummer twee", "een kamer of cafe",
            "EEN KAMER OF CAFÉ??", "k-2", "second", "two", "iki", "ikinci", "اثنان", "dwa",
            "druga", "два", "друге", "zwei", "zweite", "optie  2", "het wordt 2"],
    "k-3": ["3", "derde", "drie", "iets anders", "Iets anders...", "third", "üç", "ثلاثة", "trzy",
            "три", "drei"],
    "k-4": ["4", "vierde", "laatste", "de laatste", "de onderste", "last", "the last one",
            "sonuncu", "الأخير", "ostatni", "остання", "letzte"],
}  # fmt: skip
NOT_MEANT = [
    "een", "één", "", "  ", "?", "0", "5", "10", "99999999999999999999999", "-1", "1.5", "1,5",
    "1-2", "1 2", "1 of 2", "1 en 2", "€ 1", "1%", "1e van de maand", "de eerste van de maand",
    "1 kamer",
    "niet de eerste", "niet 1", "geen van deze", "vijfde", "een vraag", "ik heb 1 vraag", "de",
    "ik kies", "nr", "huur", "wanneer betaalt u de huur", "nummer", "2 keer gebeld", "K",
    "0612345678", "k-5", "eerste tweede", "eerste verdieping",
]  # fmt: skip


@pytest.mark.parametrize(
    ("text", "id"), [(text, id) for id, texts in MEANT.items() for text in texts]
)
def test_a_number_a_place_a_title_or_an_id_is_that_choice(text: str, id: str) -> None:
    found = chosen(text, SHOWN, WORDS)
    assert found is not None and found.id == id


@pytest.mark.parametrize("text", NOT_MEANT)
def test_everything_else_stays_text(text: str) -> None:
    assert chosen(text, SHOWN, WORDS) is None


@pytest.mark.parametrize("text", [each for texts in MEANT.values() for each in texts])
def test_without_choices_nothing_is_one(text: str) -> None:
    assert chosen(text, (), WORDS) is None


def test_a_title_that_is_a_number_goes_before_the_number_of_its_place() -> None:
    shown = (Choice("a", "2", "twee"), Choice("b", "3", "drie"))
    found = chosen("2", shown, WORDS)
    assert found is not None and found.id == "a"


def test_a_long_text_is_never_a_choice() -> None:
    assert chosen("1 " * 5_000, SHOWN, WORDS) is None


@pytest.mark.parametrize(
    ("content", "complaint"),
    [
        ("numbers: {1: een, 2: een}\nlast: laatste\naround: de", "een stands here twice"),
        ("numbers: {1: een}\nlast: een\naround: de", "een stands here twice"),
        ("numbers: {one: een}\nlast: laatste\naround: de", "one is no number"),
        ("numbers: {1: een}\nlast: laatste", "around must be words"),
        ("numbers: een\nlast: laatste\naround: de", "numbers must be a mapping"),
    ],
)
def test_a_broken_list_of_words_is_refused_with_its_line(
    tmp_path: Path, content: str, complaint: str
) -> None:
    file = tmp_path / "choices.yml"
    file.write_text(content, encoding="utf-8")
    with pytest.raises(YamlBroken, match=complaint):
        load_choice_words(file)


@pytest.fixture
def phone(bench: Bench) -> PhoneSide:
    return PhoneSide(bench)


async def asked_about_paying(phone: PhoneSide) -> None:
    await phone.ask("wanneer moet ik de huur betalen")
    assert [choice.title for choice in (await phone.log())[-1].choices] == ["Hoe kan ik betalen?"]


@pytest.mark.parametrize("text", ["1", "de eerste", "hoe kan ik betalen", "laatste"])
async def test_a_typed_choice_is_put_to_the_assistant_as_a_pressed_one(
    phone: PhoneSide, text: str
) -> None:
    await asked_about_paying(phone)
    choice = (await phone.log())[-1].choices[0]
    await phone.send(Text(text))
    typed = (await phone.log())[-1]
    assert (typed.text, typed.payload) == (choice.title, choice.payload)
    await phone.send(Chosen(choice.id))
    pressed = (await phone.log())[-1]
    assert (pressed.text, pressed.payload, pressed.author) == (
        typed.text, typed.payload, typed.author,
    )  # fmt: skip
    await phone.bench.work()
    assert phone.bench.assistant.asked[-1].payload == "/rent_payment_methods"


async def test_only_our_last_message_is_answered_by_a_number(phone: PhoneSide) -> None:
    await asked_about_paying(phone)
    await phone.ask("hoe moet ik overmaken")
    await phone.send(Text("1"))
    typed = (await phone.log())[-1]
    assert (typed.text, typed.payload) == ("1", None)


async def test_a_number_after_an_open_question_of_a_form_stays_its_answer(
    phone: PhoneSide,
) -> None:
    await phone.ask("mijn dak lekt")
    await phone.send(Text("1"))
    typed = (await phone.log())[-1]
    assert (typed.text, typed.payload) == ("1", None)


async def test_the_first_message_chooses_nothing_for_the_greeting_is_not_read_yet(
    phone: PhoneSide,
) -> None:
    await phone.send(Text("1"))
    said = [message for message in await phone.log() if message.payload is None]
    assert said[-1].text == "1"
    await phone.bench.work()
    assert phone.bench.assistant.asked[-1].text == "1"


async def test_the_choice_of_a_person_brings_one_by_its_number(phone: PhoneSide) -> None:
    await phone.ask("iets heel raars")
    shown = (await phone.log())[-1].choices
    number = [choice.payload for choice in shown].index(OTHER) + 1
    await phone.ask(str(number))
    assert await phone.state() == "waiting"


@pytest.mark.parametrize("title", ["Ik ruik gas", "Bel mij, ik wil een medewerker"])
async def test_danger_and_the_wish_for_a_person_go_before_a_choice(title: str) -> None:
    shown = {"text": "Wat is er?", "choices": [{"title": title, "payload": "/repair_report"}]}
    script = {"rules": [], "otherwise": {"intent": "repair_report", "replies": [shown]}}
    bench = await start_bench(assistant=Scripted(script))
    phone = PhoneSide(bench)
    await phone.ask("mijn kachel doet raar")
    assert (await phone.log())[-1].choices
    await phone.send(Text(title))
    said = [one for one in await phone.log() if one.text == title]
    assert said[-1].payload is None
    assert await phone.state() == "waiting"
    await bench.client.aclose()
    await bench.product.stop()
