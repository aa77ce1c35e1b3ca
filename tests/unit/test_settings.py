"""Settings come from the environment; the demo's own are ignored outside the demo."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from handoff.app import clock_of
from handoff.settings import Settings, channel_settings

pytestmark = pytest.mark.unit


def test_the_demo_clock_starts_at_the_given_moment(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DEMO_NOW", "2026-11-24T22:30+01:00")
    monkeypatch.setenv("DEMO", "true")
    expected = datetime(2026, 11, 24, 21, 30, tzinfo=UTC)
    assert abs(clock_of(Settings()).now() - expected) < timedelta(seconds=5)


def test_a_demo_moment_without_zone_is_dutch_time(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DEMO_NOW", "2026-07-01T09:00")
    monkeypatch.setenv("DEMO", "true")
    expected = datetime(2026, 7, 1, 7, 0, tzinfo=UTC)
    assert abs(clock_of(Settings()).now() - expected) < timedelta(seconds=5)


def test_outside_the_demo_the_clock_is_the_machines(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DEMO_NOW", "2031-01-01T00:00+00:00")
    assert clock_of(Settings()).now() < datetime(2030, 1, 1, tzinfo=UTC)


def test_the_demo_is_off_unless_asked_for() -> None:
    assert not Settings().demo and Settings().demo_password is None


def test_data_lives_in_the_data_folder_unless_a_database_is_named() -> None:
    here = Settings(data_dir=Path("/tmp/x"))
    assert here.store_url == "sqlite:////tmp/x/thuisbalie.sqlite" and here.on_sqlite
    assert not Settings(database_url="postgresql+psycopg://h/d").on_sqlite


def test_settings_of_a_channel_are_gathered_by_its_name() -> None:
    environment = {"WEBHOOK__SECRET": "s", "WEBHOOK__URL": "u", "PORT": "1", "SMS__TOKEN": ""}
    assert channel_settings(environment) == {"webhook": {"secret": "s", "url": "u"}}
