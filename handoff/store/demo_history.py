"""Writing the demo's invented past, a table at a time."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import Engine, func, insert, select

from handoff.store import tables as t


def is_empty(engine: Engine) -> bool:
    """Whether nobody ever began a conversation here."""
    with engine.connect() as connection:
        return not connection.scalar(select(func.count()).select_from(t.conversation))


def write_rows(engine: Engine, rows: Mapping[str, Sequence[Mapping[str, Any]]]) -> None:
    """All rows of all these tables in the order given, in one transaction, or none."""
    with engine.begin() as connection:
        for name, of_one in rows.items():
            if of_one:
                connection.execute(insert(t.metadata.tables[name]), list(of_one))
