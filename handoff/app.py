"""The only place that picks concrete parts and puts them together."""

from __future__ import annotations

import asyncio
import os
from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field

from fastapi import FastAPI

from actions.backoffice.port import BackOffice
from bot.port import Assistant
from bot.server_process import RasaServer
from channels.port import Channel
from channels.registry import channels_on
from channels.twilio.segments import segments
from handoff import provider_routes
from handoff.actions_server import ActionsServer
from handoff.arrivals import Arrivals
from handoff.assistants import start_assistant
from handoff.clock import AMSTERDAM, Clock, SystemClock
from handoff.console.routes import router as console_router
from handoff.console.row_board import RowBoard
from handoff.console.sessions import hash_password
from handoff.console_side import console_of
from handoff.content import load_content, renderer, understander
from handoff.corporation_pages import chat_page
from handoff.counter import Counter
from handoff.demo.history import invented_past, read_odds
from handoff.demo.phones import Phones
from handoff.demo.routes import router as demo_router
from handoff.editing_desk import Editing, editing_of
from handoff.fates import Fates
from handoff.health import add_health
from handoff.held_replies import HeldReplies
from handoff.hints import Hints
from handoff.http_errors import install as install_errors
from handoff.inbox import Inbox
from handoff.kept_requests.keeping import KEPT
from handoff.lookups import LOOKUP, Lookups
from handoff.media.fetching import Fetching
from handoff.media.sending import Door, SentFiles
from handoff.media.shelf import Shelf
from handoff.media.sweeping import Sweeping
from handoff.memory.recall import Memory
from handoff.outbox import Outbox
from handoff.pages import StrictHeaders, add_pages
from handoff.phone.lines import phone_routers, spoken_on
from handoff.photo_links.offer import PhotoOffers
from handoff.provider_side import provider_side
from handoff.rate_limits import RateLimits
from handoff.reminders import Reminders
from handoff.routing.assembly import DeskRouting, desk_routing
from handoff.seed import DemoLogin, seed_demo
from handoff.service_desk import service_handlers, shipped_keeper
from handoff.settings import Settings, channel_settings
from handoff.store.engine import SqlStore, make_engine
from handoff.store.migrate import bring_up_to_date
from handoff.tenant_services import OfficeDesk, office_desk, tenant_services
from handoff.tenant_side import add_tenant_side
from handoff.turns import Turns
from handoff.verification import portal_routes
from handoff.verification.assembly import Verifying, after_change, verifying_on
from handoff.waking import WAKE, Waking
from handoff.worker import Worker
from handoff.writing_desk import seed_canned_replies

_HIGHEST_PRIORITY = 100


@dataclass(repr=False)
class Product:
    """Everything that runs, put together. ``start`` and ``stop`` belong to one event loop."""

    settings: Settings
    clock: Clock
    store: SqlStore
    counter: Counter
    hints: Hints
    inbox: Inbox
    turns: Turns
    outbox: Outbox
    worker: Worker
    assistant: Assistant
    channels: dict[str, Channel]
    rasa: RasaServer | None = None
    actions: ActionsServer | None = None
    phones: Phones | None = None
    logins: Sequence[DemoLogin] = ()
    hash_password: Callable[[str], str] = field(default=hash_password)
    routing: DeskRouting = field(kw_only=True)
    editing: Editing = field(kw_only=True)
    back_office: BackOffice | None = field(default=None, kw_only=True)
    verifying: Verifying | None = field(default=None, kw_only=True)
    office: OfficeDesk = field(kw_only=True)

    async def start(self) -> None:
        """Free what a dead process had leased, seed the demo, start the assistant."""
        await self.store.write(lambda ledger: ledger.jobs.release_leases(self.clock.now()))
        await seed_canned_replies(self.store)
        await self.editing.load(self.store)
        if self.settings.demo:
            given = self.settings.demo_password
            self.logins = await seed_demo(
                self.store,
                self.settings.demo_user,
                given.get_secret_value() if given else None,
                self.hash_password,
                self.settings.demo_lead,
            )
            if self.settings.demo_history:
                await asyncio.to_thread(self.invent_a_past)
        if self.phones is not None:
            await self.phones.start()
        if self.actions is not None:
            await self.actions.start()
        if self.rasa is not None:
            await self.rasa.start()

    def invent_a_past(self) -> None:
        """Give reports something to show, where nobody ever began a conversation."""
        if self.store.is_empty():
            self.store.write_rows(invented_past(self.clock.now(), read_odds()))

    async def stop(self) -> None:
        """Finish what runs, leave nothing behind."""
        await self.worker.stop()
        await self.assistant.close()
        if self.rasa is not None:
            await self.rasa.stop()
        if self.actions is not None:
            await self.actions.stop()
        if self.phones is not None:
            await self.phones.stop()
        self.store.close()


