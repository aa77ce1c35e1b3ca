"""A corporation that speaks VERA, driven by the published descriptions, and our connector to it.

The descriptions stand beside the repository (``SPECS_DIR``, else ``../shared/specs``); they are not
ours to copy. Without them these tests are skipped.
"""

from __future__ import annotations

import os
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from pathlib import Path

import pytest

from actions.backoffice.fakes.vera_rows import Tenant, put
from actions.backoffice.fakes.vera_server import VeraServer
from actions.backoffice.values import (
    Adres,
    Afspraak,
    AfspraakOptie,
    Betalingsregeling,
    Boeking,
    Claim,
    Contactgegeven,
    Contactmoment,
    Debiteur,
    Defect,
    Eenheid,
    Huurovereenkomst,
    NewOnderhoudsverzoek,
    Onderhoudsverzoek,
    Prijscomponent,
    Relatie,
    Signalering,
    Zaak,
)
from actions.backoffice.vera.connector import VeraConnector
from actions.backoffice.vera.setting_up import vera
from actions.backoffice.verification import RelatieId

REPOSITORY = Path(__file__).resolve().parents[3]
NOW = datetime(2026, 11, 23, 9, 30, tzinfo=UTC)
CALL_SECONDS = 5.0
SOON = 0.2
"""Patience in tests of silence: the server ends its wait when it stops."""

SANNE = RelatieId("1001")
OMAR = RelatieId("1002")
"""Lives with Sanne, on the same contract."""
MARIA = RelatieId("1003")
"""Moved away from there last year."""
HOME = Eenheid(
    "woning-1", Adres("1234AB", 12, "A", "Lindestraat", "Lindeveen"), "WOO", "complex-7", 1968
)
GARAGE = Eenheid("plek-9", Adres("1234AB", 90, "", "Lindestraat", "Lindeveen"), "PAR")
CLAIM = Claim("1234AB", 12, date(1984, 2, 29), "A")


def folder() -> Path:
    found = Path(os.environ.get("SPECS_DIR", REPOSITORY.parent / "shared" / "specs")) / "vera"
    if not found.is_dir():
        pytest.skip("the published descriptions of VERA are not here")
    return found


@dataclass(slots=True)
class Scene:
    server: VeraServer
    connector: VeraConnector
    clock: list[float] = field(default_factory=lambda: [0.0])
    """Seconds that went by, for tokens and the breaker."""
    others: list[VeraConnector] = field(default_factory=list)

    def connect(
        self, settings: Mapping[str, str] | None = None, seconds: float = CALL_SECONDS
    ) -> VeraConnector:
        made = vera(settings or self.server.settings, lambda: NOW, lambda: self.clock[0], seconds)
        self.others.append(made)
        return made

    def calls_of(self, path: str) -> list[str]:
        return [one for one in self.server.calls if one.split()[1].startswith(path)]


@asynccontextmanager
async def vera_scene() -> AsyncIterator[Scene]:
    """Fails at its end when a request was sent that the standard does not know."""
    server = VeraServer(folder())
    await server.start()
    for tenant in town():
        put(server.store, tenant)
    scene = Scene(server, None)  # type: ignore[arg-type]
    scene.connector = scene.connect()
    try:
        yield scene
    finally:
        for one in scene.others:
            await one.close()
        await server.stop()
    assert not server.violations, "\n".join(dict.fromkeys(server.violations))


def town() -> list[Tenant]:
    contract = _contract("ovk-1", "LOP", date(2019, 3, 1), None, (SANNE, OMAR))
    left = _contract("ovk-0", "BEE", date(2010, 1, 1), date(2019, 2, 28), (MARIA,))
    sanne = Tenant(
        Relatie(SANNE, "mevrouw S. de Vries", "Sanne", "de Vries", date(1984, 2, 29), "NLD"),
        (HOME, GARAGE),
        (contract,),
        (
            Contactgegeven("c-1", "TEL", "+31612345678", mobiel=True, voorkeur=True),
            Contactgegeven("c-2", "EMA", "sanne@voorbeeld.nl"),
            Contactgegeven("c-3", "TEL", "+31201234567", vertrouwelijk=True),
        ),
        _account(),
        (_plan(),),
        (_leak(), _old_repair()),
        _options(),
        (_call(),),
        (_case(),),
        (Signalering("sig-1", "SCH", date(2026, 5, 4)),),
    )
    omar = Tenant(
        Relatie(OMAR, "de heer O. Said", "Omar", "Said", date(1981, 7, 5)), (), (contract,)
    )
    maria = Tenant(
        Relatie(MARIA, "mevrouw M. Lopes", "Maria", "Lopes", date(1984, 2, 29)), (), (left,)
    )
    return [sanne, omar, maria]


