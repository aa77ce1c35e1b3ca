"""How far a provider's list was read is remembered, on both databases."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from handoff.store.engine import SqlStore, make_engine
from handoff.store.migrate import bring_up_to_date

pytestmark = pytest.mark.contract
NOW = datetime(2026, 11, 24, 10, tzinfo=UTC)


@pytest.fixture(params=["sqlite", "postgres"])
def store(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[SqlStore]:
    url = f"sqlite:///{tmp_path / 'x.sqlite'}"
    if request.param == "postgres":
        url = request.getfixturevalue("postgres")()
    engine = make_engine(url)
    bring_up_to_date(engine)
    opened = SqlStore(engine)
    yield opened
    opened.close()


def test_it_is_kept_per_channel_and_never_moves_back(store: SqlStore) -> None:
    def until(channel: str) -> datetime | None:
        return store.read_now(lambda ledger: ledger.provider_reads.until(channel))

    def put(channel: str, moment: datetime) -> None:
        store.write_now(lambda ledger: ledger.provider_reads.put(channel, moment))

    assert until("sms") is None
    put("sms", NOW)
    put("sms", NOW - timedelta(hours=1))
    assert (until("sms"), until("whatsapp")) == (NOW, None)
    put("sms", NOW + timedelta(hours=1))
    assert until("sms") == NOW + timedelta(hours=1)
