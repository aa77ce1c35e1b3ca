"""Connections of the demo's own database: one writer on SQLite, nothing of a tenant in errors."""

from __future__ import annotations

from typing import Any

from sqlalchemy import Connection, Engine, create_engine, event, func, select
from sqlalchemy.pool import StaticPool

_BUSY_SECONDS = 5
_TURN = 4_299
"""Any number that nothing else in this database locks by."""


def demo_engine(url: str) -> Engine:
    if not url.startswith("sqlite"):
        return create_engine(url, hide_parameters=True, pool_pre_ping=True)
    arguments: dict[str, Any] = {"timeout": _BUSY_SECONDS, "check_same_thread": False}
    pool: dict[str, Any] = {"poolclass": StaticPool} if url == "sqlite://" else {}
    engine = create_engine(url, hide_parameters=True, connect_args=arguments, **pool)
    event.listen(engine, "connect", _set_up)
    event.listen(engine, "begin", _begin)
    return engine


def _set_up(connection: Any, _record: object) -> None:
    connection.isolation_level = None  # we say BEGIN ourselves
    connection.execute("PRAGMA journal_mode=WAL")


def _begin(connection: Connection) -> None:
    connection.exec_driver_sql("BEGIN IMMEDIATE")


def wait_for_turn(db: Connection) -> None:
    """Until the end of the transaction nobody else writes. SQLite has that by itself: BEGIN
    IMMEDIATE."""
    if db.dialect.name == "postgresql":
        db.execute(select(func.pg_advisory_xact_lock(_TURN)))
