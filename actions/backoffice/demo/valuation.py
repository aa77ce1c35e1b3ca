"""Homes as VERA's EenhedenEenheid, so that their points can be counted."""

from __future__ import annotations

from datetime import date
from typing import Any

_LABELS = ((1975, "D", "1.90"), (1990, "C", "1.60"), (2000, "B", "1.35"), (9999, "A", "1.10"))
"""Built before, energy label, energy index."""
_WORTH_OF_A_METRE = 3600
_TOP_MILLIMETRES = 2100
_BATHROOM = ({"code": "DOU"}, {"code": "WAS"})
_TOILET = ({"code": "STT"},)


def home_json(
    id: str, address: tuple[str, int, str], year: int, kind: Any, place: str, today: date
) -> dict[str, Any]:
    """``kind``: one of the ``buildings`` of words.yml. ``today``: what is valued and registered
    is as of this year."""
    postcode, number, addition = address
    area = sum(room[3] for room in kind["rooms"] if room[0] == "VTK")
    worth = int(area * _WORTH_OF_A_METRE)
    return {
        "id": id,
        "bouwjaar": year,
        "woningwaarderingstelsel": {"code": "ZEL"},
        "adres": {
            "huisnummer": str(number),
            "huisnummerToevoeging": addition,
            "postcode": postcode,
            "woonplaats": {"naam": place},
        },
        "monumenten": [],
        "panden": [{"id": f"pand-{id}", "soort": {"code": kind["sort"]}}],
        "gebruiksoppervlakte": int(area),
        "wozEenheden": [
            {"waardepeildatum": f"{today.year - ago}-01-01", "vastgesteldeWaarde": value}
            for ago, value in ((2, worth * 95 // 100), (1, worth))
        ],
        "energieprestaties": [_energy(year, today)],
        "ruimten": [_room(f"{id}-{at}", one) for at, one in enumerate(kind["rooms"])],
    }


def _energy(year: int, today: date) -> dict[str, Any]:
    label, index = next((label, index) for before, label, index in _LABELS if year < before)
    return {
        "soort": {"code": "EI"},
        "status": {"code": "DEF"},
        "begindatum": f"{today.year - 5}-05-01",
        "einddatum": f"{today.year + 5}-05-01",
        "registratiedatum": f"{today.year - 5}-05-02T00:00:00+01:00",
        "label": {"code": label},
        "waarde": index,
    }


def _room(id: str, room: tuple[str, str, str, float]) -> dict[str, Any]:
    family, code, name, square = room
    made: dict[str, Any] = {
        "id": id,
        "naam": name,
        "soort": {"code": family},
        "detailSoort": {"code": code},
        "oppervlakte": square,
        "verwarmd": family == "VTK",
    }
    if code == "BAD":
        made["installaties"] = list(_BATHROOM)
    elif code == "TOI":
        made["installaties"] = list(_TOILET)
    elif code == "KEU":
        made["bouwkundigeElementen"] = [_top(id)]
    elif family == "BTR":
        made.update(lengte=square / 2, breedte=2.0)
    return made


def _top(room: str) -> dict[str, Any]:
    return {
        "id": f"aanrecht-{room}",
        "naam": "Aanrecht",
        "soort": {"code": "VOO"},
        "detailSoort": {"code": "AAN"},
        "lengte": _TOP_MILLIMETRES,
    }
