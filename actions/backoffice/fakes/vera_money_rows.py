"""Rent accounts and payment plans, as VERA tells them."""

from __future__ import annotations

from actions.backoffice.fakes.vera_store import Store
from actions.backoffice.values import Betalingsregeling, Debiteur, Relatie
from actions.backoffice.vera.resources import (
    BETALINGSREGELINGEN,
    BOEKINGEN,
    DEBITEUREN,
    HUUROVEREENKOMSTEN,
    NATUURLIJK_PERSONEN,
    TERMIJNEN,
)


def put_account(store: Store, who: Relatie, account: Debiteur) -> None:
    fields = {
        "id": account.id,
        "soort": {"code": "HUU"},
        "relatie": store.reference(NATUURLIJK_PERSONEN, who.id),
        "saldo": float(account.saldo),
        "boekingen": [{"id": one.id} for one in account.boekingen],
    }
    store.put(DEBITEUREN, fields)
    for one in account.boekingen:
        booking = {
            "id": one.id,
            "soort": {"code": one.soort},
            "omschrijving": one.omschrijving,
            "bedrag": float(one.bedrag),
            "saldo": float(one.saldo),
            "boekdatum": one.boekdatum.isoformat(),
            "debiteur": {"id": account.id},
        }
        if one.vervaldatum:
            booking["vervaldatum"] = one.vervaldatum.isoformat()
        if one.overeenkomst:
            booking["overeenkomst"] = store.reference(HUUROVEREENKOMSTEN, one.overeenkomst)
        store.put(BOEKINGEN, booking)


def put_plan(store: Store, account: Debiteur, plan: Betalingsregeling, contract: str) -> None:
    term = {"id": f"{plan.id}-1", "bedrag": float(plan.termijnbedrag)}
    store.put(TERMIJNEN, term)
    fields = {
        "id": plan.id,
        "status": {"code": plan.status},
        "bedrag": float(plan.bedrag),
        "termijnenAantal": plan.termijnen_aantal,
        "termijnen": [{"id": term["id"]}],
        "begindatum": plan.begindatum.isoformat(),
        "saldo": float(plan.saldo),
        "debiteur": {"id": account.id},
        "overeenkomst": store.reference(HUUROVEREENKOMSTEN, contract),
    }
    store.put(BETALINGSREGELINGEN, fields)
