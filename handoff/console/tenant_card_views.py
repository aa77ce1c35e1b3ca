"""From VERA's values to what the tenant card shows. Pure."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from datetime import date, datetime
from typing import Any

from actions.backoffice.values import (
    Afspraak,
    Betalingsregeling,
    Boeking,
    Contactgegeven,
    Contactmoment,
    Eenheid,
    Huurovereenkomst,
    Onderhoudsverzoek,
    Relatie,
    Signalering,
    Zaak,
)
from handoff.clock import AMSTERDAM
from handoff.console import tenant_card_schemas as s
from handoff.console.schemas import PromiseView
from handoff.console.tenant_card import About, AtClose, Card, Loaded, Part


def card_view(card: Card, at_close: AtClose, now: datetime) -> s.TenantCardView:
    """``now`` is aware UTC."""
    parts = {part.value: _part(part, found, now) for part, found in card.parts.items()}
    return s.TenantCardView(
        connected=card.connected,
        at_close=at_close,
        about=about_view(card.about, now),
        promises=[PromiseView(text=one.text, due_at=one.due_at) for one in card.promises],
        **parts,
    )


def about_view(about: About | None, now: datetime) -> s.AboutView | None:
    if about is None:
        return None
    proven = about.proven
    return s.AboutView(
        relatie=about.relatie,
        by="staff" if about.by_staff else "tenant",
        level=int(proven.level) if proven else 0,
        until=proven.until if proven else None,
        holds=proven.holds(now) if proven else False,
        differs=about.differs,
    )


def flags_view(found: Loaded) -> s.FlagsPart:
    flags: Iterable[Signalering] | None = found.value
    if flags is None:
        return s.FlagsPart.model_validate({"state": found.state.value})
    views = [s.FlagView(kind=one.soort, since=one.begindatum) for one in flags]
    return s.FlagsPart(state="ready", flags=views)


def person_found(relatie: Relatie) -> s.FoundPerson:
    return s.FoundPerson(
        relatie=relatie.id, name=relatie.aanschrijfnaam, born=relatie.geboortedatum
    )


def _part(part: Part, found: Loaded, now: datetime) -> Any:
    model, shown = _PARTS[part]
    state = found.state.value
    return model(state=state, **(shown(found.value, now) if found.value is not None else {}))


def _person(one: Relatie, _: datetime) -> dict[str, Any]:
    view = s.TenantView(
        name=one.aanschrijfnaam,
        first_name=one.roepnaam,
        born=one.geboortedatum,
        language=one.voorkeurstaal,
        died=one.overlijdensdatum,
    )
    return {"person": view}


def _details(found: Iterable[Contactgegeven], _: datetime) -> dict[str, Any]:
    """What is confidential is not shown to staff either."""
    shown = (one for one in found if not one.vertrouwelijk)
    views = [
        s.DetailView(kind=one.soort, value=one.waarde, mobile=one.mobiel, preferred=one.voorkeur)
        for one in shown
    ]
    return {"details": views}


def _homes(found: Iterable[Eenheid], _: datetime) -> dict[str, Any]:
    return {"homes": [_home(one) for one in found]}


def _home(one: Eenheid) -> s.HomeView:
    adres = one.adres
    number = " ".join(filter(None, (str(adres.huisnummer), adres.toevoeging)))
    return s.HomeView(
        id=one.id,
        kind=one.soort,
        street=adres.straat,
        number=number,
        postcode=adres.postcode,
        place=adres.plaats,
        built=one.bouwjaar,
    )


def _contracts(found: Iterable[Huurovereenkomst], now: datetime) -> dict[str, Any]:
    today = now.astimezone(AMSTERDAM).date()
    return {"contracts": [_contract(one, today) for one in found]}


def _contract(one: Huurovereenkomst, today: date) -> s.ContractView:
    parts = (each for each in one.prijscomponenten if not each.einddatum or each.einddatum >= today)
    prices = [
        s.PriceView(
            kind=each.soort,
            name=each.naam,
            amount=each.bedrag,
            begins=each.begindatum,
            ends=each.einddatum,
        )
        for each in sorted(parts, key=lambda each: each.begindatum > today)
    ]
    return s.ContractView(
        id=one.id,
        status=one.status,
        runs=one.loopt,
        begins=one.begindatum,
        ends=one.einddatum,
        rent=one.brutohuur,
        collected=one.incasso,
        collect_day=one.incassodag,
        prices=prices,
    )


def _account(found: Any, _: datetime) -> dict[str, Any]:
    bookings: Iterable[Boeking] = found.boekingen
    items = [_booking(one) for one in bookings if one.saldo]
    return {"balance": found.saldo, "open_items": items}


def _booking(one: Boeking) -> s.BookingView:
    return s.BookingView(
        kind=one.soort,
        text=one.omschrijving,
        amount=one.bedrag,
        open=one.saldo,
        booked=one.boekdatum,
        due=one.vervaldatum,
    )


def _plans(found: Iterable[Betalingsregeling], _: datetime) -> dict[str, Any]:
    views = [
        s.PlanView(
            status=one.status,
            amount=one.bedrag,
            monthly=one.termijnbedrag,
            terms=one.termijnen_aantal,
            begins=one.begindatum,
            left=one.saldo,
        )
        for one in found
    ]
    return {"plans": views}


def _repairs(found: Iterable[Onderhoudsverzoek], _: datetime) -> dict[str, Any]:
    return {"repairs": [_repair(one) for one in found]}


def _repair(one: Onderhoudsverzoek) -> s.RepairView:
    return s.RepairView(
        id=one.id,
        number=one.code,
        text=one.omschrijving,
        status=one.status,
        open=one.open,
        priority=one.prioriteit,
        reported=one.melddatum,
        appointments=[_appointment(each) for each in one.afspraken],
    )


def _appointment(one: Afspraak) -> s.AppointmentView:
    return s.AppointmentView(id=one.id, status=one.status, begins=one.begin, ends=one.eind)


def _contacts(found: Iterable[Contactmoment], _: datetime) -> dict[str, Any]:
    views = [
        s.ContactView(
            subject=one.onderwerp,
            text=one.omschrijving,
            channel=one.kanaal,
            direction=one.richting,
            at=one.datum,
        )
        for one in sorted(found, key=lambda one: one.datum, reverse=True)
    ]
    return {"contacts": views}


def _cases(found: Iterable[Zaak], _: datetime) -> dict[str, Any]:
    views = [
        s.CaseView(
            number=one.code,
            kind=one.zaaktype,
            text=one.omschrijving,
            open=one.open,
            begins=one.begindatum,
            due=one.uiterlijke_einddatum,
        )
        for one in found
    ]
    return {"cases": views}


_Shown = Callable[[Any, datetime], dict[str, Any]]
_PARTS: Mapping[Part, tuple[Callable[..., Any], _Shown]] = {
    Part.PERSON: (s.PersonPart, _person),
    Part.DETAILS: (s.DetailsPart, _details),
    Part.HOMES: (s.HomesPart, _homes),
    Part.CONTRACTS: (s.ContractsPart, _contracts),
    Part.ACCOUNT: (s.AccountPart, _account),
    Part.PLANS: (s.PlansPart, _plans),
    Part.REPAIRS: (s.RepairsPart, _repairs),
    Part.CONTACTS: (s.ContactsPart, _contacts),
    Part.CASES: (s.CasesPart, _cases),
}
