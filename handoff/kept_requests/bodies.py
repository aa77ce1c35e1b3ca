"""A request as JSON and back, and how each kind of request is done."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict
from typing import Any

from actions.backoffice.port import BackOffice
from actions.backoffice.values import Defect, NewContactmoment, NewOnderhoudsverzoek, NewZaak
from actions.backoffice.verification import Verification
from handoff.ledger.kept_requests import KeptRequest

REPAIR, CASE, CONTACT = "repair", "case", "contact"
"""A contact moment is asked by staff only, and tenants hear nothing of it."""


New = NewOnderhoudsverzoek | NewZaak | NewContactmoment


class Unreadable(Exception):
    """A person has to read what it is."""


def kind_of(new: New) -> str:
    if isinstance(new, NewOnderhoudsverzoek):
        return REPAIR
    return CASE if isinstance(new, NewZaak) else CONTACT


def body_of(new: New) -> Mapping[str, Any]:
    """What a kind needs to be done later, as JSON."""
    return asdict(new)


async def done(office: BackOffice, who: Verification, request: KeptRequest) -> str:
    """Do it, with the key it was first asked with; gives the number it got.

    Raises:
        BackOfficeDown, NotFound, NotAllowed: it is not known to be done.
        Unreadable: nothing was asked of the back office.
    """
    new = new_of(request)
    if isinstance(new, NewOnderhoudsverzoek):
        return (await office.create_onderhoudsverzoek(who, new, request.key)).code
    if isinstance(new, NewZaak):
        return (await office.create_zaak(who, new, request.key)).code
    await office.create_contactmoment(who, new, request.key)
    return ""


def new_of(request: KeptRequest) -> New:
    """The request as it was asked.

    Raises:
        Unreadable: another release kept it, with parts that this one does not know.
    """
    try:
        if request.kind == REPAIR:
            return _repair(request.body)
        if request.kind == CASE:
            return NewZaak(**request.body)
        if request.kind == CONTACT:
            return NewContactmoment(**request.body)
    except (KeyError, TypeError) as other:
        raise Unreadable(request.kind) from other
    raise Unreadable(request.kind)


def what_of(request: KeptRequest) -> str:
    """The request in a line, for staff."""
    line = "onderwerp" if request.kind == CONTACT else "omschrijving"
    return str(request.body.get(line, ""))


def _repair(body: Mapping[str, Any]) -> NewOnderhoudsverzoek:
    defects = tuple(Defect(**each) for each in body["defecten"])
    parts = {**body, "defecten": defects, "fotos": tuple(body["fotos"])}
    return NewOnderhoudsverzoek(**parts)
