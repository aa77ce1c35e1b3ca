"""What is done, one writer at a time. The key of a write is a row: two at once give one."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Sequence
from datetime import datetime, timedelta
from uuid import uuid4

from sqlalchemy import Connection, Table, delete, func, insert, select, update

from actions.backoffice.demo import reading
from actions.backoffice.demo import tables as t
from actions.backoffice.demo.blocks import BLOCK, blocks_from
from actions.backoffice.errors import NotAllowed, NotFound
from actions.backoffice.values import (
    Afspraak,
    AfspraakOptie,
    Contactmoment,
    NewContactmoment,
    NewOnderhoudsverzoek,
    NewZaak,
    Onderhoudsverzoek,
    Zaak,
)
from actions.backoffice.verification import RelatieId

_MARK = "~"
_CASE_WEEKS = 6
_FIRST_NUMBER = 104_000


def _once(db: Connection, key: str, request: str, make: Callable[[], str]) -> str:
    """The id of what this key made, made now when it is new.

    Raises:
        NotAllowed: the key was used for another request.
    """
    mark = hashlib.sha256(request.encode()).hexdigest()
    before = db.execute(select(t.written).where(t.written.c.key == key)).first()
    if before is not None:
        if before.request != mark:
            raise NotAllowed("a key of another request")
        return str(before.made)
    made = make()
    db.execute(insert(t.written).values(key=key, request=mark, made=made))
    return made


def _next_number(db: Connection, table: Table) -> int:
    return int(db.scalar(select(func.max(table.c.nummer))) or _FIRST_NUMBER) + 1


def create_onderhoudsverzoek(
    db: Connection, of: RelatieId, new: NewOnderhoudsverzoek, key: str, now: datetime
) -> Onderhoudsverzoek:
    if new.eenheid not in {one.id for one in reading.eenheden(db, of)}:
        raise NotFound("eenheid")

    def make() -> str:
        id = f"verzoek-{uuid4().hex}"
        db.execute(
            insert(t.onderhoudsverzoek).values(
                id=id,
                nummer=_next_number(db, t.onderhoudsverzoek),
                relatie=of,
                eenheid=new.eenheid,
                omschrijving=new.omschrijving,
                status="REG",
                melddatum=now,
                defecten=[[one.soort, one.locatie, one.omschrijving] for one in new.defecten],
                prioriteit=new.prioriteit,
                bereikbaar=new.bereikbaar,
                voorkeur=new.voorkeur,
                fotos=list(new.fotos),
            )
        )
        return id

    return reading.onderhoudsverzoek(db, of, _once(db, key, f"repair {of} {new!r}", make))


def cancel_onderhoudsverzoek(db: Connection, of: RelatieId, id: str, key: str) -> Onderhoudsverzoek:
    found = reading.onderhoudsverzoek(db, of, id)
    if found.status == "GEA":
        return found

    def make() -> str:
        if not found.open:
            raise NotFound("an open repair")
        c = t.onderhoudsverzoek.c
        db.execute(update(t.onderhoudsverzoek).where(c.id == id).values(status="GEA"))
        for visit in found.afspraken:
            if visit.status in ("AAN", "GEP"):
                _end(db, visit.id)
        return id

    _once(db, key, f"cancel repair {of} {id}", make)
    return reading.onderhoudsverzoek(db, of, id)


def afspraak_opties(
    db: Connection, of: RelatieId, verzoek: str, now: datetime
) -> Sequence[AfspraakOptie]:
    repair = reading.onderhoudsverzoek(db, of, verzoek)
    if not repair.open:
        return ()
    taken = set(db.scalars(select(t.taken_block.c.begin)))
    return [
        AfspraakOptie(f"{verzoek}{_MARK}{int(begin.timestamp())}", verzoek, begin, begin + BLOCK)
        for begin in blocks_from(now, repair.prioriteit)
        if begin not in taken
    ]


def choose_afspraak(db: Connection, of: RelatieId, optie: str, key: str, now: datetime) -> Afspraak:
    verzoek = optie.rpartition(_MARK)[0]
    repair = reading.onderhoudsverzoek(db, of, verzoek)

    def make() -> str:
        free = {one.id: one for one in afspraak_opties(db, of, verzoek, now)}
        if optie not in free:
            raise NotFound("a free block")
        begin, eind = free[optie].begin, free[optie].eind
        planned = next((one.id for one in repair.afspraken if one.status in ("AAN", "GEP")), None)
        id = planned or f"afspraak-{uuid4().hex}"
        db.execute(delete(t.taken_block).where(t.taken_block.c.afspraak == id))
        db.execute(insert(t.taken_block).values(begin=begin, afspraak=id))
        if planned:
            moved = update(t.afspraak).where(t.afspraak.c.id == id)
            db.execute(moved.values(begin=begin, eind=eind, status="GEP"))
        else:
            made = insert(t.afspraak).values(
                id=id, onderhoudsverzoek=verzoek, onderwerp=repair.omschrijving, status="GEP",
                begin=begin, eind=eind,
            )  # fmt: skip
            db.execute(made)
        return id

    return reading.afspraak(db, of, _once(db, key, f"choose {of} {optie}", make))


def cancel_afspraak(db: Connection, of: RelatieId, id: str, key: str) -> Afspraak:
    found = reading.afspraak(db, of, id)
    if found.status == "ANN":
        return found

    def make() -> str:
        if found.status not in ("AAN", "GEP"):
            raise NotFound("an appointment that is not over")
        _end(db, id)
        return id

    _once(db, key, f"cancel visit {of} {id}", make)
    return reading.afspraak(db, of, id)


def _end(db: Connection, visit: str) -> None:
    db.execute(update(t.afspraak).where(t.afspraak.c.id == visit).values(status="ANN"))
    db.execute(delete(t.taken_block).where(t.taken_block.c.afspraak == visit))


def create_contactmoment(
    db: Connection, of: RelatieId, new: NewContactmoment, key: str, now: datetime
) -> Contactmoment:
    reading.relatie(db, of)

    def make() -> str:
        id = f"contact-{uuid4().hex}"
        db.execute(
            insert(t.contactmoment).values(
                id=id, relatie=of, onderwerp=new.onderwerp, omschrijving=new.omschrijving,
                kanaal=new.kanaal, richting=new.richting, datum=now,
            )
        )  # fmt: skip
        return id

    made = _once(db, key, f"contact {of} {new!r}", make)
    return next(one for one in reading.contactmomenten(db, of) if one.id == made)


def create_zaak(db: Connection, of: RelatieId, new: NewZaak, key: str, now: datetime) -> Zaak:
    reading.relatie(db, of)

    def make() -> str:
        id = f"zaak-{uuid4().hex}"
        db.execute(
            insert(t.zaak).values(
                id=id, relatie=of, nummer=_next_number(db, t.zaak), zaaktype=new.zaaktype,
                omschrijving=new.omschrijving, toelichting=new.toelichting, open=True,
                begindatum=now, uiterlijke_einddatum=now + timedelta(weeks=_CASE_WEEKS),
            )
        )  # fmt: skip
        return id

    made = _once(db, key, f"case {of} {new!r}", make)
    return next(one for one in reading.zaken(db, of) if one.id == made)
