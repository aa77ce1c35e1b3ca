"""Console: what staff ask of the back office for a tenant.

No postponed annotations here: FastAPI must see what `Staff` depends on.
"""

from collections.abc import Awaitable, Callable
from enum import Enum
from typing import Annotated

from fastapi import APIRouter, Depends, Query

from actions.backoffice.values import Defect, NewContactmoment, NewOnderhoudsverzoek, NewZaak
from handoff.clean_text import clean_text
from handoff.console import tenant_card_forms as f
from handoff.console import tenant_card_schemas as s
from handoff.console.given import client_id
from handoff.console.sessions import StaffSessions
from handoff.console.tenant_card import TenantCard
from handoff.console.tenant_card_prepared import photos_of, prepared
from handoff.console.tenant_card_requests import Done, Request, RequestWork
from handoff.console.work import found
from handoff.http_errors import ApiError, error_responses
from handoff.ledger import Ledger
from handoff.model import Agent, ConversationId

_CASES = {"payment_plan": "FIN.BET", "complaint": "ORG"}
"""VERA's ZAAKTYPESOORT, and its detail."""


def add_request_routes(
    routes: APIRouter,
    card: TenantCard,
    sessions: StaffSessions,
    talk: Callable[[str, Agent], Awaitable[ConversationId]],
) -> None:
    """``talk`` reads the conversation in the address, for staff only."""
    Staff = Annotated[Agent, Depends(sessions.agent)]
    Talk = Annotated[ConversationId, Depends(talk)]
    tags: list[str | Enum] = ["console: tenant card"]
    work, at = RequestWork(card), "/conversations/{id}/tenant-card"
    errors = error_responses(404, 409)

    @routes.get(f"{at}/prepared", tags=tags, responses=errors)
    async def prepare(id: Talk, agent: Staff) -> f.PreparedView:
        """What the forms begin with: the tenant's own report, photos and words."""

        def read(ledger: Ledger) -> f.PreparedView:
            here = found(ledger, id)
            card.log(ledger, agent, id, "card_prepared")
            told = prepared(
                here,
                ledger.turns.of(id),
                ledger.messages.after(id, 0),
                ledger.media.of(id),
                card.desk.counter.catalogue,
                card.desk.counter.words,
            )
            return f.PreparedView.model_validate(told, from_attributes=True)

        return await card.desk.store.write(read)

    @routes.get(f"{at}/options", tags=tags, responses=errors)
    async def read_options(
        id: Talk, agent: Staff, repair: Annotated[s.OfficeId, Query()]
    ) -> f.OptionList:
        """Free blocks of time for this repair."""
        options = await work.options(agent, id, repair)
        views = [f.OptionView(id=one.id, begins=one.begin, ends=one.eind) for one in options]
        return f.OptionList(options=views)

    @routes.post(f"{at}/repair", status_code=201, tags=tags, responses=errors)
    async def register_repair(id: Talk, body: f.NewRepair, agent: Staff) -> f.DoneView:
        """Register a repair for the tenant. The same `client_id` again registers nothing twice."""
        photos = await card.desk.store.read(lambda ledger: photos_of(ledger.media.of(id)))
        new = NewOnderhoudsverzoek(
            body.home,
            _text(body.title),
            (Defect(body.defect, body.location, clean_text(body.words)),),
            body.priority,
            clean_text(body.reachable),
            clean_text(body.preferred),
            photos if body.with_photos else (),
        )
        return _view(await work.repair(_asked(agent, id, body.client_id, body.later), new))

    @routes.post(f"{at}/cancel-repair", tags=tags, responses=errors)
    async def cancel_repair(id: Talk, body: f.OfThing, agent: Staff) -> f.DoneView:
        return _view(await work.cancel_repair(_asked(agent, id, body.client_id), body.id))

    @routes.post(f"{at}/appointment", status_code=201, tags=tags, responses=errors)
    async def choose_appointment(id: Talk, body: f.OfThing, agent: Staff) -> f.DoneView:
        """Plan a repair in one of its free blocks; what was planned before is moved there."""
        return _view(await work.choose(_asked(agent, id, body.client_id), body.id))

    @routes.post(f"{at}/cancel-appointment", tags=tags, responses=errors)
    async def cancel_appointment(id: Talk, body: f.OfThing, agent: Staff) -> f.DoneView:
        return _view(await work.cancel_appointment(_asked(agent, id, body.client_id), body.id))

    @routes.post(f"{at}/case", status_code=201, tags=tags, responses=errors)
    async def start_case(id: Talk, body: f.NewCase, agent: Staff) -> f.DoneView:
        """Start a case: a request for a payment plan, or a complaint."""
        title = card.desk.counter.words.text(f"card_case_{body.kind}")
        new = NewZaak(_CASES[body.kind], title, _text(body.text))
        return _view(await work.case(_asked(agent, id, body.client_id, body.later), new))

    @routes.post(f"{at}/contact", status_code=201, tags=tags, responses=errors)
    async def add_contact(id: Talk, body: f.NewContact, agent: Staff) -> f.DoneView:
        """Write down what was said."""
        new = NewContactmoment(
            _text(body.subject), clean_text(body.text), body.channel, body.direction
        )
        return _view(await work.contact(_asked(agent, id, body.client_id, body.later), new))


def _asked(agent: Agent, id: ConversationId, given: str, later: bool = False) -> Request:
    return Request(agent, id, client_id(given), later)


def _text(given: str) -> str:
    words = clean_text(given)
    if not words:
        raise ApiError(422, "text_empty")
    return words


def _view(done: Done) -> f.DoneView:
    return f.DoneView(number=done.number, say=done.say, kept=done.kept)
