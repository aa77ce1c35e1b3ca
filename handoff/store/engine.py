"""Connections: how a transaction is opened on SQLite and on PostgreSQL, and in which thread.

SQLite allows one writer. All writing goes through one thread and opens with BEGIN IMMEDIATE, since
a transaction that reads first and writes later fails under a second writer, timeout or not.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from typing import Any, TypeVar

from sqlalchemy import Connection, Engine, create_engine, event
from sqlalchemy.exc import IntegrityError, OperationalError
from sqlalchemy.pool import StaticPool

from handoff.ledger import Ledger, StoreBusy
from handoff.store.demo_history import is_empty, write_rows
from handoff.store.sql_ledger import AfterChange, SqlLedger

T = TypeVar("T")
_BUSY_SECONDS = 5
_READERS = 4
_POSTGRES_WRITERS = 8


def make_engine(url: str) -> Engine:
    """An engine with our rules for transactions set in one place.

    Parameters are hidden: what a tenant wrote must not reach a log through a database error.
    """
    if not url.startswith("sqlite"):
        return create_engine(
            url,
            hide_parameters=True,
            pool_size=_POSTGRES_WRITERS + _READERS,
            pool_pre_ping=True,
            connect_args={"options": "-c statement_timeout=8000 -c lock_timeout=5000"},
        )
    arguments: dict[str, Any] = {"timeout": _BUSY_SECONDS, "check_same_thread": False}
    pool: dict[str, Any] = (
        {"poolclass": StaticPool} if url == "sqlite://" else {"pool_size": _READERS + 2}
    )
    engine = create_engine(url, hide_parameters=True, connect_args=arguments, **pool)
    event.listen(engine, "connect", _set_up_sqlite)
    event.listen(engine, "begin", _begin_sqlite)
    return engine


def _set_up_sqlite(connection: Any, _record: object) -> None:
    connection.isolation_level = None  # we say BEGIN ourselves
    cursor = connection.cursor()
    cursor.execute("PRAGMA journal_mode=WAL")
    cursor.execute("PRAGMA synchronous=FULL")  # accepted = stored, also after a power cut (P1)
    cursor.execute("PRAGMA foreign_keys=ON")
    cursor.execute(f"PRAGMA busy_timeout={_BUSY_SECONDS * 1000}")
    cursor.close()


def _begin_sqlite(connection: Connection) -> None:
    reading = connection.get_execution_options().get("reading", False)
    connection.exec_driver_sql("BEGIN" if reading else "BEGIN IMMEDIATE")


class SqlStore:
    """The ``Store`` port over SQLAlchemy: sync transactions in threads, off the event loop."""

    def __init__(self, engine: Engine, after_change: AfterChange | None = None) -> None:
        self._engine = engine
        self._after_change = after_change
        sqlite = engine.dialect.name == "sqlite"
        in_memory = isinstance(engine.pool, StaticPool)
        self._writers = ThreadPoolExecutor(1 if sqlite else _POSTGRES_WRITERS, "store-write")
        # An in-memory database is one connection: reading must queue behind writing.
        self._readers = self._writers if in_memory else ThreadPoolExecutor(_READERS, "store-read")

    async def write(self, work: Callable[[Ledger], T]) -> T:
        return await asyncio.get_running_loop().run_in_executor(self._writers, self.write_now, work)

    async def read(self, work: Callable[[Ledger], T]) -> T:
        return await asyncio.get_running_loop().run_in_executor(self._readers, self.read_now, work)

    def write_now(self, work: Callable[[Ledger], T]) -> T:
        """The same, in this thread.

        Raises:
            StoreBusy: the database was locked or away; nothing was written.
        """
        try:
            try:
                return self._once(work)
            except IntegrityError:
                return self._once(work)  # lost a race; now the other's row is there to be found
        except OperationalError as error:
            raise StoreBusy(str(error.orig)) from error

    def _once(self, work: Callable[[Ledger], T]) -> T:
        with self._engine.begin() as connection:
            return work(SqlLedger(connection, self._after_change))

    def read_now(self, work: Callable[[Ledger], T]) -> T:
        try:
            with self._engine.connect().execution_options(reading=True) as connection:
                return work(SqlLedger(connection, self._after_change))
        except OperationalError as error:
            raise StoreBusy(str(error.orig)) from error

    def is_empty(self) -> bool:
        """Whether nobody ever began a conversation here."""
        return is_empty(self._engine)

    def write_rows(self, rows: Mapping[str, Sequence[Mapping[str, Any]]]) -> None:
        """Rows by table, all or none: the past of a fresh demo."""
        write_rows(self._engine, rows)

    def close(self) -> None:
        self._writers.shutdown(wait=True)
        self._readers.shutdown(wait=True)
        self._engine.dispose()
