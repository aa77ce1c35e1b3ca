"""What a back office tells and takes, in VERA's words and codes (VERA 4.3, Aedes).

Only what the product uses. Money is Decimal euros; moments are aware UTC; codes are those of
VERA's reference data, kept as text because a corporation may add its own. BSN, IBAN, income and
health are not here and are never asked for.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from actions.backoffice.verification import RelatieId


@dataclass(frozen=True, slots=True)
class Adres:
    postcode: str
    """Without a space, upper case: ``1234AB``."""
    huisnummer: int
    toevoeging: str = ""
    """Letter and addition together, upper case, without spaces."""
    straat: str = ""
    plaats: str = ""


@dataclass(frozen=True, slots=True)
class Claim:
    """Who somebody says to be."""

    postcode: str
    huisnummer: int
    geboortedatum: date
    toevoeging: str = ""


@dataclass(frozen=True, slots=True)
class Contactgegeven:
    """``soort`` TEL (``mobiel`` when an SMS can go there) or EMA."""

    id: str
    soort: str
    waarde: str
    mobiel: bool = False
    voorkeur: bool = False
    vertrouwelijk: bool = False
    """Not to be used or shown (VERA vertrouwelijkheid)."""


@dataclass(frozen=True, slots=True)
class Relatie:
    id: RelatieId
    aanschrijfnaam: str
    """"mevrouw S. de Vries"."""
    roepnaam: str = ""
    achternaam: str = ""
    geboortedatum: date | None = None
    voorkeurstaal: str = ""
    overlijdensdatum: date | None = None


@dataclass(frozen=True, slots=True)
class Eenheid:
    """A home, or a parking place or storage. ``soort`` is VERA's EENHEIDSOORT; ``cluster`` is the
    complex it belongs to."""

    id: str
    adres: Adres
    soort: str = "WOO"
    cluster: str | None = None
    bouwjaar: int | None = None


@dataclass(frozen=True, slots=True)
class Prijscomponent:
    """One part of the rent. ``soort`` e.g. NET or SER, ``detail_soort`` e.g. KAL or SCH."""

    soort: str
    detail_soort: str
    naam: str
    bedrag: Decimal
    begindatum: date
    einddatum: date | None = None
    wijzigingsreden: str = ""


@dataclass(frozen=True, slots=True)
class Huurovereenkomst:
    """``status`` is VERA's OVEREENKOMSTSTATUS; LOP runs."""

    id: str
    status: str
    begindatum: date
    einddatum: date | None
    eenheden: tuple[str, ...]
    relaties: tuple[RelatieId, ...]
    brutohuur: Decimal
    rekenhuur: Decimal | None
    prijscomponenten: tuple[Prijscomponent, ...]
    """All parts, also those that ended and those that begin later."""
    incasso: bool = False
    """Whether the rent is collected by direct debit."""
    incassodag: int | None = None
    """Day of the month on which it is collected or must be paid."""
    huur_herzieningsdatum: date | None = None

    @property
    def loopt(self) -> bool:
        return self.status in ("LOP", "OPG", "VOP")


@dataclass(frozen=True, slots=True)
class Boeking:
    """One line of the rent account: ``soort`` VOR (due), ONT (received), SKS (settlement of
    service costs) or UIT (paid back). ``saldo`` is what is still open of it."""

    id: str
    soort: str
    omschrijving: str
    bedrag: Decimal
    saldo: Decimal
    boekdatum: date
    vervaldatum: date | None = None
    overeenkomst: str | None = None


@dataclass(frozen=True, slots=True)
class Debiteur:
    """``saldo`` above zero is owed by the tenant, below zero is owed to the tenant."""

    id: str
    saldo: Decimal
    boekingen: tuple[Boeking, ...]


@dataclass(frozen=True, slots=True)
class Betalingsregeling:
    """``status`` is VERA's BETALINGSREGELINGSTATUS; ACT runs."""

    id: str
    status: str
    bedrag: Decimal
    termijnbedrag: Decimal
    termijnen_aantal: int
    begindatum: date
    saldo: Decimal


@dataclass(frozen=True, slots=True)
class Defect:
    """VERA's DEFECTSOORT and DEFECTLOCATIE, and the words of the tenant."""

    soort: str
    locatie: str
    omschrijving: str


@dataclass(frozen=True, slots=True)
class Afspraak:
    """``status`` is VERA's AFSPRAAKSTATUS; AAN asked for, GEP planned."""

    id: str
    onderhoudsverzoek: str
    onderwerp: str
    status: str
    begin: datetime
    eind: datetime


@dataclass(frozen=True, slots=True)
class AfspraakOptie:
    """A block of time that is still free."""

    id: str
    onderhoudsverzoek: str
    begin: datetime
    eind: datetime


@dataclass(frozen=True, slots=True)
class Onderhoudsverzoek:
    """``status`` is VERA's ONDERHOUDSVERZOEKSTATUS: REG, BEO, INB, TEC, FIN, AFG or GEA."""

    id: str
    code: str
    """The number that a tenant may name."""
    eenheid: str
    omschrijving: str
    status: str
    melddatum: datetime
    defecten: tuple[Defect, ...]
    prioriteit: str = "normaal"
    """``spoed``, ``voorrang`` or ``normaal``."""
    afspraken: tuple[Afspraak, ...] = ()

    @property
    def open(self) -> bool:
        return self.status in ("REG", "BEO", "INB")


@dataclass(frozen=True, slots=True)
class NewOnderhoudsverzoek:
    """A repair to register. ``fotos`` are our own ids of photos in the conversation."""

    eenheid: str
    omschrijving: str
    defecten: tuple[Defect, ...]
    prioriteit: str = "normaal"
    bereikbaar: str = ""
    voorkeur: str = ""
    """When the tenant is at home, in the tenant's words."""
    fotos: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Contactmoment:
    """What was said. ``kanaal`` is COMMUNICATIEKANAAL, ``richting`` INK or UIT."""

    id: str
    onderwerp: str
    omschrijving: str
    kanaal: str
    richting: str
    datum: datetime


@dataclass(frozen=True, slots=True)
class NewContactmoment:
    onderwerp: str
    omschrijving: str
    kanaal: str
    richting: str = "INK"


@dataclass(frozen=True, slots=True)
class Zaak:
    """``zaaktype`` is VERA's ZAAKTYPESOORT with detail, e.g. ``FIN.BET``."""

    id: str
    code: str
    zaaktype: str
    omschrijving: str
    open: bool
    begindatum: datetime
    uiterlijke_einddatum: datetime | None = None


@dataclass(frozen=True, slots=True)
class NewZaak:
    zaaktype: str
    omschrijving: str
    toelichting: str = ""


@dataclass(frozen=True, slots=True)
class Signalering:
    """A flag such as AGR or SCH. For staff with the right role only; never for the assistant."""

    id: str
    soort: str
    begindatum: date


@dataclass(frozen=True, slots=True)
class Waardering:
    """The home as VERA's EenhedenEenheid (JSON), for the ``woningwaardering`` package."""

    eenheid: Mapping[str, Any]
    kale_huur: Decimal | None
