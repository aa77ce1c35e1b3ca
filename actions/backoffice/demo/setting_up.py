"""Makes the connector of the demo, with its tenants in it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime

from actions.backoffice.demo.connector import DemoConnector
from actions.backoffice.demo.engine import demo_engine


def demo(settings: Mapping[str, str], now: Callable[[], datetime]) -> DemoConnector:
    """``database_url``. An empty database is filled with tenants of the day of ``now``."""
    return DemoConnector(demo_engine(settings["database_url"]), now)
