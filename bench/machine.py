"""What the figures were measured on."""

from __future__ import annotations

import os
import platform
import time
from dataclasses import dataclass
from importlib import metadata
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Machine:
    cpu: str
    cores: int
    memory_gb: float
    kernel: str
    python: str
    fsyncs_per_second: float
    load_before: float


def describe(folder: Path) -> Machine:
    """Look at this machine; ``folder`` is on the disk that both servers write to."""
    return Machine(
        cpu=_cpu_model(),
        cores=os.cpu_count() or 0,
        memory_gb=round(os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 2**30, 1),
        kernel=".".join(platform.release().split(".")[:2]),
        python=platform.python_version(),
        fsyncs_per_second=round(fsync_rate(folder)),
        load_before=round(os.getloadavg()[0], 2),
    )


def packages() -> dict[str, str]:
    """The versions of what our side mostly runs on."""
    return {
        name: metadata.version(name) for name in ("fastapi", "uvicorn", "sqlalchemy", "aiohttp")
    }


def fsync_rate(folder: Path, seconds: float = 1.0) -> float:
    """Writes of one page that reached the disk, per second."""
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / "fsync-probe"
    page = b"\0" * 4096
    count, started = 0, time.monotonic()
    try:
        with path.open("wb", buffering=0) as file:
            while time.monotonic() - started < seconds:
                file.write(page)
                os.fsync(file.fileno())
                count += 1
        return count / (time.monotonic() - started)
    finally:
        path.unlink(missing_ok=True)


def _cpu_model() -> str:
    for line in Path("/proc/cpuinfo").read_text().splitlines():
        if line.startswith("model name"):
            return line.partition(":")[2].strip()
    return platform.machine()
