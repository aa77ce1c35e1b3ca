"""A home as a back office gives it (VERA EenhedenEenheid), invented."""

from __future__ import annotations

from typing import Any


def _kind(code: str, name: str) -> dict[str, str]:
    return {"code": code, "naam": name}


def _room(id: str, name: str, kind: tuple[str, str], square: float, **more: Any) -> dict[str, Any]:
    families = {"VTK": "Vertrek", "OVR": "Overige ruimten", "BTR": "Buitenruimte"}
    return {
        "id": id,
        "naam": name,
        "soort": _kind(kind[0], families[kind[0]]),
        "detailSoort": _kind(kind[1], name),
        "oppervlakte": square,
        "verwarmd": kind[0] == "VTK",
        **more,
    }


_TOP = {
    "id": "aanrecht",
    "naam": "Aanrecht",
    "soort": _kind("VOO", "Voorziening"),
    "detailSoort": _kind("AAN", "Aanrecht"),
    "lengte": 2100,
}


def terraced_house() -> dict[str, Any]:
    """A house of 1978 with everything that counts."""
    return {
        "id": "huis-1",
        "bouwjaar": 1978,
        "woningwaarderingstelsel": _kind("ZEL", "Zelfstandige woonruimten"),
        "adres": {
            "straatnaam": "Lindelaan",
            "huisnummer": "12",
            "postcode": "1234AB",
            "woonplaats": {"code": "1234", "naam": "Ons Dorp"},
        },
        "monumenten": [],
        "panden": [{"id": "pand-1", "soort": _kind("EGW", "Eengezinswoning")}],
        "gebruiksoppervlakte": 86,
        "wozEenheden": [
            {"waardepeildatum": "2024-01-01", "vastgesteldeWaarde": 285000},
            {"waardepeildatum": "2025-01-01", "vastgesteldeWaarde": 301000},
        ],
        "energieprestaties": [
            {
                "soort": _kind("EI", "Energie-index"),
                "status": {"code": "DEF"},
                "begindatum": "2021-05-01",
                "einddatum": "2031-05-01",
                "registratiedatum": "2021-05-02T00:00:00+01:00",
                "label": _kind("B", "B"),
                "waarde": "1.35",
            }
        ],
        "ruimten": [
            _room("r1", "Woonkamer", ("VTK", "WOO"), 28.4),
            _room("r2", "Keuken", ("VTK", "KEU"), 9.1, bouwkundigeElementen=[_TOP]),
            _room("r3", "Slaapkamer", ("VTK", "SLA"), 13.2),
            _room("r4", "Slaapkamer", ("VTK", "SLA"), 9.6),
            _room(
                *("r5", "Badkamer", ("VTK", "BAD"), 5.0),
                installaties=[_kind("DOU", "Douche"), _kind("WAS", "Wastafel")],
            ),
            _room(
                *("r6", "Toiletruimte", ("OVR", "TOI"), 1.3),
                installaties=[_kind("STT", "Staand toilet")],
            ),
            _room("r7", "Berging", ("OVR", "BER"), 6.2),
            _room("r8", "Tuin", ("BTR", "TUI"), 45.0, lengte=9, breedte=5),
        ],
    }
