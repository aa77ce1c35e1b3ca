"""Which language a tenant writes: measured on all examples, and the cases easily missed."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from bot.lined_yaml import YamlBroken
from bot.topics import load_topics
from handoff.languages import Languages

pytestmark = pytest.mark.unit

ROOT = Path(__file__).resolve().parents[2]
BOOK = Languages.load(ROOT / "data/languages.yml")
EXAMPLES = [one for topic in load_topics(ROOT / "data/nlu").values() for one in topic.examples]
LEARNERS = frozenset({"e", "g"})
"""Writers who learn Dutch and put whole English sentences among their Dutch ones."""


def _share(texts: list[str], fits: Callable[[str | None], bool]) -> float:
    return sum(fits(BOOK.recognise(text)) for text in texts) / len(texts)


def _stays_dutch(language: str | None) -> bool:
    return language in (None, "nl")


def test_dutch_stays_dutch_also_in_dialect_and_chat() -> None:
    dutch = [e.text for e in EXAMPLES if e.language == "nl" and e.writer not in LEARNERS]
    share = _share(dutch, _stays_dutch)
    print(f"Dutch kept: {share:.4f} of {len(dutch)}")
    assert share >= 0.99


def test_who_mixes_english_sentences_in_is_still_mostly_read_as_dutch() -> None:
    mixed = [e.text for e in EXAMPLES if e.language == "nl" and e.writer in LEARNERS]
    share = _share(mixed, _stays_dutch)
    print(f"Dutch kept where English is mixed in: {share:.4f} of {len(mixed)}")
    assert share >= 0.95


def test_other_languages_are_seen_from_four_words_on() -> None:
    other = [e.text for e in EXAMPLES if e.language != "nl" and len(e.text.split()) > 3]
    share = _share(other, lambda language: not _stays_dutch(language))
    print(f"other languages seen: {share:.4f} of {len(other)}")
    assert share >= 0.95


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("my heating is broken since yesterday", "en"),
        ("evde isitma calismiyor uc gundur", "tr"),
        ("التدفئة لا تعمل منذ أمس", "ar"),
        ("od wczoraj nie dziala ogrzewanie", "pl"),
        ("опалення не працює з учора", "uk"),
        ("die Heizung geht seit gestern nicht mehr", "de"),
        ("mein Schlussel ist kaput", "de"),
        ("i dont understnad the lettr from yuo", "en"),
    ],
)
def test_each_language_is_recognised_also_without_its_accents(text: str, language: str) -> None:
    assert BOOK.recognise(text) == language


@pytest.mark.parametrize(
    "text",
    [
        "ik ben bang",
        "mien kachel dut 't nait, 't is kold",
        "wa moek doen, de lift is kapot",
        "kheb een issue met de app, wat nu",
        "sorry maar de douche doet t niet",
        "die is al weer in de war man",
        "wer doe effe normaal",
        "der sit gjin jild mear op myn rekken",
    ],
)
def test_dialect_slang_and_one_english_word_stay_dutch(text: str) -> None:
    assert BOOK.recognise(text) in (None, "nl")


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("hello, my toilet is blocked and the huisbaas does not answer", "en"),
        ("ik woon hier al lang maar my english is better, kunt u helpen met de huur", "nl"),
        ("bonjour, le chauffage ne marche pas chez nous depuis hier", None),
        ("buna ziua, nu am caldura in casa si este frig", None),
        ("у меня уже третий день нет отопления, вы когда придёте", None),
        ("سلام، گرمایش خانه ما از دیروز کار نمی‌کند، چه کنیم؟", None),
    ],
)
def test_a_mixed_text_takes_the_main_language_and_a_foreign_one_none(
    text: str, language: str | None
) -> None:
    assert BOOK.recognise(text) == language


@pytest.mark.parametrize("text", ["", "ok", "12", "06 12345678", "👍", "Smit", "/start", "hallo"])
def test_what_says_nothing_has_no_language(text: str) -> None:
    assert BOOK.recognise(text) is None


def test_a_file_without_a_part_is_refused_with_its_line(tmp_path: Path) -> None:
    broken = tmp_path / "languages.yml"
    broken.write_text("words: {nl: ik}\nletters: [a]\n", encoding="utf-8")
    with pytest.raises(YamlBroken, match="letters must hold a text per language"):
        Languages.load(broken)


@pytest.mark.parametrize("text", ["4299 ZA 3", "1017 to 12", "mijn postcode is 4299 za 3"])
def test_the_letters_of_a_postcode_are_of_no_other_language(text: str) -> None:
    assert BOOK.recognise(text) in (None, "nl")
