"""Which system a corporation has, and the connector that speaks with it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime

from actions.backoffice.connector import Connector
from actions.backoffice.demo.setting_up import demo
from actions.backoffice.vera.setting_up import vera

Settings = Mapping[str, str]
"""What the corporation set, by name; secrets among them are never logged."""
Now = Callable[[], datetime]
"""The time, aware."""
Maker = Callable[[Settings, Now], Connector]

CONNECTORS: Mapping[str, Maker] = {"demo": demo, "vera": vera}
"""By the name in ``BACKOFFICE__KIND``."""


def connector_for(kind: str, settings: Settings, now: Now) -> Connector:
    """The connector of this kind.

    Raises:
        KeyError: there is none of that name.
        ValueError: a setting is missing or not safe.
    """
    return CONNECTORS[kind](settings, now)
