"""Start a server with everything it starts, watch its memory and time, and end all of it."""

from __future__ import annotations

import asyncio
import contextlib
import os
import signal
import subprocess
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

_PROC = Path("/proc")
_TICKS = os.sysconf("SC_CLK_TCK")
_STOP_PATIENCE = 20.0


@dataclass(frozen=True, slots=True)
class Footprint:
    """A process tree at one moment. PSS counts a page that several share only once."""

    rss_mb: float
    pss_mb: float
    cpu_seconds: float
    processes: int


class ServerProcess:
    """One started server, with its children."""

    def __init__(
        self, command: Sequence[str], folder: Path, env: Mapping[str, str], log: Path
    ) -> None:
        with log.open("ab") as output:
            self._process = subprocess.Popen(
                command,
                cwd=folder,
                env={**os.environ, **env},
                stdin=subprocess.DEVNULL,
                stdout=output,
                stderr=subprocess.STDOUT,
                start_new_session=True,
            )

    @property
    def ended(self) -> bool:
        return self._process.poll() is not None

    def footprint(self) -> Footprint:
        pids = tree(self._process.pid)
        return Footprint(
            rss_mb=sum(_field_kb(pid, "status", "VmRSS:") for pid in pids) / 1024,
            pss_mb=sum(_field_kb(pid, "smaps_rollup", "Pss:") for pid in pids) / 1024,
            cpu_seconds=sum(_cpu_seconds(pid) for pid in pids),
            processes=len(pids),
        )

    def kill(self) -> None:
        """``kill -9`` of the whole tree at once, as a power cut would."""
        for pid in tree(self._process.pid):
            with contextlib.suppress(ProcessLookupError):
                os.kill(pid, signal.SIGKILL)
        self._process.wait()

    async def stop(self) -> None:
        """Ask it to end; whatever is still there afterwards is killed."""
        born = {pid: _born(pid) for pid in tree(self._process.pid)}
        if not self.ended:
            self._process.send_signal(signal.SIGTERM)
            with contextlib.suppress(subprocess.TimeoutExpired):
                await asyncio.to_thread(self._process.wait, _STOP_PATIENCE)
        for pid, moment in born.items():
            if moment and _born(pid) == moment:
                with contextlib.suppress(ProcessLookupError):
                    os.kill(pid, signal.SIGKILL)
        self._process.wait()


def tree(root: int) -> list[int]:
    """The process and all its descendants, parents first."""
    children: dict[int, list[int]] = {}
    for entry in _PROC.iterdir():
        if entry.name.isdigit():
            parent = _parent(int(entry.name))
            children.setdefault(parent, []).append(int(entry.name))
    found = [root] if _PROC.joinpath(str(root)).exists() else []
    for pid in found:
        found.extend(children.get(pid, []))
    return found


def _stat(pid: int) -> list[str]:
    """The fields after the command's name, which may hold blanks; empty when it is gone."""
    try:
        return (_PROC / str(pid) / "stat").read_text().rpartition(")")[2].split()
    except (FileNotFoundError, ProcessLookupError):
        return []


def _parent(pid: int) -> int:
    fields = _stat(pid)
    return int(fields[1]) if fields else 0


def _cpu_seconds(pid: int) -> float:
    fields = _stat(pid)
    return (int(fields[11]) + int(fields[12])) / _TICKS if fields else 0.0


def _born(pid: int) -> str:
    """When a process started: with its id, this tells it from a later one of the same id."""
    fields = _stat(pid)
    return fields[19] if fields else ""


def _field_kb(pid: int, file: str, name: str) -> int:
    try:
        lines = (_PROC / str(pid) / file).read_text().splitlines()
    except (FileNotFoundError, ProcessLookupError, PermissionError):
        return 0
    return next((int(line.split()[1]) for line in lines if line.startswith(name)), 0)
