"""Which system a corporation has, and the connector that speaks with it."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from actions.backoffice.connector import Connector

Settings = Mapping[str, str]
"""What the corporation set, by name; secrets among them are never logged."""
Maker = Callable[[Settings], Connector]

CONNECTORS: Mapping[str, Maker] = {}
"""By the name in ``BACKOFFICE__KIND``."""


def connector_for(kind: str, settings: Settings) -> Connector:
    """The connector of this kind.

    Raises:
        KeyError: there is none of that name.
    """
    return CONNECTORS[kind](settings)
