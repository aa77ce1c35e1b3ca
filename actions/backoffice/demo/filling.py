"""Fills a database that is empty."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import Connection, Engine, insert, select

from actions.backoffice.demo import tables as t
from actions.backoffice.demo.engine import wait_for_turn
from actions.backoffice.demo.seed import Rows, invented


def seed_when_empty(engine: Engine, now: datetime) -> None:
    """Make the tables; fill them in one transaction when nobody is in them."""
    with engine.begin() as db:
        wait_for_turn(db)  # two processes may start on one PostgreSQL
        t.metadata.create_all(db)
        if db.execute(select(t.relatie.c.id).limit(1)).first() is None:
            _store(db, invented(now))


def _store(db: Connection, rows: Rows) -> None:
    for table, many in rows.items():
        db.execute(insert(table), many)
