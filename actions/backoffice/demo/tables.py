"""The tables, named as VERA names what is in them."""

from __future__ import annotations

from sqlalchemy import (
    JSON,
    Boolean,
    Column,
    Date,
    Index,
    Integer,
    MetaData,
    String,
    Table,
    UniqueConstraint,
)

from actions.backoffice.demo.columns import Cents, Moment

metadata = MetaData()


def _id() -> Column[str]:
    return Column("id", String, primary_key=True)


relatie = Table(
    "relatie", metadata, _id(),
    Column("aanschrijfnaam", String, nullable=False),
    Column("roepnaam", String, nullable=False),
    Column("achternaam", String, nullable=False),
    Column("geboortedatum", Date),
    Column("voorkeurstaal", String, nullable=False, default="nl"),
    Column("overlijdensdatum", Date),
)  # fmt: skip
contactgegeven = Table(
    "contactgegeven", metadata, _id(),
    Column("relatie", String, nullable=False, index=True),
    Column("soort", String, nullable=False),
    Column("waarde", String, nullable=False, index=True),
    Column("mobiel", Boolean, nullable=False),
    Column("voorkeur", Boolean, nullable=False),
    Column("vertrouwelijk", Boolean, nullable=False),
)  # fmt: skip
eenheid = Table(
    "eenheid", metadata, _id(),
    Column("postcode", String, nullable=False),
    Column("huisnummer", Integer, nullable=False),
    Column("toevoeging", String, nullable=False),
    Column("straat", String, nullable=False),
    Column("plaats", String, nullable=False),
    Column("soort", String, nullable=False),
    Column("cluster", String),
    Column("bouwjaar", Integer),
    Column("vera", JSON),
    Index("eenheid_adres", "postcode", "huisnummer"),
)  # fmt: skip
overeenkomst = Table(
    "overeenkomst", metadata, _id(),
    Column("status", String, nullable=False),
    Column("begindatum", Date, nullable=False),
    Column("einddatum", Date),
    Column("brutohuur", Cents, nullable=False),
    Column("rekenhuur", Cents),
    Column("incasso", Boolean, nullable=False),
    Column("incassodag", Integer),
    Column("huur_herzieningsdatum", Date),
)  # fmt: skip
huurder = Table(
    "huurder", metadata,
    Column("overeenkomst", String, primary_key=True),
    Column("relatie", String, primary_key=True, index=True),
)  # fmt: skip
gehuurd = Table(
    "gehuurd", metadata,
    Column("overeenkomst", String, primary_key=True),
    Column("eenheid", String, primary_key=True, index=True),
)  # fmt: skip
prijscomponent = Table(
    "prijscomponent", metadata, _id(),
    Column("overeenkomst", String, nullable=False, index=True),
    Column("soort", String, nullable=False),
    Column("detail_soort", String, nullable=False),
    Column("naam", String, nullable=False),
    Column("bedrag", Cents, nullable=False),
    Column("begindatum", Date, nullable=False),
    Column("einddatum", Date),
    Column("wijzigingsreden", String, nullable=False),
)  # fmt: skip
boeking = Table(
    "boeking", metadata, _id(),
    Column("overeenkomst", String, nullable=False, index=True),
    Column("soort", String, nullable=False),
    Column("omschrijving", String, nullable=False),
    Column("bedrag", Cents, nullable=False),
    Column("saldo", Cents, nullable=False),
    Column("boekdatum", Date, nullable=False),
    Column("vervaldatum", Date),
)  # fmt: skip
betalingsregeling = Table(
    "betalingsregeling", metadata, _id(),
    Column("relatie", String, nullable=False, index=True),
    Column("status", String, nullable=False),
    Column("bedrag", Cents, nullable=False),
    Column("termijnbedrag", Cents, nullable=False),
    Column("termijnen_aantal", Integer, nullable=False),
    Column("begindatum", Date, nullable=False),
    Column("saldo", Cents, nullable=False),
)  # fmt: skip
onderhoudsverzoek = Table(
    "onderhoudsverzoek", metadata, _id(),
    Column("nummer", Integer, nullable=False, unique=True),
    Column("relatie", String, nullable=False, index=True),
    Column("eenheid", String, nullable=False),
    Column("omschrijving", String, nullable=False),
    Column("status", String, nullable=False),
    Column("melddatum", Moment, nullable=False),
    Column("defecten", JSON, nullable=False),
    Column("prioriteit", String, nullable=False),
    Column("bereikbaar", String, nullable=False, default=""),
    Column("voorkeur", String, nullable=False, default=""),
    Column("fotos", JSON, nullable=False, default=list),
)  # fmt: skip
afspraak = Table(
    "afspraak", metadata, _id(),
    Column("onderhoudsverzoek", String, nullable=False, index=True),
    Column("onderwerp", String, nullable=False),
    Column("status", String, nullable=False),
    Column("begin", Moment, nullable=False),
    Column("eind", Moment, nullable=False),
)  # fmt: skip
taken_block = Table(
    "taken_block", metadata,
    Column("begin", Moment, primary_key=True),
    Column("afspraak", String, nullable=False, unique=True),
)  # fmt: skip
contactmoment = Table(
    "contactmoment", metadata, _id(),
    Column("relatie", String, nullable=False, index=True),
    Column("onderwerp", String, nullable=False),
    Column("omschrijving", String, nullable=False),
    Column("kanaal", String, nullable=False),
    Column("richting", String, nullable=False),
    Column("datum", Moment, nullable=False),
)  # fmt: skip
zaak = Table(
    "zaak", metadata, _id(),
    Column("relatie", String, nullable=False, index=True),
    Column("nummer", Integer, nullable=False, unique=True),
    Column("zaaktype", String, nullable=False),
    Column("omschrijving", String, nullable=False),
    Column("toelichting", String, nullable=False, default=""),
    Column("open", Boolean, nullable=False),
    Column("begindatum", Moment, nullable=False),
    Column("uiterlijke_einddatum", Moment),
)  # fmt: skip
signalering = Table(
    "signalering", metadata, _id(),
    Column("relatie", String, nullable=False, index=True),
    Column("soort", String, nullable=False),
    Column("begindatum", Date, nullable=False),
)  # fmt: skip
written = Table(
    "written", metadata,
    Column("key", String, primary_key=True),
    Column("request", String, nullable=False),
    Column("made", String, nullable=False),
    UniqueConstraint("key"),
)  # fmt: skip