def report(fotos: tuple[str, ...] = ("foto-1",)) -> NewOnderhoudsverzoek:
    return NewOnderhoudsverzoek(
        HOME.id,
        "Keuken: kraan lekt",
        (Defect("LEK", "KEU", "De kraan lekt"),),
        "voorrang",
        "06 12345678",
        "liefst in de ochtend",
        fotos,
    )


def _contract(
    id: str, status: str, begin: date, end: date | None, who: tuple[RelatieId, ...]
) -> Huurovereenkomst:
    parts = (
        _part("NET", "KAL", "Kale huur", "650.10", date(2025, 7, 1), date(2026, 6, 30)),
        _part("NET", "KAL", "Kale huur", "676.75", date(2026, 7, 1), None, "JAA"),
        _part("SER", "SCH", "Schoonmaak", "18.40", date(2025, 1, 1), None),
    )
    return Huurovereenkomst(
        id=id,
        status=status,
        begindatum=begin,
        einddatum=end,
        eenheden=(HOME.id, GARAGE.id),
        relaties=who,
        brutohuur=Decimal("695.15"),
        rekenhuur=Decimal("688.00"),
        prijscomponenten=tuple(sorted(parts, key=lambda one: (one.begindatum, one.soort))),
        incasso=True,
        incassodag=27,
        huur_herzieningsdatum=date(2026, 7, 1),
    )


def _part(
    kind: str, detail: str, name: str, amount: str, begin: date, end: date | None, why: str = ""
) -> Prijscomponent:
    return Prijscomponent(kind, detail, name, Decimal(amount), begin, end, why)


def _account() -> Debiteur:
    due, paid = Decimal("695.15"), Decimal("-695.15")
    return Debiteur(
        "deb-1",
        due,
        (
            Boeking("b-3", "VOR", "Huur november", due, due, date(2026, 11, 1), None, "ovk-1"),
            Boeking("b-2", "ONT", "Betaling", paid, Decimal("0.00"), date(2026, 10, 28)),
            Boeking("b-1", "SKS", "Servicekosten", Decimal("12.30"), Decimal("0.00"),
                    date(2026, 9, 1), date(2026, 10, 1), "ovk-1"),
        ),
    )  # fmt: skip


def _plan() -> Betalingsregeling:
    return Betalingsregeling(
        "br-1", "ACT", Decimal("700.00"), Decimal("60.00"), 12, date(2026, 10, 1), Decimal("640.00")
    )


def _leak() -> Onderhoudsverzoek:
    visit = Afspraak(
        "afs-1", "ohv-1", "Kraan", "GEP", NOW + timedelta(days=2), NOW + timedelta(days=2, hours=4)
    )
    return Onderhoudsverzoek(
        "ohv-1",
        "R-77",
        HOME.id,
        "Badkamer: kraan lekt",
        "INB",
        NOW - timedelta(days=3),
        (Defect("LEK", "BAD", "De kraan lekt"),),
        "voorrang",
        (visit,),
    )


def _old_repair() -> Onderhoudsverzoek:
    defect = Defect("STO", "WOO", "Geen warmte")
    return Onderhoudsverzoek(
        "ohv-0", "R-12", HOME.id, "Geen warmte", "AFG", NOW - timedelta(days=400), (defect,)
    )


def _options() -> tuple[AfspraakOptie, ...]:
    days = (-1, 5, 4)
    return tuple(
        AfspraakOptie(
            f"opt-{day}", "ohv-1", NOW + timedelta(days=day), NOW + timedelta(days=day, hours=4)
        )
        for day in days
    )


def _call() -> Contactmoment:
    return Contactmoment(
        "cm-1", "Huur", "Vraag over de huur", "TEL", "INK", NOW - timedelta(days=30)
    )


def _case() -> Zaak:
    return Zaak(
        "z-1",
        "Z-2026-1",
        "FIN.BET",
        "Betalingsregeling gevraagd",
        True,
        NOW - timedelta(days=9),
        NOW + timedelta(days=5),
    )
