"""Every kind of back office with the same sort of tenants in it."""

from __future__ import annotations

from collections.abc import AsyncIterator, Awaitable, Callable, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

import pytest
import pytest_asyncio
from shared_town import NOW, PEOPLE, Somebody, in_memory, tenants
from vera_scene import CALL_SECONDS, folder

from actions.backoffice.connector import Connector
from actions.backoffice.demo import people as p
from actions.backoffice.demo.setting_up import demo
from actions.backoffice.fakes.vera_rows import put
from actions.backoffice.fakes.vera_server import VeraServer
from actions.backoffice.port import BackOffice
from actions.backoffice.values import AfspraakOptie
from actions.backoffice.vera.resources import AFSPRAAK_OPTIES
from actions.backoffice.vera.setting_up import vera
from actions.backoffice.verification import Level, Verification

PATIENCE = 20.0
_DEMO = {
    "tenant": p.TO_PLAN,
    "other": p.LATE_REPAIR,
    "leap": p.LEAP_DAY,
    "first": p.SHARED_FIRST,
    "second": p.SHARED_SECOND,
    "child": p.ADULT_CHILD,
    "moved": p.MOVED,
    "deceased": p.DECEASED,
    "without": p.WITHOUT_HOME,
    "two": p.WITH_PARKING,
    "hidden": p.CONFIDENTIAL,
    "bare": p.NO_CONTACT,
    "letter": p.ADDITION,
    "word": p.ADDITION_WORD,
}


@dataclass(frozen=True, slots=True)
class Office:
    """A back office behind its door. ``take``: somebody else gets this block."""

    door: BackOffice
    people: Mapping[str, Somebody]
    take: Callable[[AfspraakOptie], Awaitable[None]]

    def proved(self, name: str, level: Level = Level.VERIFIED) -> Verification:
        return Verification(level, self.people[name].id, NOW + timedelta(minutes=30))


def _office(
    connector: Connector,
    people: Mapping[str, Somebody],
    take: Callable[[AfspraakOptie], Awaitable[None]] | None = None,
) -> Office:
    door = BackOffice(connector, lambda: NOW, PATIENCE)

    async def by_another_tenant(option: AfspraakOptie) -> None:
        other = Verification(Level.VERIFIED, people["other"].id, NOW + timedelta(minutes=30))
        repair = (await door.onderhoudsverzoeken(other))[0].id
        options = await door.afspraak_opties(other, repair)
        same = next(one for one in options if one.begin == option.begin)
        await door.choose_afspraak(other, same.id, f"taken {option.id}")

    return Office(door, people, take or by_another_tenant)


@asynccontextmanager
async def _vera() -> AsyncIterator[Office]:
    server = VeraServer(folder())
    server.unique_keys = True
    await server.start()
    for one in tenants():
        put(server.store, one)
    connector = vera(server.settings, lambda: NOW, call_seconds=CALL_SECONDS)

    async def take(option: AfspraakOptie) -> None:
        kept = server.store.one(str(AFSPRAAK_OPTIES), option.id)
        assert kept is not None
        kept["afspraak"] = {"id": "of-somebody-else"}

    yield _office(connector, PEOPLE, take)
    await connector.close()
    await server.stop()
    assert not server.violations, "\n".join(dict.fromkeys(server.violations))


@asynccontextmanager
async def _demo(url: str) -> AsyncIterator[Office]:
    connector = demo({"database_url": url}, lambda: NOW)
    people = {
        name: Somebody(
            one.id,
            one.claim,
            "" if one is p.NO_CONTACT else p.number_of(one.index),
        )
        for name, one in _DEMO.items()
    }
    yield _office(connector, people)
    await connector.close()


@pytest_asyncio.fixture(
    scope="module",
    loop_scope="module",
    params=["demo on SQLite", "demo on PostgreSQL", "vera", "in memory"],
)
async def back_office(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> AsyncIterator[Office]:
    if request.param == "in memory":
        yield _office(in_memory(), PEOPLE)
    elif request.param == "vera":
        async with _vera() as office:
            yield office
    elif request.param == "demo on SQLite":
        file: Path = tmp_path_factory.mktemp("demo") / "demo.sqlite"
        async with _demo(f"sqlite:///{file}") as office:
            yield office
    else:
        async with _demo(request.getfixturevalue("postgres")()) as office:
            yield office
