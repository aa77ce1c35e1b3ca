"""Whatever the product writes to the access log, the page says it in Dutch."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
import yaml

from handoff.console.tenant_card import Part

pytestmark = pytest.mark.unit
ROOT = Path(__file__).resolve().parents[2]
_WORDS = ROOT / "web/console/src/nl"
_WRITERS = {
    "log_access": "",
    "log": "",
    "_log": "",
    "known": "",
    "looked": "",
    "_figures": "",
    "step": "identity_",
    "_end": "identity_",
    "_done": "card_do_",
}
"""Functions that are given what happened, and what they put before it."""
_WITH_MORE = ("search ", "report_file ")
"""Kinds with words of the reader behind them."""
_PATTERN = re.compile(r"[a-z][a-z_]+")


def _literals(node: ast.expr) -> Iterator[str]:
    match node:
        case ast.Constant(value=str() as text):
            yield text
        case ast.IfExp(body=one, orelse=other):
            yield from _literals(one)
            yield from _literals(other)


def _calls() -> Iterator[tuple[str, ast.Call]]:
    for folder in ("console", "verification"):
        for file in sorted((ROOT / "handoff" / folder).glob("*.py")):
            for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
                if isinstance(node, ast.Call):
                    name = node.func.attr if isinstance(node.func, ast.Attribute) else ""
                    yield (node.func.id if isinstance(node.func, ast.Name) else name), node


def kinds_in_the_code() -> set[str]:
    found = {
        _WRITERS[name] + text
        for name, call in _calls()
        if name in _WRITERS
        for argument in call.args
        for text in _literals(argument)
        if _PATTERN.fullmatch(text)
    }
    made = {f"card_{part.value}" for part in Part} | {"identity_given_verified"}
    return (found | made) - {"card_do_kept"}


def kinds_with_words() -> set[str]:
    files = (_WORDS / "staff.ts", _WORDS / "tenantCard.ts")
    return {
        key for file in files for key in re.findall(r"\b([a-z_]+): \"", file.read_text("utf-8"))
    }


def test_every_kind_of_line_in_the_access_log_has_a_dutch_word() -> None:
    kinds = kinds_in_the_code()
    assert {"open", "resend", "acknowledge", "identity_code_sent", "card_do_repair"} <= kinds
    assert sorted(kinds - kinds_with_words()) == []


def test_every_report_that_can_be_downloaded_has_a_dutch_word() -> None:
    reports = yaml.safe_load((ROOT / "data/reports.yml").read_text("utf-8"))["reports"]
    assert sorted(set(reports) - kinds_with_words()) == []


@pytest.mark.parametrize("kind", _WITH_MORE)
def test_kinds_with_words_behind_them_are_read_apart(kind: str) -> None:
    words = (_WORDS / "staff.ts").read_text("utf-8")
    assert f'kind === "{kind.strip()}"' in words
