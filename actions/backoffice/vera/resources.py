"""The paths of VERA that are used, each from one information domain or chain process."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Resource:
    """``domain`` is the name of the description, ``path`` its list, ``tag`` its name in scopes."""

    domain: str
    path: str
    tag: str
    written: bool = False
    """Whether we make or change them."""

    @property
    def scope(self) -> str:
        """The least that is needed, as the description names it."""
        return f"{self.domain}.{self.tag}.{'ReadWrite' if self.written else 'Read'}"

    def __str__(self) -> str:
        return f"{self.domain}/{self.path}"


NATUURLIJK_PERSONEN = Resource("Relaties", "natuurlijk-personen", "NatuurlijkPersonen")
RELATIE_ADRESSEN = Resource("Relaties", "relatie-adressen", "RelatieAdressen")
CONTACTGEGEVENS = Resource("Relaties", "contactgegevens", "Contactgegevens")
CONTACTMOMENTEN = Resource("Relaties", "contactmomenten", "Contactmomenten", written=True)
SIGNALERINGEN = Resource("Relaties", "signaleringen", "Signaleringen")
AFSPRAAK_OPTIES = Resource("Relaties", "afspraak-opties", "AfspraakOpties", written=True)

HUUROVEREENKOMSTEN = Resource("Overeenkomsten", "huurovereenkomsten", "Huurovereenkomsten")
PRIJSCOMPONENTEN = Resource("Overeenkomsten", "prijscomponenten", "Prijscomponenten")

EENHEDEN = Resource("Vastgoed", "eenheden", "Eenheden")
EENHEIDADRESSEN = Resource("Vastgoed", "eenheidadressen", "Eenheidadressen")
CLUSTERS = Resource("Vastgoed", "clusters", "Clusters")
RUIMTEN = Resource("Vastgoed", "ruimten", "Ruimten")
BOUWKUNDIG_ELEMENTEN = Resource("Vastgoed", "bouwkundig-elementen", "BouwkundigElementen")
PANDEN = Resource("Vastgoed", "panden", "Panden")
WOZ_EENHEDEN = Resource("Vastgoed", "woz-eenheden", "WozEenheden")

DEBITEUREN = Resource("Financien", "debiteuren", "Debiteuren")
BOEKINGEN = Resource("Financien", "boekingen", "Boekingen")
BETALINGSREGELINGEN = Resource("Financien", "betalingsregelingen", "Betalingsregelingen")
TERMIJNEN = Resource("Financien", "betalingsregeling-termijnen", "BetalingsregelingTermijnen")
BETAALWIJZEN = Resource("Financien", "betaalwijzen", "Betaalwijzen")

ONDERHOUDSVERZOEKEN = Resource("OHD", "onderhoudsverzoeken", "Onderhoudsverzoeken", written=True)
AFSPRAKEN = Resource("OHD", "afspraken", "Afspraken", written=True)

ZAKEN = Resource("BDO", "zaken", "Zaken", written=True)
ZAAKROLLEN = Resource("Dossier", "zaakrollen", "Zaakrollen")

RESOURCES = (
    NATUURLIJK_PERSONEN,
    RELATIE_ADRESSEN,
    CONTACTGEGEVENS,
    CONTACTMOMENTEN,
    SIGNALERINGEN,
    AFSPRAAK_OPTIES,
    HUUROVEREENKOMSTEN,
    PRIJSCOMPONENTEN,
    EENHEDEN,
    EENHEIDADRESSEN,
    CLUSTERS,
    RUIMTEN,
    BOUWKUNDIG_ELEMENTEN,
    PANDEN,
    WOZ_EENHEDEN,
    DEBITEUREN,
    BOEKINGEN,
    BETALINGSREGELINGEN,
    TERMIJNEN,
    BETAALWIJZEN,
    ONDERHOUDSVERZOEKEN,
    AFSPRAKEN,
    ZAKEN,
    ZAAKROLLEN,
)
"""No path is used from two domains, so that all of them may stand under one address."""

DOMAINS = tuple(dict.fromkeys(one.domain for one in RESOURCES))


def scopes(of: Iterable[Resource] = RESOURCES) -> str:
    """What to ask a token for: these resources and nothing more."""
    return " ".join(sorted({one.scope for one in of}))
