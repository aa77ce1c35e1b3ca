"""What points to a person is taken out before a text leaves the house."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot.masking import Masking

pytestmark = pytest.mark.unit
MASKING = Masking.load(Path(__file__).parents[2] / "data" / "masking.yml")


@pytest.mark.parametrize(
    ("text", "secret"),
    [
        ("bel me op 06-12 34 56 78 na vieren", "34 56"),
        ("mijn mail is j.jansen@post.example, graag bericht", "jansen"),
        ("ik woon op 1234 AB 12 en de lift is stuk", "1234"),
        ("NL91 ABNA 0417 1643 00 is mijn nieuwe rekening", "ABNA"),
        ("nl91abna0417164300 staat erop", "0417"),
        ("Mijn naam is Fatima el Amrani, de kraan lekt", "Amrani"),
        ("u spreekt met mevrouw van der Berg over de huur", "Berg"),
        ("kenmerk 123456789 staat op de brief", "123456"),
        ("kijk op www.iets.example/1 dan ziet u het", "iets"),
    ],
)
def test_what_points_to_a_person_is_gone(text: str, secret: str) -> None:
    assert secret not in MASKING.mask(text)


@pytest.mark.parametrize(
    "text",
    [
        "de kraan in de keuken lekt sinds 3 dagen",
        "mag de huur 4,1 procent omhoog op 1 juli",
        "mijn moeder van 86 zit zonder verwarming",
    ],
)
def test_what_the_matter_is_stays(text: str) -> None:
    assert MASKING.mask(text) == text
