"""House rules that a machine can watch: size of files, no patching, words for every module."""

from __future__ import annotations

import ast
import re
from pathlib import Path

import pytest

pytestmark = pytest.mark.unit
ROOT = Path(__file__).resolve().parents[2]
MOST_LINES = 300
OURS = ("bot", "actions", "channels", "handoff", "tests", "bench", "web/widget", "web/console")
SKIPPED = {"node_modules", "dist", ".venv", "work", "__pycache__"}
GENERATED = Path("web/console/src/api/schema.ts")


def sources(*endings: str) -> list[Path]:
    return [
        path
        for folder in OURS
        for path in sorted((ROOT / folder).rglob("*"))
        if path.suffix in endings
        and not SKIPPED & set(path.relative_to(ROOT).parts)
        and path.relative_to(ROOT) != GENERATED
    ]


def test_no_file_is_longer_than_one_sitting() -> None:
    long = {
        str(path.relative_to(ROOT)): lines
        for path in sources(".py", ".ts", ".vue", ".css")
        if (lines := len(path.read_text(encoding="utf-8").splitlines())) > MOST_LINES
    }
    # A test file may be a list of many short cases; a first migration lists every column.
    lists = ("tests/", "handoff/store/migrations/versions/")
    assert {name: n for name, n in long.items() if not name.startswith(lists)} == {}


def test_every_module_says_what_it_is() -> None:
    silent = []
    for path in sources(".py"):
        text = path.read_text(encoding="utf-8")
        if text.strip() and ast.get_docstring(ast.parse(text)) is None:
            silent.append(str(path.relative_to(ROOT)))
    assert silent == []


def test_nothing_is_patched_and_no_test_is_skipped() -> None:
    banned = re.compile(r"mock\.patch|unittest\.mock|mark\.skip|xfail|monkeypatch\.setattr")
    mine = Path(__file__).resolve()
    found = [p.name for p in sources(".py") if p != mine and banned.search(p.read_text("utf-8"))]
    assert found == []
