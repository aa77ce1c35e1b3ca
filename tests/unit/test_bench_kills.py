"""The benchmark judges a message of a killed server by one rule, the same for both servers."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from bench.doors import read_events
from bench.kills import Fate, fate_of
from bench.messages import Message
from bench.subjects import Trace, read_tracker_store

pytestmark = pytest.mark.unit

KILLED = 100.0
NOTHING = Trace(stored=0, answered=False)
STORED = Trace(stored=1, answered=False)
ANSWERED = Trace(stored=1, answered=True)


def message(
    written: float | None = 99.0, accepted: float | None = None, answered: float | None = None
) -> Message:
    return Message("vraag", written_at=written, accepted_at=accepted, answered_at=answered)


@pytest.mark.parametrize(
    ("sent", "trace", "fetched_later", "fate"),
    [
        (message(), NOTHING, True, Fate.LOST),
        (message(), NOTHING, False, Fate.LOST),
        (message(accepted=99.5), NOTHING, True, Fate.LOST),
        (message(accepted=99.5, answered=99.5), NOTHING, False, Fate.LOST),
        (message(accepted=99.5, answered=99.6), ANSWERED, True, Fate.ANSWERED),
        (message(accepted=99.5), ANSWERED, True, Fate.ANSWERED),
        (message(), ANSWERED, True, Fate.ANSWERED),
        (message(), ANSWERED, False, Fate.SILENT),
        (message(), STORED, True, Fate.SILENT),
        (message(written=None), NOTHING, True, Fate.NOT_SENT),
        (message(written=101.0), NOTHING, True, Fate.NOT_SENT),
    ],
)
def test_fate_of_a_message(sent: Message, trace: Trace, fetched_later: bool, fate: Fate) -> None:
    assert fate_of(sent, trace, KILLED, fetched_later) is fate


def test_a_message_sent_again_and_answered_after_the_restart_is_answered() -> None:
    sent = message(written=99.0, accepted=110.0, answered=110.0)
    assert fate_of(sent, ANSWERED, KILLED, can_be_fetched=False) is Fate.ANSWERED


def test_the_tracker_store_tells_what_was_stored_and_answered(tmp_path: Path) -> None:
    path = tmp_path / "tracker.db"
    with sqlite3.connect(path) as database:
        database.execute("CREATE TABLE events (id INTEGER, sender_id, type_name, data)")
        events = [
            ("a", "user", {"metadata": {"bench_id": "m1"}}),
            ("b", "user", {"metadata": {"bench_id": "m2"}}),
            ("a", "bot", {}),
            ("a", "user", {"metadata": {"bench_id": "m3"}}),
            ("a", "user", {"metadata": {"bench_id": "m3"}}),
        ]
        database.executemany(
            "INSERT INTO events VALUES (?, ?, ?, ?)",
            [(n, who, kind, json.dumps(data)) for n, (who, kind, data) in enumerate(events)],
        )
    assert read_tracker_store(path) == {
        "m1": Trace(1, True),
        "m2": Trace(1, False),
        "m3": Trace(2, False),
    }


async def test_hints_and_comments_of_a_stream_are_passed_over() -> None:
    stream = (
        b": ping\n\n"
        b'id: 1\ndata: {"seq": 1}\n\n'
        b'event: typing\ndata: {"author": "bot"}\n\n'
        b'id: 2\r\ndata: {"seq": 2}\r\n\r\n'
    )

    async def lines() -> AsyncIterator[bytes]:
        for line in stream.splitlines(keepends=True):
            yield line

    assert [event["seq"] async for event in read_events(lines())] == [1, 2]
