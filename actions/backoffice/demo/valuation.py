"""Homes as VERA's EenhedenEenheid, so that their points can be counted."""

from __future__ import annotations

from typing import Any


def home_json(id: str, address: tuple[str, int, str], year: int, words: Any) -> dict[str, Any]:
    postcode, number, addition = address
    return {
        "id": id,
        "bouwjaar": year,
        "woningwaarderingstelsel": {"code": "ZEL"},
        "adres": {
            "huisnummer": str(number),
            "huisnummerToevoeging": addition,
            "postcode": postcode,
            "woonplaats": {"naam": words["place"]},
        },
        "monumenten": [],
        "panden": [{"id": f"pand-{id}", "soort": {"code": "MGW"}}],
        "gebruiksoppervlakte": 62,
        "wozEenheden": [
            {"waardepeildatum": "2024-01-01", "vastgesteldeWaarde": 221000},
            {"waardepeildatum": "2025-01-01", "vastgesteldeWaarde": 234000},
        ],
        "energieprestaties": [
            {
                "soort": {"code": "EI"},
                "status": {"code": "DEF"},
                "begindatum": "2021-05-01",
                "einddatum": "2031-05-01",
                "registratiedatum": "2021-05-02T00:00:00+01:00",
                "label": {"code": "B"},
                "waarde": "1.35",
            }
        ],
        "ruimten": [_room(f"{id}-{at}", one) for at, one in enumerate(words["rooms"])],
    }


def _room(id: str, room: tuple[str, str, float]) -> dict[str, Any]:
    code, name, square = room
    return {
        "id": id,
        "naam": name,
        "soort": {"code": "VTK"},
        "detailSoort": {"code": code},
        "oppervlakte": square,
        "verwarmd": True,
        "installaties": [{"code": "DOU"}, {"code": "WAS"}] if code == "BAD" else [],
    }
