"""The parts that live in Rasa's own environment, checked there (see old_python/)."""

from __future__ import annotations

import subprocess

import pytest

from bot.server_process import RASA, ROOT

pytestmark = pytest.mark.rasa


def test_the_parts_inside_rasas_environment_keep_their_checks() -> None:
    command = [
        str(RASA.with_name("python")),
        *("-W", "ignore", "-m", "unittest", "discover"),
        *("--start-directory", "tests/bot/old_python", "--pattern", "check_*.py"),
        *("--top-level-directory", "."),
    ]
    ran = subprocess.run(
        command, cwd=ROOT, capture_output=True, text=True, timeout=300, check=False
    )
    assert ran.returncode == 0, ran.stderr[-4000:]
