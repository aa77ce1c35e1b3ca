"""What is broken and where, in the words of many tenants."""

from __future__ import annotations

import pytest

from actions.repairs.lexicon import lexicon
from actions.repairs.things import Report, reports

pytestmark = pytest.mark.unit

WORDS = lexicon()


def first(text: str) -> tuple[str, str, str]:
    (report, *_) = reports(text, WORDS) or (Report(),)
    return report.room, report.element, report.defect


@pytest.mark.parametrize(
    ("text", "room", "element", "defect"),
    [
        ("me afzuigkap doet raar, hij bromt zo hard", "", "ventilatie", "vreemd geluid"),
        ("de kachel brand nie meer", "", "verwarming", "kapot"),
        ("plee spoelt niet door", "toilet", "toilet", "kapot"),
        ("wc spoelbak loopt almaar door dat kost mij water",
         "toilet", "wc-pot of stortbak", "loopt door"),
        ("ik krijg de balkondeur niet meer dicht, het waait hier binnen",
         "balkon", "deur", "sluit niet"),
        ("er zit een scheur in het plafond van de woonkamer en die wordt groter",
         "woonkamer", "plafond", "scheur of breuk"),
        ("geen stroom in de keuken sinds vanmorgen", "keuken", "elektra", "storing"),
        ("stop vliegt er steeds uit als ik de wasmachine aanzet", "", "elektra", "storing"),
        ("alle stopcontacten in de woonkamer doen het niet meer",
         "woonkamer", "stopcontact", "kapot"),
        ("afvoer doucheputje zit verstopt, water blijft staan",
         "badkamer", "douche", "verstopt"),
        ("er loopt water langs de muur naar beneden", "", "muur", "lekt"),
        ("onder de wastafel in de badkamer lekt de afvoer",
         "badkamer", "afvoer of riool", "lekt"),
        ("het raam in de slaapkamer is eruit gewaaid", "slaapkamer", "raam", "ontbreekt"),
        ("ruit van de achterdeur gebarsten", "", "raam", "glas gebroken"),
        ("sleutel afgebroken in het slot van de berging",
         "berging", "slot of sleutel", "sleutel afgebroken"),
        ("keukenkastje deurtje hangt scheef scharnier los", "keuken", "keukenkast", "zit los"),
        ("verf bladdert van de kozijnen buiten", "", "kozijn", "verf laat los buiten"),
        ("houtrot in het kozijn van het slaapkamerraam", "slaapkamer", "raam", "houtrot"),
        ("schutting omgewaaid door de storm", "tuin", "schutting of hek", "verschoven"),
        ("badkamertegels vallen van de muur", "badkamer", "tegels", "zit los"),
        ("er ruikt iets naar riool in de gang", "hal of gang", "afvoer of riool", "stank"),
        ("het licht in het trappenhuis brandt niet",
         "trappenhuis of portiek", "lamp of verlichting", "licht werkt niet"),
        ("de galerijverlichting knippert", "galerij", "lamp of verlichting", "knippert"),
        ("muis gezien in de keuken achter het fornuis", "keuken", "", "muizen"),
        ("lift kapot en ik woon 4 hoog met rolator", "lift", "lift", "kapot"),
        ("badkmr kran lekaje", "badkamer", "kraan", "lekt"),
        ("radiater sgimmel wooonkamer", "woonkamer", "radiator", "schimmel"),
        ("ferwarming kappot", "", "verwarming", "kapot"),
        ("my tap is leaking in the kitchen", "keuken", "kraan", "lekt"),
        ("mutfakta musluk damlıyor", "keuken", "kraan", "lekt"),
        ("kran cieknie w kuchni", "keuken", "kraan", "lekt"),
        ("der Wasserhahn tropft im Badezimmer", "badkamer", "kraan", "lekt"),
    ],
)  # fmt: skip
def test_room_part_and_defect_are_found(text: str, room: str, element: str, defect: str) -> None:
    assert first(text) == (room, element, defect)


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("de bel en de lamp in de gang zijn kapot, en in de keuken sluit het raam niet",
         ["intercom of bel", "lamp of verlichting", "raam"]),
        ("er is van alles mis, twee stopcontacten, de bel en een raam",
         ["stopcontact", "intercom of bel", "raam"]),
        ("de keukenkraan druppelt al drie dagen, en de verwarming wordt niet warm",
         ["kraan", "verwarming"]),
        ("1. wc loopt door 2. deur klemt. 3. rookmelder piept", ["toilet", "deur", "rookmelder"]),
    ],
)  # fmt: skip
def test_several_defects_are_several_reports(text: str, parts: list[str]) -> None:
    assert [report.element for report in reports(text, WORDS)] == parts


@pytest.mark.parametrize(
    "text",
    [
        "De plee lekt van onder, de hele vloer is nat",
        "de kraan lekt en de muur wordt er nat van",
        "mn ketel zegt f28 en er is geen warm water",
        "de deur in de gang klemt en is ook nog gescheurd",
        "kraan kapot. de kraan in de keuken dus",
    ],
)
def test_one_defect_with_its_consequences_is_one_report(text: str) -> None:
    assert len(reports(text, WORDS)) == 1


def test_two_rooms_with_a_defect_each_are_two_reports() -> None:
    assert reports("schimmel op de slaapkamer en een lekkage in de badkamer", WORDS) == (
        Report("slaapkamer", "", "schimmel"),
        Report("badkamer", "", "lekt"),
    )


@pytest.mark.parametrize(
    "text", ["", "ik wil een reparatie melden", "goedemorgen", "kan er iemand komen", "hoi"]
)
def test_where_nothing_is_told_nothing_is_found(text: str) -> None:
    assert reports(text, WORDS) == ()
