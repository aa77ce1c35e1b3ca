"""The console's side of the product, put together."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from handoff.case_link import read_case_url
from handoff.console.accounts import accounts_on
from handoff.console.attaching import Attaching
from handoff.console.deliveries import Deliveries
from handoff.console.files import Files
from handoff.console.lists_work import ListsWork
from handoff.console.person_work import PersonWork
from handoff.console.routes import ConsoleServices
from handoff.console.service_work import ServiceWork
from handoff.console.sessions import StaffSessions
from handoff.console.tenant_card import TenantCard
from handoff.console.viewing import Viewing
from handoff.console.work import DeskWork
from handoff.content import load_content
from handoff.editing_desk import editing_work
from handoff.media.sending import Door
from handoff.media.shelf import Shelf
from handoff.notes import notes_on
from handoff.rate_limits import RateLimits
from handoff.service_desk import shipped_keeper
from handoff.writing_desk import office_work, writing_desk

if TYPE_CHECKING:
    from handoff.app import Product

_CORPORATION = Path(__file__).resolve().parents[1] / "corporation.yml"


def console_of(
    product: Product, limits: RateLimits, base: str, door: Door, segments: Callable[[str], int]
) -> ConsoleServices:
    """``base``: our public address without a slash at its end, "" when none is set.

    ``segments`` counts what a text costs as SMS.
    """
    settings = product.settings
    origins = frozenset({base} if base else ())
    secure = base.startswith("https://")
    sessions = StaffSessions(product.store, product.clock, limits, origins, secure)
    about = partial(notes_on, books=load_content().books, counter=product.counter)
    work = DeskWork(product.store, product.counter, product.clock, product.hints, about)
    sent = Deliveries(product.store, product.channels, product.clock, product.hints)
    attaching = Attaching(work, product.channels, Shelf(settings.shelf), door)
    return ConsoleServices(
        work,
        sessions,
        product.hints,
        sent,
        product.routing,
        PersonWork(work, product.channels, attaching),
        Files(product.store, Shelf(settings.shelf), product.clock),
        ListsWork(work, Viewing(product.clock, product.hints), read_case_url(_CORPORATION)),
        writing_desk(work, product.editing.facts),
        editing_work(product.editing, product.store, product.clock, segments),
        ServiceWork(work, shipped_keeper().targets),
        accounts=accounts_on(settings, product.store, product.clock, limits, sessions),
        card=TenantCard(
            work,
            product.back_office,
            product.office.kept,
            settings.backoffice.contact_moments,
        ),
        office=office_work(work, product.office),
        attaching=attaching,
    )
