"""What is spoken is written out first: every voice then says it in the same way."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.lined_yaml import YamlBroken
from handoff.phone.spoken_dutch import spoken_dutch
from handoff.phone.spoken_numbers import load_number_words

pytestmark = pytest.mark.unit
SAY = spoken_dutch().say


@pytest.mark.parametrize(
    ("written", "said"),
    [
        ("8 juli", "acht juli"),
        ("1 maart 2026", "één maart tweeduizend zesentwintig"),
        ("08-07-2026", "acht juli tweeduizend zesentwintig"),
        ("2026-07-08", "acht juli tweeduizend zesentwintig"),
        ("in 1997", "in negentienhonderdzevenennegentig"),
        ("op 99-99-2026", "op negenennegentig tot negenennegentig tot tweeduizend zesentwintig"),
        ("de 1e, 2e, 8e en 25e", "de eerste, tweede, achtste en vijfentwintigste"),
    ],
)
def test_dates_are_said_with_the_name_of_the_month(written: str, said: str) -> None:
    assert SAY(written) == said


@pytest.mark.parametrize(
    ("written", "said"),
    [
        ("09:00", "negen uur"),
        ("vandaag voor 11:00 uur", "vandaag voor elf uur"),
        ("om 9.30 uur", "om negen uur dertig"),
        ("08:30-17:00 uur", "acht uur dertig tot zeventien uur"),
        ("tussen 10.00 en 12.00 uur", "tussen tien uur en twaalf uur"),
        ("00:05", "nul uur vijf"),
    ],
)
def test_times_are_said_with_the_hour_first(written: str, said: str) -> None:
    assert SAY(written) == said


@pytest.mark.parametrize(
    ("written", "said"),
    [
        ("€ 12,50", "twaalf euro vijftig"),
        ("€12,05.", "twaalf euro vijf."),
        ("€ 1.250,-", "twaalfhonderdvijftig euro"),
        ("€ 0,50", "vijftig cent"),
        ("932,93 euro", "negenhonderdtweeëndertig euro drieënnegentig"),
        ("900 euro", "negenhonderd euro"),
        ("€ 21.001", "eenentwintigduizend een euro"),
        ("4,1%", "vier komma één procent"),
        ("75 m²", "vijfenzeventig vierkante meter"),
        ("3,05 meter", "drie komma nul vijf meter"),
    ],
)
def test_amounts_and_measures_are_said_in_words(written: str, said: str) -> None:
    assert SAY(written) == said


@pytest.mark.parametrize(
    ("written", "said"),
    [
        ("Bel 088 123 45 67.", "Bel nul acht acht, één twee drie, vier vijf, zes zeven."),
        ("0612345678", "nul zes, één twee, drie vier, vijf zes, zeven acht"),
        ("+31612345678", "plus drie één, zes, één twee, drie vier, vijf zes, zeven acht"),
        ("0800-9009", "nul acht nul nul, negen nul nul negen"),
        ("0800 - 9009", "nul acht nul nul, negen nul nul negen"),
        ("Bel 112 bij gevaar", "Bel één één twee bij gevaar"),
        ("112 euro", "honderdtwaalf euro"),
        ("1234 AB", "één twee drie vier, A B"),
        ("TB-7K3PQ2", "T B, zeven K drie P Q twee"),
        ("TB-ABCDEF", "T B, A B C D E F"),
        ("nummer 12345678", "nummer één twee drie vier vijf zes zeven acht"),
    ],
)
def test_what_is_a_name_in_digits_is_said_digit_by_digit(written: str, said: str) -> None:
    assert SAY(written) == said


@pytest.mark.parametrize(
    ("written", "said"),
    [
        ("Druk op 0.", "Druk op nul."),
        ("binnen 10-15 dagen", "binnen tien tot vijftien dagen"),
        ("Dorpsstraat 12a", "Dorpsstraat twaalf a"),
        ("100, 101, 1100 en 2000", "honderd, honderdeen, elfhonderd en tweeduizend"),
        ("Zonder cijfers blijft het WA-verzekering.", "Zonder cijfers blijft het WA-verzekering."),
        ("", ""),
    ],
)
def test_other_numbers_are_said_as_numbers(written: str, said: str) -> None:
    assert SAY(written) == said


@given(st.text(alphabet="0123456789 .,:-/%€+eABmx²()", max_size=60))
def test_whatever_is_written_no_digit_is_left(text: str) -> None:
    assert not any(one in "0123456789" for one in SAY(text))


def test_words_that_are_missing_are_named(tmp_path: Path) -> None:
    file = tmp_path / "spoken.yml"
    file.write_text("euro: euro\n", encoding="utf-8")
    with pytest.raises(YamlBroken, match="and must be given"):
        load_number_words(file)
