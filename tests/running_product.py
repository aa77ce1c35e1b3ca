"""The product as its users start it: a process of its own, on a loopback port, to be killed."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import httpx

ROOT = Path(__file__).resolve().parents[1]
LOGIN, PASSWORD = "fatma", "proef-wachtwoord-1"


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


class RunningProduct:
    """Start, kill and start again on the same data."""

    def __init__(self, data_dir: Path, bot: str = "scripted", **environment: str) -> None:
        self.port = free_port()
        self.url = f"http://127.0.0.1:{self.port}"
        self._environment = {
            **os.environ,
            "PORT": str(self.port),
            "DATA_DIR": str(data_dir),
            "BOT": bot,
            "DEMO": "true",
            "DEMO_USER": LOGIN,
            "DEMO_PASSWORD": PASSWORD,
            "DEMO_NOW": "2026-11-24T10:00+01:00",
            "RATE_LIMIT__ENABLED": "false",
            **environment,
        }
        self._log = data_dir / "product.log"
        self.process: subprocess.Popen[bytes] | None = None

    def start(self, crash_at: str = "", patience: float = 60) -> None:
        environment = {**self._environment, "THUISBALIE_CRASH_AT": crash_at}
        with self._log.open("ab") as log:
            self.process = subprocess.Popen(
                [sys.executable, "-m", "handoff", "serve"],
                cwd=ROOT,
                env=environment,
                stdout=log,
                stderr=log,
                start_new_session=True,
            )
        self.wait_for("/health", patience)

    def wait_for(self, path: str, patience: float) -> None:
        until = time.monotonic() + patience
        while time.monotonic() < until:
            assert self.process is not None
            if self.process.poll() is not None:
                raise AssertionError(f"the product ended:\n{self.log()[-3000:]}")
            try:
                if httpx.get(self.url + path, timeout=2).status_code == 200:
                    return
            except httpx.HTTPError:
                pass
            time.sleep(0.05)  # another process; there is nothing to wait on
        raise AssertionError(f"the product did not get ready:\n{self.log()[-3000:]}")

    def wait_for_words(self, words: str, patience: float = 20) -> None:
        until = time.monotonic() + patience
        while words not in self.log():
            assert time.monotonic() < until, self.log()[-3000:]
            time.sleep(0.05)

    def log(self) -> str:
        return self._log.read_text(errors="replace")

    def wait_until_dead(self, patience: float = 20) -> int:
        assert self.process is not None
        return self.process.wait(patience)

    def end(self, how: signal.Signals = signal.SIGTERM) -> int:
        """Send a signal and wait until the process is gone."""
        assert self.process is not None
        if self.process.poll() is None:
            self.process.send_signal(how)
        return self.wait_until_dead()


class Tenant:
    """A web chat that sends again, with the same id, until it is accepted."""

    def __init__(self, url: str) -> None:
        self._url = url
        opened = httpx.post(f"{url}/chat/conversations", timeout=10).json()
        self.id: str = opened["conversation_id"]
        self._headers = {"Authorization": f"Bearer {opened['token']}"}

    def send(self, client_msg_id: str, text: str) -> int | None:
        """One try. None when the other side went away."""
        body = {"client_msg_id": client_msg_id, "text": text}
        url = f"{self._url}/chat/conversations/{self.id}/messages"
        try:
            answer = httpx.post(url, json=body, headers=self._headers, timeout=10)
        except httpx.HTTPError:
            return None
        return int(answer.json()["seq"]) if answer.status_code == 202 else None

    def events(self, since: int = 0) -> list[dict[str, Any]]:
        url = f"{self._url}/chat/conversations/{self.id}/events"
        params = {"since": since}
        answer = httpx.get(url, params=params, headers=self._headers, timeout=10)
        found: list[dict[str, Any]] = answer.json()["events"]
        return found

    def wait_for_answer(self, since: int, patience: float = 15) -> list[dict[str, Any]]:
        """What came after this seq from anybody but the tenant."""
        until = time.monotonic() + patience
        while time.monotonic() < until:
            found = [event for event in self.events(since) if event["author"] != "tenant"]
            if found:
                return found
            time.sleep(0.05)
        raise AssertionError(f"no answer after {since}: {self.events()}")
