"""What is asked, one function per question. Every one is handed the relatie it may look at."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from typing import Any

from sqlalchemy import Connection, Row, Select, select

from actions.backoffice.demo import tables as t
from actions.backoffice.errors import NotFound
from actions.backoffice.values import (
    Adres,
    Afspraak,
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

RUNNING = ("LOP", "OPG", "VOP")
_HOMES_FIRST = {"WOO": 0}


def plain_addition(words: str) -> str:
    """ "-a", "A" and "a." are one; so are "bis" and "BIS"."""
    return "".join(sign for sign in words.upper() if sign.isalnum())


def _living_at(postcode: str, number: int) -> Select[Any]:
    return (
        select(t.relatie, t.eenheid.c.toevoeging)
        .join(t.huurder, t.huurder.c.relatie == t.relatie.c.id)
        .join(t.overeenkomst, t.overeenkomst.c.id == t.huurder.c.overeenkomst)
        .join(t.gehuurd, t.gehuurd.c.overeenkomst == t.overeenkomst.c.id)
        .join(t.eenheid, t.eenheid.c.id == t.gehuurd.c.eenheid)
        .where(
            t.eenheid.c.postcode == "".join(postcode.split()).upper(),
            t.eenheid.c.huisnummer == number,
            t.overeenkomst.c.status.in_(RUNNING),
            t.relatie.c.overlijdensdatum.is_(None),
        )
        .order_by(t.relatie.c.id)
    )


def find(db: Connection, claim: Claim) -> Sequence[RelatieId]:
    """One query for a hit and for a miss alike."""
    wanted = plain_addition(claim.toevoeging)
    rows = db.execute(_living_at(claim.postcode, claim.huisnummer)).all()
    found = [
        RelatieId(row.id)
        for row in rows
        if row.geboortedatum == claim.geboortedatum and plain_addition(row.toevoeging) == wanted
    ]
    return list(dict.fromkeys(found))


def find_by_number(db: Connection, number: str) -> Sequence[RelatieId]:
    c = t.contactgegeven.c
    rows = db.execute(
        select(t.relatie.c.id)
        .distinct()
        .join(t.contactgegeven, c.relatie == t.relatie.c.id)
        .where(c.soort == "TEL", c.waarde == number, c.vertrouwelijk.is_(False))
        .where(t.relatie.c.overlijdensdatum.is_(None))
        .where(t.relatie.c.id.in_(_tenants()))
        .order_by(t.relatie.c.id)
    )
    return [RelatieId(row.id) for row in rows]


def _tenants() -> Select[Any]:
    return (
        select(t.huurder.c.relatie)
        .join(t.overeenkomst, t.overeenkomst.c.id == t.huurder.c.overeenkomst)
        .where(t.overeenkomst.c.status.in_(RUNNING))
    )


def find_at(db: Connection, postcode: str, number: int) -> Sequence[Relatie]:
    rows = db.execute(_living_at(postcode, number))
    return list({row.id: _relatie(row) for row in rows}.values())


def relatie(db: Connection, of: RelatieId) -> Relatie:
    row = db.execute(select(t.relatie).where(t.relatie.c.id == of)).first()
    if row is None:
        raise NotFound("relatie")
    return _relatie(row)


def _relatie(row: Row[Any]) -> Relatie:
    return Relatie(
        RelatieId(row.id), row.aanschrijfnaam, row.roepnaam, row.achternaam,
        row.geboortedatum, row.voorkeurstaal, row.overlijdensdatum,
    )  # fmt: skip


def contactgegevens(db: Connection, of: RelatieId) -> Sequence[Contactgegeven]:
    c = t.contactgegeven.c
    rows = db.execute(select(t.contactgegeven).where(c.relatie == of).order_by(c.id))
    return [
        Contactgegeven(r.id, r.soort, r.waarde, r.mobiel, r.voorkeur, r.vertrouwelijk) for r in rows
    ]


def _rented(of: RelatieId) -> Select[Any]:
    return (
        select(t.eenheid)
        .join(t.gehuurd, t.gehuurd.c.eenheid == t.eenheid.c.id)
        .join(t.overeenkomst, t.overeenkomst.c.id == t.gehuurd.c.overeenkomst)
        .join(t.huurder, t.huurder.c.overeenkomst == t.overeenkomst.c.id)
        .where(t.huurder.c.relatie == of, t.overeenkomst.c.status.in_(RUNNING))
    )


def eenheden(db: Connection, of: RelatieId) -> Sequence[Eenheid]:
    rows = db.execute(_rented(of)).all()
    found = [
        Eenheid(
            r.id, Adres(r.postcode, r.huisnummer, r.toevoeging, r.straat, r.plaats),
            r.soort, r.cluster, r.bouwjaar,
        )
        for r in rows
    ]  # fmt: skip
    return sorted(found, key=lambda one: (_HOMES_FIRST.get(one.soort, 1), one.id))


def huurovereenkomsten(db: Connection, of: RelatieId) -> Sequence[Huurovereenkomst]:
    mine = select(t.huurder.c.overeenkomst).where(t.huurder.c.relatie == of)
    rows = db.execute(select(t.overeenkomst).where(t.overeenkomst.c.id.in_(mine))).all()
    found = [_overeenkomst(db, row) for row in rows]
    newest = sorted(found, key=lambda one: one.begindatum, reverse=True)
    return sorted(newest, key=lambda one: not one.loopt)


def _overeenkomst(db: Connection, row: Row[Any]) -> Huurovereenkomst:
    homes = select(t.gehuurd.c.eenheid).where(t.gehuurd.c.overeenkomst == row.id)
    people = select(t.huurder.c.relatie).where(t.huurder.c.overeenkomst == row.id)
    parts = select(t.prijscomponent).where(t.prijscomponent.c.overeenkomst == row.id)
    return Huurovereenkomst(
        row.id, row.status, row.begindatum, row.einddatum,
        tuple(sorted(db.scalars(homes))),
        tuple(RelatieId(one) for one in sorted(db.scalars(people))),
        row.brutohuur, row.rekenhuur,
        tuple(
            Prijscomponent(
                p.soort, p.detail_soort, p.naam, p.bedrag, p.begindatum, p.einddatum,
                p.wijzigingsreden,
            )
            for p in db.execute(parts.order_by(t.prijscomponent.c.id))
        ),
        row.incasso, row.incassodag, row.huur_herzieningsdatum,
    )  # fmt: skip


def debiteur(db: Connection, of: RelatieId) -> Debiteur:
    """Of all contracts of this tenant, also the ended ones: what is open stays open."""
    mine = select(t.huurder.c.overeenkomst).where(t.huurder.c.relatie == of)
    c = t.boeking.c
    rows = db.execute(
        select(t.boeking).where(c.overeenkomst.in_(mine)).order_by(c.boekdatum.desc(), c.id.desc())
    ).all()
    if not rows:
        raise NotFound("debiteur")
    lines = tuple(
        Boeking(
            r.id, r.soort, r.omschrijving, r.bedrag, r.saldo, r.boekdatum, r.vervaldatum,
            r.overeenkomst,
        )
        for r in rows
    )  # fmt: skip
    return Debiteur(f"deb-{of}", sum((one.saldo for one in lines), Decimal(0)), lines)


def betalingsregelingen(db: Connection, of: RelatieId) -> Sequence[Betalingsregeling]:
    c = t.betalingsregeling.c
    rows = db.execute(select(t.betalingsregeling).where(c.relatie == of).order_by(c.id))
    return [
        Betalingsregeling(
            r.id, r.status, r.bedrag, r.termijnbedrag, r.termijnen_aantal, r.begindatum, r.saldo
        )
        for r in rows
    ]


def onderhoudsverzoeken(db: Connection, of: RelatieId) -> Sequence[Onderhoudsverzoek]:
    c = t.onderhoudsverzoek.c
    rows = db.execute(
        select(t.onderhoudsverzoek).where(c.relatie == of).order_by(c.melddatum.desc(), c.id)
    ).all()
    return [_verzoek(db, row) for row in rows]


def onderhoudsverzoek(db: Connection, of: RelatieId, id: str) -> Onderhoudsverzoek:
    c = t.onderhoudsverzoek.c
    row = db.execute(select(t.onderhoudsverzoek).where(c.relatie == of, c.id == id)).first()
    if row is None:
        raise NotFound("onderhoudsverzoek")
    return _verzoek(db, row)


def _verzoek(db: Connection, row: Row[Any]) -> Onderhoudsverzoek:
    c = t.afspraak.c
    visits = db.execute(select(t.afspraak).where(c.onderhoudsverzoek == row.id).order_by(c.begin))
    return Onderhoudsverzoek(
        row.id, f"R-{row.nummer}", row.eenheid, row.omschrijving, row.status, row.melddatum,
        tuple(Defect(*one) for one in row.defecten), row.prioriteit,
        tuple(afspraak_of(one) for one in visits),
    )  # fmt: skip


def afspraak_of(row: Row[Any]) -> Afspraak:
    return Afspraak(row.id, row.onderhoudsverzoek, row.onderwerp, row.status, row.begin, row.eind)


def afspraak(db: Connection, of: RelatieId, id: str) -> Afspraak:
    v = t.onderhoudsverzoek.c
    row = db.execute(
        select(t.afspraak)
        .join(t.onderhoudsverzoek, v.id == t.afspraak.c.onderhoudsverzoek)
        .where(t.afspraak.c.id == id, v.relatie == of)
    ).first()
    if row is None:
        raise NotFound("afspraak")
    return afspraak_of(row)


def contactmomenten(db: Connection, of: RelatieId) -> Sequence[Contactmoment]:
    c = t.contactmoment.c
    rows = db.execute(select(t.contactmoment).where(c.relatie == of).order_by(c.datum.desc(), c.id))
    return [
        Contactmoment(r.id, r.onderwerp, r.omschrijving, r.kanaal, r.richting, r.datum)
        for r in rows
    ]


def zaken(db: Connection, of: RelatieId) -> Sequence[Zaak]:
    c = t.zaak.c
    rows = db.execute(select(t.zaak).where(c.relatie == of).order_by(c.begindatum.desc(), c.id))
    return [
        Zaak(
            r.id, f"Z-{r.nummer}", r.zaaktype, r.omschrijving, r.open, r.begindatum,
            r.uiterlijke_einddatum,
        )
        for r in rows
    ]  # fmt: skip


def waardering(db: Connection, of: RelatieId) -> Waardering:
    rows = db.execute(_rented(of).where(t.eenheid.c.soort == "WOO")).all()
    row = next((one for one in rows if one.vera is not None), None)
    if row is None:
        raise NotFound("waardering")
    p = t.prijscomponent.c
    rent = db.scalars(
        select(p.bedrag)
        .join(t.gehuurd, t.gehuurd.c.overeenkomst == p.overeenkomst)
        .join(t.overeenkomst, t.overeenkomst.c.id == p.overeenkomst)
        .where(t.gehuurd.c.eenheid == row.id, t.overeenkomst.c.status.in_(RUNNING))
        .where(p.detail_soort == "KAL", p.einddatum.is_(None))
    ).first()
    return Waardering(row.vera, rent)


def signaleringen(db: Connection, of: RelatieId) -> Sequence[Signalering]:
    c = t.signalering.c
    rows = db.execute(select(t.signalering).where(c.relatie == of).order_by(c.id))
    return [Signalering(r.id, r.soort, r.begindatum) for r in rows]
