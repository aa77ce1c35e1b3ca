"""What the back office in memory keeps of one tenant, and what is done with it."""

from __future__ import annotations

from dataclasses import dataclass, field, replace

from actions.backoffice.errors import NotFound
from actions.backoffice.values import (
    Afspraak,
    AfspraakOptie,
    Betalingsregeling,
    Contactgegeven,
    Contactmoment,
    Debiteur,
    Eenheid,
    Huurovereenkomst,
    Onderhoudsverzoek,
    Relatie,
    Signalering,
    Waardering,
    Zaak,
)

PLANNED = ("AAN", "GEP")


@dataclass(slots=True)
class Dossier:
    """All that is kept of one tenant."""

    relatie: Relatie
    eenheden: tuple[Eenheid, ...] = ()
    overeenkomsten: tuple[Huurovereenkomst, ...] = ()
    contactgegevens: tuple[Contactgegeven, ...] = ()
    debiteur: Debiteur | None = None
    regelingen: tuple[Betalingsregeling, ...] = ()
    verzoeken: list[Onderhoudsverzoek] = field(default_factory=list)
    contacten: list[Contactmoment] = field(default_factory=list)
    zaken: list[Zaak] = field(default_factory=list)
    signaleringen: tuple[Signalering, ...] = ()
    waardering: Waardering | None = None


def plain(addition: str) -> str:
    return "".join(one for one in addition if one.isalnum()).upper()


def ended_visit(visit: Afspraak) -> Afspraak:
    return replace(visit, status="ANN") if visit.status in PLANNED else visit


def lives_at(one: Dossier, postcode: str, huisnummer: int) -> bool:
    return any(
        (each.adres.postcode, each.adres.huisnummer) == (postcode, huisnummer)
        for each in one.eenheden
    )


def repair_of(mine: Dossier, id: str) -> Onderhoudsverzoek:
    found = next((each for each in mine.verzoeken if each.id == id), None)
    if found is None:
        raise NotFound("onderhoudsverzoek")
    return found


def put_repair(mine: Dossier, changed: Onderhoudsverzoek) -> Onderhoudsverzoek:
    mine.verzoeken = [changed if each.id == changed.id else each for each in mine.verzoeken]
    return changed


def planned(mine: Dossier, chosen: AfspraakOptie) -> Afspraak:
    verzoek = repair_of(mine, chosen.onderhoudsverzoek)
    before = tuple(
        replace(each, status="ANN") if each.status == "GEP" else each for each in verzoek.afspraken
    )
    made = Afspraak(
        f"afspraak-{chosen.id}", verzoek.id, verzoek.omschrijving, "GEP", chosen.begin, chosen.eind
    )
    put_repair(mine, replace(verzoek, afspraken=(*before, made)))
    return made


def called_off(mine: Dossier, id: str) -> Afspraak:
    for verzoek in mine.verzoeken:
        for each in verzoek.afspraken:
            if each.id == id:
                ended = replace(each, status="ANN")
                rest = tuple(ended if one.id == id else one for one in verzoek.afspraken)
                put_repair(mine, replace(verzoek, afspraken=rest))
                return ended
    raise NotFound("afspraak")
