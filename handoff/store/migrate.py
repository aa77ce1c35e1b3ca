"""Bring a database to the shape this code needs, and prove that it has it."""

from __future__ import annotations

from pathlib import Path

from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.migration import MigrationContext
from sqlalchemy import Engine

from handoff.store.migrations.search_index import INDEX
from handoff.store.tables import metadata

_FOLDER = Path(__file__).parent / "migrations"


def _is_ours(_: object, name: str | None, kind: str, *__: object) -> bool:
    """The index of words is written by hand per database; comparing says nothing of it."""
    return kind != "table" or not (name or "").startswith(INDEX)


def _config() -> Config:
    config = Config()
    config.set_main_option("script_location", str(_FOLDER))
    return config


def bring_up_to_date(engine: Engine) -> None:
    """Run the migrations that this database has not had yet."""
    config = _config()
    with engine.begin() as connection:
        config.attributes["connection"] = connection
        command.upgrade(config, "head")


def new_revision(engine: Engine, message: str) -> None:
    """Write a migration for what the tables have and the database has not. For developers."""
    config = _config()
    with engine.begin() as connection:
        config.attributes["connection"] = connection
        command.revision(config, message, autogenerate=True)


def differences(engine: Engine) -> list[object]:
    """What the database still lacks of the tables; empty when the migrations are complete."""
    with engine.connect() as connection:
        context = MigrationContext.configure(connection, opts={"include_object": _is_ours})
        return list(compare_metadata(context, metadata))