def put_together(
    settings: Settings,
    *,
    assistant: Assistant | None = None,
    clock: Clock | None = None,
    phones: Phones | None = None,
    back_office: BackOffice | None = None,
) -> Product:
    """Build the product. A test may bring its own assistant, clock and back office."""
    clock = clock or clock_of(settings)
    engine = make_engine(settings.store_url)
    bring_up_to_date(engine)
    keeper = shipped_keeper()
    store, hints = SqlStore(engine, after_change(keeper.changed)), Hints()
    content = load_content()
    editing = editing_of(content)
    counter = editing.counter
    render = renderer(editing.facts, counter, clock)
    given = channel_settings(os.environ)
    given = phones.settings(given) if phones else given
    channels = channels_on(given, settings.public_base_url)
    about, rasa, actions = content.books.third_parties, None, None
    verifying = verifying_on(settings, store, back_office, channels, about, counter, clock, hints)
    office = office_desk(settings, back_office, store, counter, clock, hints)
    if assistant is None:
        services = tenant_services(office, clock, verifying.checks if verifying else None)
        assistant, rasa, actions = start_assistant(settings, render, counter.catalogue, services)
    memory = Memory(content.books, counter, render)
    offers = PhotoOffers(counter, settings.public_base_url, channels)
    turns = Turns(store, spoken_on(assistant, channels), counter, memory, clock, hints, offers)
    held = HeldReplies(channels, counter)
    sent_files = SentFiles(store, Shelf(settings.shelf), clock, door_of(settings, phones))
    outbox = Outbox(store, channels, clock, held, hints, sent_files)
    fates = Fates(store, clock, held, hints)
    lookups = Lookups(store, channels, fates, clock, hints, sent_files)
    reminders = Reminders(store, counter, clock, hints)
    routing = desk_routing(store, counter, clock, hints, channels, settings.oncall.number)
    media = Fetching(store, channels, Shelf(settings.shelf), counter, clock, hints)
    return Product(
        settings,
        clock,
        store,
        counter,
        hints,
        Inbox(store, counter, clock, hints, understander(content, clock)),
        turns,
        outbox,
        Worker(
            store,
            {
                "turn": turns.run,
                "fetch": media.run,
                "forget": media.forget,
                "send": outbox.run,
                "reopen": outbox.run,
                LOOKUP: lookups.run,
                "overdue": reminders.run,
                WAKE: Waking(store, hints).run,
                **routing.handlers,
                **office.handlers,
                **(verifying.handlers if verifying else {}),
                **service_handlers(store, counter, keeper.targets, channels, clock, hints),
            },
            clock,
            hints,
            lasting=(KEPT,),
        ),
        assistant,
        channels,
        rasa,
        actions,
        phones,
        routing=routing,
        editing=editing,
        back_office=back_office,
        verifying=verifying,
        office=office,
    )


def make_app(product: Product) -> FastAPI:
    """The public HTTP application."""

    @asynccontextmanager
    async def lifespan(_: FastAPI) -> AsyncIterator[None]:
        await product.start()
        running = product.worker.run_in_background()
        others = product.routing.sweeping(), RowBoard(services.work).running()
        files = Sweeping(product.store, Shelf(settings.shelf), product.clock).running()
        async with provider_side(product, arrivals, base), others[0], others[1], files:
            yield
        await product.stop()
        await running

    app = FastAPI(
        title="Thuisbalie",
        version="0.1.0",
        description="The web chat of tenants and the handoff console of staff.",
        lifespan=lifespan,
        docs_url=None,
        redoc_url=None,
    )
    settings, words = product.settings, product.counter.words
    install_errors(app, words)
    limits = RateLimits(
        {k: v for k, v in settings.rate_limit.model_dump().items() if k != "enabled"},
        settings.rate_limit.enabled,
    )
    add_tenant_side(app, product, limits)
    base = settings.public_base_url.rstrip("/")
    services = console_of(product, limits, base, door_of(settings, product.phones), segments)
    app.include_router(console_router(services))
    # The fake providers of the demo know us by an address of their own.
    door = product.phones.public_base_url if product.phones else base
    arrivals = Arrivals(
        product.inbox, Fates(product.store, product.clock, product.outbox.held, product.hints)
    )
    for phone in phone_routers(product, understander(load_content(), product.clock), door):
        app.include_router(phone)
    if product.verifying is not None and product.verifying.portal is not None:
        app.include_router(portal_routes.router(product.verifying.portal))
    app.include_router(provider_routes.router(arrivals, product.channels, door))
    add_health(app, product.assistant)
    if product.phones is not None:
        app.include_router(demo_router(product.phones))
    add_pages(app, settings.demo, chat_page())
    app.add_middleware(StrictHeaders)
    return app


def door_of(settings: Settings, phones: Phones | None) -> Door:
    """Where links to files lead. The demo's providers know us by an address of their own."""
    base = settings.public_base_url.rstrip("/")
    return Door(base, phones.public_base_url if phones else base)


def clock_of(settings: Settings) -> Clock:
    """The machine's clock, or in the demo one that starts at ``DEMO_NOW``."""
    if settings.demo and settings.demo_now is not None:
        moment = settings.demo_now
        aware = moment if moment.tzinfo else moment.replace(tzinfo=AMSTERDAM)
        return SystemClock.starting_at(aware)
    return SystemClock()
