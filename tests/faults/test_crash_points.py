"""kill -9 of the gateway between any two hops: nothing lost, nothing twice (P1 to P4)."""

from __future__ import annotations

import json
import signal
import threading
from collections import Counter
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import httpx
import pytest

from channels.webhook import SIGNATURE, Webhook, WebhookSettings
from handoff.crash_points import NAMES
from tests.running_product import RunningProduct, Tenant

pytestmark = pytest.mark.faults
SENDING = tuple(name for name in NAMES if "send" in name)
KEEPING = ("after_kept_request_done",)  # tests/faults/test_kept_request_kill.py
ANSWERING = tuple(name for name in NAMES if name not in SENDING + KEEPING)


@pytest.fixture
def product(tmp_path: Path) -> Iterator[RunningProduct]:
    running = RunningProduct(tmp_path)
    yield running
    running.end(signal.SIGKILL)


@pytest.mark.parametrize("crash_at", ANSWERING)
def test_killed_anywhere_a_message_is_answered_exactly_once(
    product: RunningProduct, crash_at: str
) -> None:
    product.start(crash_at)
    tenant = Tenant(product.url)
    tenant.send("m1", "wanneer moet ik de huur betalen")
    assert product.wait_until_dead() == -signal.SIGKILL
    product.start()
    seq = tenant.send("m1", "wanneer moet ik de huur betalen")
    assert seq == 2
    (answer,) = tenant.wait_for_answer(seq)
    assert answer["author"] == "bot" and "1e van de maand" in answer["text"]
    tenant.send("m2", "hallo")
    tenant.wait_for_answer(4)
    texts = [event["text"] for event in tenant.events()]
    assert len(texts) == len(set(texts)) == 5
    assert [event["seq"] for event in tenant.events()] == [1, 2, 3, 4, 5]


@pytest.mark.parametrize("how", [signal.SIGTERM, signal.SIGINT, signal.SIGKILL])
def test_what_was_accepted_is_there_after_a_restart(
    product: RunningProduct, how: signal.Signals
) -> None:
    product.start()
    tenant = Tenant(product.url)
    accepted = [tenant.send(f"m{n}", f"bericht {n}") for n in range(10)]
    product.end(how)
    product.start()
    stored = [e["client_msg_id"] for e in tenant.events() if e["author"] == "tenant"]
    assert None not in accepted
    assert stored == [f"m{n}" for n in range(10)]


def test_a_second_process_on_the_same_data_is_refused(
    product: RunningProduct, tmp_path: Path
) -> None:
    product.start()
    second = RunningProduct(tmp_path)
    with pytest.raises(AssertionError, match="SQLite allows one"):
        second.start(patience=30)


class Provider:
    """A provider on loopback that remembers what it was sent."""

    def __init__(self) -> None:
        self.got: list[dict[str, Any]] = []
        provider = self

        class Handler(BaseHTTPRequestHandler):
            def do_POST(self) -> None:
                body = self.rfile.read(int(self.headers["Content-Length"]))
                provider.got.append(json.loads(body))
                self.send_response(204)
                self.end_headers()

            def log_message(self, *_: object) -> None:
                return None

        self._server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.url = f"http://127.0.0.1:{self._server.server_port}/in"
        self._thread = threading.Thread(target=self._server.serve_forever, daemon=True)
        self._thread.start()

    def close(self) -> None:
        self._server.shutdown()
        self._thread.join()


@pytest.fixture
def provider() -> Iterator[Provider]:
    running = Provider()
    yield running
    running.close()


def post_signed(product: RunningProduct, channel: Webhook, id: str, text: str) -> int:
    body = json.dumps({"id": id, "from": "app-7", "text": text}).encode()
    headers = {SIGNATURE: channel._sign(body), "Content-Type": "application/json"}
    answer = httpx.post(f"{product.url}/channels/webhook", content=body, headers=headers)
    return answer.status_code


@pytest.mark.parametrize("crash_at", [f"{name}:2" for name in SENDING])
def test_killed_while_sending_every_message_arrives_once_for_a_provider_that_knows_ids(
    tmp_path: Path, provider: Provider, crash_at: str
) -> None:
    settings = WebhookSettings(secret="geheim", url=provider.url)
    environment = {"WEBHOOK__SECRET": "geheim", "WEBHOOK__URL": provider.url}
    product = RunningProduct(tmp_path, **environment)
    try:
        product.start(crash_at)
        channel = Webhook(settings)
        assert post_signed(product, channel, "w1", "wanneer moet ik de huur betalen") == 204
        assert product.wait_until_dead() == -signal.SIGKILL
        product.start()
        assert post_signed(product, channel, "w1", "wanneer moet ik de huur betalen") == 204
        wait_until(lambda: any("1e van de maand" in sent["text"] for sent in provider.got))
        ids = Counter(sent["id"] for sent in provider.got)
        texts = {sent["id"]: sent["text"] for sent in provider.got}
        # The provider drops what it has already: so each text must come under one id only.
        assert len(texts) == len(set(texts.values())) == 2
        assert max(ids.values()) <= 2
    finally:
        product.end(signal.SIGKILL)


def wait_until(done: Any, patience: float = 20) -> None:
    import time

    until = time.monotonic() + patience
    while not done():
        assert time.monotonic() < until, "it did not happen in time"
        time.sleep(0.05)
