"""Rasa beside the gateway: started, started again, stopped, and never left behind."""

from __future__ import annotations

import asyncio
import os
import signal
import sys
from pathlib import Path

import pytest
from rasa_running import SECRET, free_port, trained_model

from bot.server_process import ROOT, NoModel, RasaServer, newest_model

pytestmark = pytest.mark.rasa


def server(folder: Path) -> RasaServer:
    return RasaServer(
        trained_model(),
        free_port(),
        SECRET,
        "http://127.0.0.1:1/actions/webhook",
        folder / "rasa.log",
    )


def runs(pid: int) -> bool:
    try:
        stat = Path(f"/proc/{pid}/stat").read_text()
    except OSError:
        return False
    return stat.rsplit(")", 1)[1].split()[0] != "Z"


async def gone(pid: int) -> bool:
    async with asyncio.timeout(20):
        while runs(pid):  # noqa: ASYNC110 - another process
            await asyncio.sleep(0.05)
    return True


async def test_it_starts_comes_back_after_a_kill_and_leaves_nothing(tmp_path: Path) -> None:
    rasa = server(tmp_path)
    await rasa.start()
    assert await rasa.wait_ready(90)
    first = rasa.pid
    assert first is not None
    os.kill(first, signal.SIGKILL)
    assert await gone(first)
    assert await rasa.wait_ready(90)
    second = rasa.pid
    assert second is not None and second != first
    await rasa.stop()
    assert not runs(second)
    await rasa.stop()


async def test_stopping_while_it_still_starts_leaves_nothing(tmp_path: Path) -> None:
    rasa = server(tmp_path)
    await rasa.start()
    pid = rasa.pid
    await rasa.stop()
    assert pid is not None and not runs(pid)


GATEWAY = """
import asyncio, sys
from pathlib import Path
from bot.server_process import RasaServer

async def main(model, port, log):
    rasa = RasaServer(Path(model), int(port), "s", "http://127.0.0.1:1", Path(log))
    await rasa.start()
    print(rasa.pid, flush=True)
    await asyncio.Event().wait()

asyncio.run(main(*sys.argv[1:]))
"""


async def test_it_dies_with_a_gateway_that_is_killed_outright(tmp_path: Path) -> None:
    parent = await asyncio.create_subprocess_exec(
        *(sys.executable, "-c", GATEWAY),
        *(str(trained_model()), str(free_port()), str(tmp_path / "rasa.log")),
        cwd=ROOT,
        stdout=asyncio.subprocess.PIPE,
    )
    assert parent.stdout is not None
    child = int(await parent.stdout.readline())
    assert runs(child)
    parent.kill()
    await parent.wait()
    assert await gone(child)


async def test_a_model_that_does_not_load_is_told_at_once(tmp_path: Path) -> None:
    broken = tmp_path / "broken.tar.gz"
    broken.write_bytes(b"no model")
    rasa = RasaServer(broken, free_port(), SECRET, "http://127.0.0.1:1", tmp_path / "rasa.log")
    await rasa.start()
    assert not await rasa.wait_ready(60)
    await rasa.stop()


def test_no_model_is_said_in_one_line(tmp_path: Path) -> None:
    with pytest.raises(NoModel, match="make train"):
        newest_model(tmp_path)
