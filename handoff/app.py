"""The only place that picks concrete parts and puts them together."""

from __future__ import annotations

import os
from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from functools import cache, partial
from pathlib import Path
from uuid import uuid4

from fastapi import FastAPI
from fastapi.responses import JSONResponse

from bot.facts import FactExpired, Facts
from bot.port import Assistant
from bot.server_process import RasaServer
from bot.signals import EscalationReason
from bot.texts import Texts
from bot.topics import load_topics
from channels.port import Channel
from channels.registry import channels_on
from handoff import provider_routes
from handoff.actions_server import ActionsServer
from handoff.assistants import start_assistant
from handoff.chat.routes import ChatServices
from handoff.chat.routes import router as chat_router
from handoff.clock import AMSTERDAM, Clock, SystemClock
from handoff.console.routes import ConsoleServices
from handoff.console.routes import router as console_router
from handoff.console.sessions import StaffSessions, hash_password
from handoff.console.work import DeskWork
from handoff.corporation import Corporation, read_corporation
from handoff.counter import Counter, Danger
from handoff.fates import Fates
from handoff.hints import Hints
from handoff.http_errors import install as install_errors
from handoff.inbox import Inbox, Meaning, Understand
from handoff.language_lines import LanguageLines, load_lines
from handoff.languages import Languages
from handoff.memory.recall import Books, Memory
from handoff.notes import notes_on
from handoff.outbox import Outbox
from handoff.pages import StrictHeaders, add_pages
from handoff.person_request import PersonRequest
from handoff.phone.lines import phone_routers, spoken_on
from handoff.policy import Catalogue, Service
from handoff.rate_limits import RateLimits
from handoff.reception import SafetyText
from handoff.reminders import Reminders
from handoff.seed import DemoLogin, seed_demo
from handoff.settings import Settings, channel_settings
from handoff.store.engine import SqlStore, make_engine
from handoff.store.migrate import bring_up_to_date
from handoff.turns import Turns
from handoff.urgent import DEFAULT_LANGUAGE, UrgentLexicon
from handoff.worker import Worker

ROOT = Path(__file__).resolve().parents[1]
_HIGHEST_PRIORITY = 100


@dataclass
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
    logins: Sequence[DemoLogin] = ()
    hash_password: Callable[[str], str] = field(default=hash_password)

    async def start(self) -> None:
        """Free what a dead process had leased, seed the demo, start the assistant."""
        await self.store.write(lambda ledger: ledger.jobs.release_leases(self.clock.now()))
        if self.settings.demo:
            given = self.settings.demo_password
            self.logins = await seed_demo(
                self.store,
                self.settings.demo_user,
                given.get_secret_value() if given else None,
                self.hash_password,
            )
        if self.actions is not None:
            await self.actions.start()
        if self.rasa is not None:
            await self.rasa.start()

    async def stop(self) -> None:
        """Finish what runs, leave nothing behind."""
        await self.worker.stop()
        await self.assistant.close()
        if self.rasa is not None:
            await self.rasa.stop()
        if self.actions is not None:
            await self.actions.stop()
        self.store.close()


def put_together(
    settings: Settings, *, assistant: Assistant | None = None, clock: Clock | None = None
) -> Product:
    """Build the product. A test may bring its own assistant and clock; the rest is real."""
    clock = clock or _clock(settings)
    engine = make_engine(settings.store_url)
    bring_up_to_date(engine)
    store, hints = SqlStore(engine), Hints()
    content = load_content()
    counter = content.counter
    render = _renderer(content.facts, counter, clock)
    channels = channels_on(channel_settings(os.environ), settings.public_base_url)
    rasa = actions = None
    if assistant is None:
        assistant, rasa, actions = start_assistant(settings, render, counter.catalogue)
    memory = Memory(content.books, counter, render)
    turns = Turns(store, spoken_on(assistant, channels), counter, memory, clock, hints)
    outbox = Outbox(store, channels, clock)
    reminders = Reminders(store, counter, clock, hints)
    return Product(
        settings,
        clock,
        store,
        counter,
        hints,
        Inbox(store, counter, clock, hints, _understander(content, clock)),
        turns,
        outbox,
        Worker(
            store,
            {"turn": turns.run, "send": outbox.run, "overdue": reminders.run},
            clock,
            hints,
        ),
        assistant,
        channels,
        rasa,
        actions,
    )


