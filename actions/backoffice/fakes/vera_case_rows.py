"""Repairs, appointments, contacts and cases, as VERA tells them."""

from __future__ import annotations

from collections.abc import Iterable

from actions.backoffice.fakes.vera_store import Fields, Store
from actions.backoffice.fakes.vera_words import block, code, filled, instant, tenant
from actions.backoffice.values import (
    Afspraak,
    AfspraakOptie,
    Contactmoment,
    Onderhoudsverzoek,
    Relatie,
    Zaak,
)
from actions.backoffice.vera.resources import (
    AFSPRAAK_OPTIES,
    AFSPRAKEN,
    CONTACTMOMENTEN,
    NATUURLIJK_PERSONEN,
    ONDERHOUDSVERZOEKEN,
    ZAAKROLLEN,
    ZAKEN,
)


def put_repair(store: Store, who: Relatie, repair: Onderhoudsverzoek) -> None:
    store.put(ONDERHOUDSVERZOEKEN, _repair(who, repair))
    for visit in repair.afspraken:
        store.put(AFSPRAKEN, _visit(who, visit))


def put_options(store: Store, options: Iterable[AfspraakOptie]) -> None:
    for option in options:
        fields = {
            "id": option.id,
            "onderhoudsverzoek": store.reference(ONDERHOUDSVERZOEKEN, option.onderhoudsverzoek),
            **block(option.begin, option.eind),
        }
        store.put(AFSPRAAK_OPTIES, fields)


def _repair(who: Relatie, repair: Onderhoudsverzoek) -> Fields:
    return {
        "id": repair.id,
        "code": repair.code,
        "omschrijving": repair.omschrijving,
        "onderhoudSoort": code("REP"),
        "status": code(repair.status),
        "melddatum": instant(repair.melddatum),
        "eenheid": {"id": repair.eenheid},
        "relaties": [tenant(who)],
        "defecten": [
            {
                "id": f"{repair.id}-{number}",
                "soort": code(one.soort),
                "locatie": code(one.locatie),
                "omschrijving": one.omschrijving,
            }
            for number, one in enumerate(repair.defecten)
        ],
        "extra-attributen": [{"naam": "prioriteit", "waarde": repair.prioriteit}],
    }


def _visit(who: Relatie, visit: Afspraak) -> Fields:
    return {
        "id": visit.id,
        "onderwerp": visit.onderwerp,
        "status": code(visit.status),
        "onderhoudsverzoek": {"id": visit.onderhoudsverzoek},
        "relaties": [tenant(who)],
        **block(visit.begin, visit.eind),
    }


def put_contactmoment(store: Store, who: Relatie, one: Contactmoment) -> None:
    store.put(CONTACTMOMENTEN, _contactmoment(who, one))


def _contactmoment(who: Relatie, one: Contactmoment) -> Fields:
    return {
        "id": one.id,
        "onderwerp": one.onderwerp,
        "omschrijving": one.omschrijving,
        "kanaal": code(one.kanaal),
        "richting": code(one.richting),
        "datum": instant(one.datum),
        "relaties": [tenant(who)],
    }


def put_case(store: Store, who: Relatie, case: Zaak) -> None:
    kind, _, detail = case.zaaktype.partition(".")
    last = case.uiterlijke_einddatum
    when = instant(case.begindatum)
    fields = {
        "id": case.id,
        "code": case.code,
        "omschrijving": case.omschrijving,
        "begindatum": when,
        "uiterlijkeEinddatum": last and instant(last),
        "zaaktype": filled(
            {
                "code": case.zaaktype,
                "soort": code(kind),
                "detailSoort": code(detail) if detail else None,
            }
        ),
        "zaakstatussen": [
            {"soort": code("AAN"), "begindatum": when},
            *(
                []
                if case.open
                else [{"soort": code("AFG"), "begindatum": instant(case.begindatum)}]
            ),
        ],
        "einddatum": None if case.open else when,
    }
    store.put(ZAKEN, filled(fields))
    role = {
        "id": f"{case.id}-rol",
        "soort": code("MEL"),
        "relatie": store.reference(NATUURLIJK_PERSONEN, who.id),
        "zaak": [{"id": case.id}],
    }
    store.put(ZAAKROLLEN, role)
