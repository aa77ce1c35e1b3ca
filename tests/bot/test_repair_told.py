"""Who lives there, running water, a photo; and who pays."""

from __future__ import annotations

from pathlib import Path

import pytest

from actions.repairs.lexicon import lexicon
from actions.repairs.pays import Payer, pays_table, who_pays
from actions.repairs.things import one_report
from actions.repairs.told import care, names_photo, told_lists, water
from actions.wording import words_of
from bot.plain_dutch import PlainDutch

pytestmark = pytest.mark.unit

LISTS = told_lists()
PLAIN = PlainDutch.load(Path(__file__).resolve().parents[2] / "data" / "plain_dutch.yml")


@pytest.mark.parametrize(
    ("text", "labels"),
    [
        ("ik heb een baby van drie maanden", ("baby in huis",)),
        ("kleintje van 4 mnd in huis dus graag snel", ("baby in huis",)),
        ("mijn vrouw is hoogzwanger", ("zwangerschap",)),
        ("de kinderen zitten in de kou", ("kleine kinderen",)),
        ("ik ben 82 en woon alleen", ("hoge leeftijd (82)",)),
        ("mijn moeder van 79 kan niet douchen", ("hoge leeftijd (79)",)),
        ("zij is 91 jaar", ("hoge leeftijd (91)",)),
        ("ik zit in een rolstoel", ("moeilijk lopen of niet zien",)),
        ("mn man is slecht ter been", ("moeilijk lopen of niet zien",)),
        ("ik loop met een rolator", ("moeilijk lopen of niet zien",)),
        ("mijn zoontje heeft astma", ("kleine kinderen", "gezondheid")),
        ("ik krijg chemo en heb het koud", ("gezondheid",)),
        ("my mother is 85 years and in a wheelchair",
         ("moeilijk lopen of niet zien", "hoge leeftijd (85)")),
    ],
)  # fmt: skip
def test_what_makes_a_home_more_pressing_is_heard(text: str, labels: tuple[str, ...]) -> None:
    assert care(words_of(text), LISTS) == labels


@pytest.mark.parametrize(
    "text",
    [
        "de kraan lekt", "het kost 80 euro", "ik woon op nummer 82", "de ketel is 80 graden",
        "de kinderen van de buren hebben de ruit ingegooid", "in de kinderkamer",
        "de lamp in de babykamer", "ik word er gek van", "ik ben 34 jaar",
        "in de scootmobielruimte doet de lamp het niet", "het huis is van 1980",
    ],
)  # fmt: skip
def test_nothing_is_made_of_what_is_not_about_who_lives_there(text: str) -> None:
    assert care(words_of(text), LISTS) == ()


@pytest.mark.parametrize(
    ("text", "label"),
    [
        ("ik heb de hoofdkraan dicht gedraaid", "hoofdkraan is dicht"),
        ("hoofdkraan is dicht", "hoofdkraan is dicht"),
        ("er staat een emmer onder", "wordt opgevangen"),
        ("het stroomt eruit", "loopt nog"),
        ("er spuit niks", ""),
        ("het raam sluit niet", ""),
        ("alles is droog", ""),
    ],
)
def test_running_water_is_heard(text: str, label: str) -> None:
    assert water(words_of(text), LISTS, lexicon()) == label


@pytest.mark.parametrize(
    ("text", "named"),
    [("kan ik een foto sturen", True), ("ik heb er fotoos van", True), ("kapot", False)],
)
def test_a_photo_is_heard(text: str, named: bool) -> None:
    assert names_photo(words_of(text), LISTS) is named


@pytest.mark.parametrize(
    ("text", "who"),
    [
        ("de kraan druppelt", Payer.TENANT),
        ("kraanleertje versleten", Payer.TENANT),
        ("de waterleiding lekt", Payer.LANDLORD),
        ("de kraan in de badkamer lekt", Payer.LANDLORD),
        ("lamp kapot in de keuken", Payer.TENANT),
        ("de lamp in het trappenhuis doet het niet", Payer.LANDLORD),
        ("de lichtschakelaar is stuk", Payer.LANDLORD),
        ("rookmelder piept, batterij leeg", Payer.TENANT),
        ("rookmelder van het plafond gevallen", Payer.LANDLORD),
        ("wc verstopt", Payer.DEPENDS),
        ("deurklink zit los", Payer.TENANT),
        ("ik ben mijn sleutel kwijt", Payer.TENANT),
        ("ruit gebroken in de woonkamer", Payer.DEPENDS),
        ("cv ketel geeft storing", Payer.LANDLORD),
        ("druk van de ketel te laag", Payer.TENANT),
        ("schimmel in de slaapkamer", Payer.DEPENDS),
        ("mieren in de keuken", Payer.TENANT),
        ("muizen in de keuken", Payer.DEPENDS),
        ("douchekop kapot", Payer.TENANT),
        ("wc bril stuk", Payer.TENANT),
        ("dakgoot lekt", Payer.LANDLORD),
        ("iets vreemds", Payer.DEPENDS),
    ],
)
def test_who_pays_follows_the_table(text: str, who: Payer) -> None:
    said = words_of(text)
    report = one_report(said, lexicon())
    pays = who_pays(report.room, report.element, report.defect, said, pays_table())
    assert pays.who is who, (report, pays.reason)


def test_every_reason_is_plain_dutch() -> None:
    table = pays_table()
    for row in table.rows:
        text = f"{row.reason} {table.still}" if row.who is Payer.TENANT else row.reason
        assert not list(PLAIN.problems(text)), text


def test_the_last_row_fits_everything() -> None:
    assert pays_table().rows[-1].fits("", "", "", ())
