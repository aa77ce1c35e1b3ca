"""Puts tenants, told in the product's own values, into the VERA server as VERA tells them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from actions.backoffice.fakes.vera_case_rows import (
    put_case,
    put_contactmoment,
    put_options,
    put_repair,
)
from actions.backoffice.fakes.vera_money_rows import put_account, put_plan
from actions.backoffice.fakes.vera_store import Fields, Store
from actions.backoffice.fakes.vera_words import code, filled, keys, midnight
from actions.backoffice.fakes.vera_words import tenant as key_of
from actions.backoffice.values import (
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
    Zaak,
)
from actions.backoffice.vera.resources import (
    CLUSTERS,
    CONTACTGEGEVENS,
    EENHEDEN,
    EENHEIDADRESSEN,
    HUUROVEREENKOMSTEN,
    NATUURLIJK_PERSONEN,
    ONDERHOUDSVERZOEKEN,
    PRIJSCOMPONENTEN,
    RELATIE_ADRESSEN,
    SIGNALERINGEN,
)

_INVENTED_BSN = "999999990"
_MOBILE = "MOB"


@dataclass(frozen=True, slots=True)
class Tenant:
    """All that is put of one tenant. Homes and contracts may be those of another tenant too."""

    relatie: Relatie
    eenheden: Sequence[Eenheid] = ()
    overeenkomsten: Sequence[Huurovereenkomst] = ()
    contactgegevens: Sequence[Contactgegeven] = ()
    debiteur: Debiteur | None = None
    regelingen: Sequence[Betalingsregeling] = ()
    verzoeken: Sequence[Onderhoudsverzoek] = ()
    opties: Sequence[AfspraakOptie] = ()
    contacten: Sequence[Contactmoment] = ()
    zaken: Sequence[Zaak] = ()
    signaleringen: Sequence[Signalering] = ()


def put(store: Store, tenant: Tenant) -> None:
    for home in tenant.eenheden:
        _put_home(store, home)
    for contract in tenant.overeenkomsten:
        _put_contract(store, contract)
        _put_residence(store, tenant.relatie, contract)
    for one in tenant.contactgegevens:
        store.put(CONTACTGEGEVENS, _contact(tenant.relatie, one))
    if tenant.debiteur is not None:
        put_account(store, tenant.relatie, tenant.debiteur)
        for plan in tenant.regelingen:
            contract_id = tenant.overeenkomsten[0].id
            put_plan(store, tenant.debiteur, plan, contract_id)
    for repair in tenant.verzoeken:
        put_repair(store, tenant.relatie, repair)
    put_options(store, tenant.opties)
    for moment in tenant.contacten:
        put_contactmoment(store, tenant.relatie, moment)
    for case in tenant.zaken:
        put_case(store, tenant.relatie, case)
    for flag in tenant.signaleringen:
        fields = {
            "id": flag.id,
            "soort": code(flag.soort),
            "begindatum": midnight(flag.begindatum),
        }
        store.put(SIGNALERINGEN, fields)
    store.put(NATUURLIJK_PERSONEN, _person(store, tenant))


def _person(store: Store, tenant: Tenant) -> Fields:
    who = tenant.relatie
    visits = [visit for one in tenant.verzoeken for visit in one.afspraken]
    return filled(
        {
            "id": who.id,
            "soort": code("NAT"),
            "bsn": _INVENTED_BSN,
            "inkomens": [{"id": f"inkomen-{who.id}"}],
            "aanschrijfnaam": who.aanschrijfnaam,
            "roepnaam": who.roepnaam,
            "achternaam": who.achternaam,
            "geboortedatum": who.geboortedatum and who.geboortedatum.isoformat(),
            "overlijdensdatum": who.overlijdensdatum and who.overlijdensdatum.isoformat(),
            "voorkeurstaal": code(who.voorkeurstaal) if who.voorkeurstaal else None,
            "contactgegevens": keys(tenant.contactgegevens),
            "contactmomenten": keys(tenant.contacten),
            "signaleringen": keys(tenant.signaleringen),
            "afspraken": keys(visits),
            "overeenkomsten": [
                store.reference(HUUROVEREENKOMSTEN, one.id) for one in tenant.overeenkomsten
            ],
            "onderhoudsverzoeken": [
                store.reference(ONDERHOUDSVERZOEKEN, one.id) for one in tenant.verzoeken
            ],
        }
    )


def _put_home(store: Store, home: Eenheid) -> None:
    place = home.adres
    address = {
        "id": f"adres-{home.id}",
        "soort": code("EEN"),
        "straatnaam": place.straat,
        "huisnummer": str(place.huisnummer),
        "huisnummerToevoeging": place.toevoeging,
        "postcode": place.postcode,
        "woonplaats": {"id": f"plaats-{place.plaats}", "naam": place.plaats},
    }
    store.put(EENHEIDADRESSEN, address)
    fields: Fields = {
        "id": home.id,
        "soort": code(home.soort),
        "adres": {"id": address["id"]},
        "clusters": [{"id": home.cluster}] if home.cluster else None,
        "bouwjaar": home.bouwjaar,
    }
    store.put(EENHEDEN, filled(fields))
    if home.cluster:
        store.put(CLUSTERS, {"id": home.cluster, "soort": code("OND"), "naam": "complex"})


def _put_contract(store: Store, contract: Huurovereenkomst) -> None:
    parts = []
    for number, part in enumerate(contract.prijscomponenten):
        fields = {
            "id": f"{contract.id}-{number}",
            "soort": code(part.soort),
            "detailSoort": code(part.detail_soort),
            "naam": part.naam,
            "bedrag": float(part.bedrag),
            "begindatum": midnight(part.begindatum),
            "einddatum": part.einddatum and midnight(part.einddatum),
            "wijzigingsreden": code(part.wijzigingsreden) if part.wijzigingsreden else None,
            "overeenkomst": {"id": contract.id, "soort": code("HUU")},
            "eenheid": store.reference(EENHEDEN, contract.eenheden[0]),
        }
        parts.append(store.put(PRIJSCOMPONENTEN, filled(fields)))
    day = contract.incassodag
    fields = {
        "id": contract.id,
        "soort": code("HUU"),
        "status": code(contract.status),
        "begindatum": contract.begindatum.isoformat(),
        "einddatum": contract.einddatum and contract.einddatum.isoformat(),
        "eenheden": [store.reference(EENHEDEN, one) for one in contract.eenheden],
        "relaties": [store.reference(NATUURLIJK_PERSONEN, one) for one in contract.relaties],
        "brutohuur": float(contract.brutohuur),
        "rekenhuur": None if contract.rekenhuur is None else float(contract.rekenhuur),
        "prijscomponenten": [{"id": one["id"]} for one in parts],
        "incassowijze": code("INC" if contract.incasso else "HND"),
        "incassomoment": code(f"{day:03}") if day else None,
        "huurHerzieningsdatum": contract.huur_herzieningsdatum
        and contract.huur_herzieningsdatum.isoformat(),
    }
    store.put(HUUROVEREENKOMSTEN, filled(fields))


def _put_residence(store: Store, who: Relatie, contract: Huurovereenkomst) -> None:
    for home in contract.eenheden:
        fields = {
            "id": f"woont-{who.id}-{contract.id}-{home}",
            "soort": code("WOO"),
            "begindatum": contract.begindatum.isoformat(),
            "einddatum": contract.einddatum and contract.einddatum.isoformat(),
            "adres": store.reference(EENHEIDADRESSEN, f"adres-{home}"),
            "relatie": key_of(who),
        }
        store.put(RELATIE_ADRESSEN, filled(fields))


def _contact(who: Relatie, one: Contactgegeven) -> Fields:
    fields = {
        "id": one.id,
        "soort": code(_MOBILE if one.mobiel else one.soort),
        "waarde": f"0{one.waarde.removeprefix('+31')}" if one.soort == "TEL" else one.waarde,
        "voorkeur": code("EER") if one.voorkeur else None,
        "vertrouwelijkheid": code("GEH") if one.vertrouwelijk else None,
        "relatie": key_of(who),
    }
    return filled(fields)
