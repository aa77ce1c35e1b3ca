"""Keeps one Rasa server running beside the gateway, on loopback, and leaves none behind."""

from __future__ import annotations

import asyncio
import ctypes
import logging
import os
import signal
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path

import aiohttp

logger = logging.getLogger(__name__)

ROOT = Path(__file__).resolve().parents[1]
RASA = ROOT / "bot" / "server" / ".venv" / "bin" / "rasa"
_BACKOFF_SECONDS = (1.0, 2.0, 5.0, 10.0, 30.0)
_STEADY_SECONDS = 60.0
"""A server that lived this long starts again with the shortest wait."""
_GRACE_SECONDS = 5.0
_DIE_WITH_PARENT = 1  # PR_SET_PDEATHSIG
_QUIET: Mapping[str, str] = {
    "PYTHONWARNINGS": "ignore",
    "SQLALCHEMY_SILENCE_UBER_WARNING": "1",
    "RASA_TELEMETRY_ENABLED": "false",
    "LOG_LEVEL": "WARNING",
    # One core each: the gateway needs the other, and more threads cost more than they bring.
    "OMP_NUM_THREADS": "1",
    "OPENBLAS_NUM_THREADS": "1",
}


class NoModel(FileNotFoundError):
    """Nothing was trained yet."""


def newest_model(folder: Path = ROOT / "models") -> Path:
    """The model that was trained, or found to be up to date, last.

    Raises:
        NoModel: there is none.
    """
    models = sorted(folder.glob("*.tar.gz"), key=lambda path: path.stat().st_mtime)
    if not models:
        raise NoModel(f"no model in {folder}: run `make train`")
    return models[-1]


class RasaServer:
    """Starts Rasa, starts it again when it dies, stops it for good."""

    def __init__(
        self, model: Path, port: int, secret: str, actions_url: str, log_path: Path
    ) -> None:
        self.url = f"http://127.0.0.1:{port}"
        self._command = _command(model, port)
        self._environment = {
            **os.environ,
            **_QUIET,
            "THUISBALIE_RASA_SECRET": secret,
            "THUISBALIE_ACTIONS_URL": actions_url,
        }
        self._log_path = log_path
        self._process: asyncio.subprocess.Process | None = None
        self._keeper: asyncio.Task[None] | None = None

    @property
    def pid(self) -> int | None:
        return self._process.pid if self._process else None

    async def start(self) -> None:
        """Returns at once; see ``wait_ready``."""
        if self._keeper is None:
            self._log_path.parent.mkdir(parents=True, exist_ok=True)
            await self._launch()
            self._keeper = asyncio.create_task(self._keep(), name="rasa-server")

    async def wait_ready(self, timeout: float = 60.0) -> bool:  # noqa: ASYNC109
        """Whether the assistant can answer within so many seconds.

        Rasa opens its door after loading: a door that says "not ready" stays so, and False comes
        at once (the model does not load; see the log).
        """
        with suppress(TimeoutError):
            async with asyncio.timeout(timeout), aiohttp.ClientSession() as session:
                while (status := await self._health(session)) is None:  # noqa: ASYNC110
                    await asyncio.sleep(0.1)
                return status == 200
        return False

    async def stop(self) -> None:
        """Nothing of it runs any more when this returns."""
        if self._keeper is not None:
            self._keeper.cancel()
            with suppress(asyncio.CancelledError):
                await self._keeper
            self._keeper = None
        if self._process is not None:
            await _end(self._process)
            self._process = None

    async def _launch(self) -> None:
        with self._log_path.open("ab") as log:
            self._process = await asyncio.create_subprocess_exec(
                *self._command,
                cwd=ROOT,
                env=self._environment,
                stdin=asyncio.subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                start_new_session=True,
                preexec_fn=_die_with_parent,
            )

    async def _keep(self) -> None:
        loop, deaths = asyncio.get_running_loop(), 0
        while self._process is not None:
            started = loop.time()
            code = await self._process.wait()
            deaths = 0 if loop.time() - started > _STEADY_SECONDS else deaths
            pause = _BACKOFF_SECONDS[min(deaths, len(_BACKOFF_SECONDS) - 1)]
            deaths += 1
            logger.warning("Rasa ended with %s; starting it again in %s s", code, pause)
            await asyncio.sleep(pause)
            await self._launch()

    async def _health(self, session: aiohttp.ClientSession) -> int | None:
        try:
            async with session.get(f"{self.url}/webhooks/gateway/health") as response:
                return response.status
        except (aiohttp.ClientError, OSError):
            return None


def _command(model: Path, port: int) -> list[str]:
    return [
        str(RASA),
        "run",
        *("--model", str(model)),
        *("--interface", "127.0.0.1"),
        *("--port", str(port)),
        *("--endpoints", "endpoints.yml"),
        *("--credentials", "credentials.yml"),
        *("--response-timeout", "20"),
    ]


_LIBC = ctypes.CDLL(None, use_errno=True)


def _die_with_parent() -> None:
    # Also when the gateway is killed outright and can clean up nothing.
    _LIBC.prctl(_DIE_WITH_PARENT, signal.SIGKILL)


async def _end(process: asyncio.subprocess.Process) -> None:
    """End the whole process group: politely first."""
    for how in (signal.SIGTERM, signal.SIGKILL):
        if process.returncode is not None:
            return
        with suppress(ProcessLookupError):
            os.killpg(process.pid, how)
        with suppress(TimeoutError):
            await asyncio.wait_for(process.wait(), _GRACE_SECONDS)
