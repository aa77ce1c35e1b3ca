"""Insert a row or overwrite the one that is there, on SQLite and on PostgreSQL."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from sqlalchemy import Connection, Table
from sqlalchemy.dialects.postgresql import insert as upsert_postgres
from sqlalchemy.dialects.sqlite import insert as upsert_sqlite


def upsert(connection: Connection, table: Table, values: Mapping[str, Any]) -> None:
    """Write this row under its primary key, whether or not there was one."""
    insert = upsert_sqlite if connection.dialect.name == "sqlite" else upsert_postgres
    keys = [column.name for column in table.primary_key.columns]
    rest = {name: value for name, value in values.items() if name not in keys}
    connection.execute(
        insert(table).values(**values).on_conflict_do_update(index_elements=keys, set_=rest)
    )