def make_app(product: Product) -> FastAPI:
    """The public HTTP application."""

    @asynccontextmanager
    async def lifespan(_: FastAPI) -> AsyncIterator[None]:
        await product.start()
        running = product.worker.run_in_background()
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
    webchat = product.channels["webchat"]
    app.include_router(
        chat_router(ChatServices(product.store, product.inbox, webchat, product.hints, limits))
    )
    base = settings.public_base_url.rstrip("/")
    origins = frozenset({base} if base else ())
    secure = base.startswith("https://")
    sessions = StaffSessions(product.store, product.clock, limits, origins, secure)
    about = partial(notes_on, book=load_content().books.third_parties, counter=product.counter)
    work = DeskWork(product.store, product.counter, product.clock, product.hints, about)
    app.include_router(console_router(ConsoleServices(work, sessions, product.hints)))
    fates = Fates(product.store, product.clock)
    for phone in phone_routers(product, _understander(load_content(), product.clock), base):
        app.include_router(phone)
    app.include_router(provider_routes.router(product.inbox, fates, product.channels, base))
    _add_health(app, product)
    add_pages(app, settings.demo)
    app.add_middleware(StrictHeaders)
    return app


def _add_health(app: FastAPI, product: Product) -> None:
    @app.get("/health", tags=["health"])
    async def health() -> JSONResponse:
        """200 when the assistant can answer; 503 while it starts or is away (people still can)."""
        ready = await product.assistant.ready()
        return JSONResponse({"gateway": True, "assistant": ready}, 200 if ready else 503)


def _clock(settings: Settings) -> Clock:
    if settings.demo and settings.demo_now is not None:
        moment = settings.demo_now
        aware = moment if moment.tzinfo else moment.replace(tzinfo=AMSTERDAM)
        return SystemClock.starting_at(aware)
    return SystemClock()


@dataclass(frozen=True, slots=True)
class Content:
    """What the editors write: facts, words, topics, urgent words."""

    facts: Facts
    counter: Counter
    lexicon: UrgentLexicon
    person_request: PersonRequest
    books: Books


@cache
def load_content() -> Content:
    """Read it once in a process; it does not change while it runs."""
    facts = Facts.load(ROOT / "data/facts.yml", ROOT / "corporation.yml")
    lexicon = UrgentLexicon.load(ROOT / "data/urgent")
    counter = _counter(facts, read_corporation(ROOT / "corporation.yml"), lexicon)
    person_request = PersonRequest.load(ROOT / "data/person_request")
    return Content(facts, counter, lexicon, person_request, Books.load(ROOT / "data"))


def _counter(facts: Facts, corporation: Corporation, lexicon: UrgentLexicon) -> Counter:
    words = Texts.load(ROOT / "data/texts.yml", facts.render_corporation)
    catalogue = load_topics(ROOT / "data/nlu", facts.names)
    service = Service(corporation.hours, corporation.answer_minutes)
    known = tuple(name for name in corporation.first_choices if name in catalogue)
    dangers = {
        topic: Danger(kind, _HIGHEST_PRIORITY - place)
        for topic, (kind, place) in lexicon.by_topic.items()
    }
    lines = _lines(facts, lexicon, catalogue)
    return Counter(
        words, service, catalogue, lambda: uuid4().hex, lines, known, lexicon.labels, dangers
    )


def _lines(facts: Facts, lexicon: UrgentLexicon, catalogue: Catalogue) -> LanguageLines:
    safety = {
        kind: {language: facts.render_corporation(text) for language, text in texts.items()}
        for kind, texts in lexicon.safety_texts().items()
    }
    danger_of = {
        topic: kind
        for topic, (kind, _) in lexicon.by_topic.items()
        if topic in catalogue and catalogue[topic].reason is EscalationReason.URGENT
    }
    languages = Languages.load(ROOT / "data/languages.yml")
    return load_lines(ROOT / "data/language_lines.yml", languages, safety, danger_of)


def _renderer(facts: Facts, counter: Counter, clock: Clock) -> Callable[[str], str]:
    """Fill facts in an answer; an expired one makes the answer say honestly that we do not know."""

    def render(text: str) -> str:
        try:
            return facts.render(text, clock.now().astimezone(AMSTERDAM).date())
        except FactExpired:
            return counter.words.text("fact_expired")

    return render


def _understander(content: Content, clock: Clock) -> Understand:
    """What plain code reads in every text: danger, and a wish for a person."""
    lexicon, facts = content.lexicon, content.facts

    def safety_in(text: str) -> Sequence[SafetyText]:
        today = clock.now().astimezone(AMSTERDAM).date()
        found = []
        for urgent in lexicon.recognise(text):
            parts = [lexicon.safety_text(urgent.kind)]
            if urgent.language != DEFAULT_LANGUAGE:
                parts.append(lexicon.safety_text(urgent.kind, urgent.language))
            words = facts.render("\n\n".join(parts), today)
            priority = _HIGHEST_PRIORITY - urgent.priority
            found.append(SafetyText(urgent.kind, urgent.label, priority, words))
        return found

    def understand(text: str) -> Meaning:
        # What looks like a command is only text, also when its name speaks of a person.
        command = text.lstrip().startswith("/")
        asks = not command and content.person_request.recognise(text)
        return Meaning(safety_in(text), asks)

    return understand
