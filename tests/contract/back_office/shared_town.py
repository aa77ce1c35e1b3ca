"""One small town of tenants for the connectors that come without any: each is somebody special."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

from actions.backoffice.fakes.in_memory import Dossier, InMemory
from actions.backoffice.fakes.vera_rows import Tenant
from actions.backoffice.values import (
    Adres,
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
    Onderhoudsverzoek,
    Prijscomponent,
    Relatie,
    Signalering,
    Waardering,
    Zaak,
)
from actions.backoffice.verification import RelatieId

NOW = datetime(2026, 11, 25, 12, tzinfo=UTC)
POSTCODE = "4299ZA"
BLOCK = timedelta(hours=4)
FREE = tuple(NOW + timedelta(days=day) for day in range(5, 13))
_RENT = Decimal("640.00")


@dataclass(frozen=True, slots=True)
class Somebody:
    """``number``: the mobile number on file (E.164), or ""."""

    id: RelatieId
    claim: Claim
    number: str = ""


def somebody(name: str, house: int, born: date, addition: str = "") -> Somebody:
    return Somebody(
        RelatieId(f"relatie-{name}"),
        Claim(POSTCODE, house, born, addition),
        f"+316000000{house:02}",
    )


PEOPLE = {
    one.id.removeprefix("relatie-"): one
    for one in (
        somebody("tenant", 23, date(1992, 4, 1)),
        somebody("other", 22, date(1978, 12, 12)),
        somebody("leap", 21, date(1988, 2, 29)),
        somebody("first", 10, date(1970, 2, 11)),
        somebody("second", 10, date(1972, 5, 19)),
        somebody("child", 10, date(2003, 10, 4)),
        somebody("moved", 13, date(1988, 3, 3)),
        somebody("deceased", 15, date(1941, 1, 5)),
        somebody("without", 16, date(1995, 5, 5)),
        somebody("two", 14, date(1965, 7, 21)),
        somebody("hidden", 20, date(1986, 10, 10)),
        replace(somebody("bare", 19, date(1950, 6, 6)), number=""),
        somebody("letter", 26, date(1997, 1, 17), "A"),
        somebody("word", 27, date(1990, 8, 2), "BIS"),
    )
}
_TWINS = {"first": "second", "second": "first"}


def tenants() -> Sequence[Tenant]:
    return [_tenant(name, one) for name, one in PEOPLE.items()]


def in_memory() -> InMemory:
    """The same town, in memory."""
    made = InMemory(lambda: NOW, free=FREE)
    for one in tenants():
        runs = any(each.loopt for each in one.overeenkomsten)
        made.put(
            Dossier(
                one.relatie,
                tuple(one.eenheden) if runs else (),
                tuple(one.overeenkomsten),
                tuple(one.contactgegevens),
                one.debiteur,
                tuple(one.regelingen),
                list(one.verzoeken),
                list(one.contacten),
                list(one.zaken),
                tuple(one.signaleringen),
                Waardering({"id": one.eenheden[0].id}, _RENT) if runs and one.eenheden else None,
            )
        )
    return made


def _tenant(name: str, who: Somebody) -> Tenant:
    person = Relatie(
        who.id, f"mevrouw {name.title()}", name.title(), name.title(), who.claim.geboortedatum,
        "NLD", date(2026, 10, 16) if name == "deceased" else None,
    )  # fmt: skip
    mail = () if not who.number else (Contactgegeven(f"mail-{name}", "EMA", f"{name}@x.example"),)
    phone = () if not who.number else (
        Contactgegeven(
            f"tel-{name}", "TEL", who.number, mobiel=True, voorkeur=True,
            vertrouwelijk=name == "hidden",
        ),
    )  # fmt: skip
    if name in ("child", "without"):
        return Tenant(person, (), (), (*phone, *mail))
    homes = _homes(name, who)
    repairs = _repairs(name, homes[0]) if name in ("tenant", "other") else ()
    return Tenant(
        person,
        homes,
        _contracts(name, who, homes),
        (*phone, *mail),
        None if name == "bare" else _account(name),
        (_plan(name),) if name == "tenant" else (),
        repairs,
        tuple(_options(repairs)),
        (Contactmoment(f"cm-{name}", "Huur", "Vraag", "TEL", "INK", NOW - timedelta(days=3)),)
        if repairs
        else (),
        (Zaak(f"zaak-{name}", f"Z-{name}", "FIN.BET", "Regeling", True, NOW - timedelta(days=3)),)
        if repairs
        else (),
        (Signalering(f"sig-{name}", "AGR", date(2026, 5, 1)),) if name == "tenant" else (),
    )


def _homes(name: str, who: Somebody) -> tuple[Eenheid, ...]:
    shared = "first" if name == "second" else name
    place = Adres(POSTCODE, who.claim.huisnummer, who.claim.toevoeging, "Beekdal", "Lindestad")
    home = Eenheid(f"woning-{shared}", place, "WOO", "complex-1", 1968)
    if name != "two":
        return (home,)
    return (home, Eenheid("plek-two", Adres(POSTCODE, 914, "", "Beekdal", "Lindestad"), "PAR"))


def _contracts(
    name: str, who: Somebody, homes: tuple[Eenheid, ...]
) -> tuple[Huurovereenkomst, ...]:
    shared = "first" if name == "second" else name
    partner = [PEOPLE[_TWINS[name]].id] if name in _TWINS else []
    left = date(2026, 9, 26) if name == "moved" else None
    return tuple(
        Huurovereenkomst(
            f"contract-{shared}-{at}", "BEE" if left else "LOP", date(2019, 3, 1), left,
            (home.id,), tuple(sorted([who.id, *partner])), _RENT, _RENT,
            (Prijscomponent("NET", "KAL", "Kale huur", _RENT, date(2026, 7, 1)),),
            incasso=True, incassodag=28,
        )
        for at, home in enumerate(homes)
    )  # fmt: skip


def _account(name: str) -> Debiteur:
    contract = f"contract-{'first' if name == 'second' else name}-0"
    open_ = _RENT if name == "tenant" else Decimal("0.00")
    return Debiteur(
        f"deb-{name}",
        open_,
        (
            Boeking(f"b2-{name}", "VOR", "Huur", _RENT, open_, date(2026, 11, 1), None, contract),
            Boeking(
                f"b1-{name}", "VOR", "Huur", _RENT, Decimal("0.00"), date(2026, 10, 1), None,
                contract,
            ),
        ),
    )  # fmt: skip


def _plan(name: str) -> Betalingsregeling:
    amount = Decimal("600.00")
    return Betalingsregeling(
        f"plan-{name}", "ACT", amount, Decimal("50.00"), 12, date(2026, 10, 1), amount
    )


def _repairs(name: str, home: Eenheid) -> tuple[Onderhoudsverzoek, ...]:
    leak = Defect("LEK", "BAD", "De kraan lekt")
    return (
        Onderhoudsverzoek(
            f"ohv-{name}", f"R-{name}", home.id, "De kraan lekt", "REG", NOW - timedelta(days=1),
            (leak,),
        ),
        Onderhoudsverzoek(
            f"done-{name}", f"D-{name}", home.id, "De kraan lekt", "FIN", NOW - timedelta(days=90),
            (leak,),
        ),
    )  # fmt: skip


def _options(repairs: Iterable[Onderhoudsverzoek]) -> Iterable[AfspraakOptie]:
    return [
        AfspraakOptie(f"opt-{one.id}-{at}", one.id, begin, begin + BLOCK)
        for one in repairs
        if one.open
        for at, begin in enumerate(FREE)
    ]
