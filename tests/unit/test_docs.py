"""The documents name what is there: links, paths, decisions in their form."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

pytestmark = pytest.mark.unit
ROOT = Path(__file__).resolve().parents[2]
ADRS = sorted((ROOT / "docs/adr").glob("*.md"))
NAMING = [ROOT / "README.md", *sorted((ROOT / "docs").glob("*.md")), *ADRS]
LINKING = [
    *NAMING,
    ROOT / "CHANGELOG.md",
    ROOT / "CONTRIBUTING.md",
    *sorted((ROOT / "web").glob("*/README.md")),
]
LOCKS = [*ROOT.glob("requirements*.lock"), *ROOT.glob("b*/*/requirements.lock")]
LINK = re.compile(r"\]\(([^)\s]+)\)")
NAMED = re.compile(
    r"`((?:actions|bench|bot|channels|data|docs|handoff|tests|web)/[\w./-]*)`", re.ASCII
)
INDEX = re.compile(
    r"pypi\.|npmjs|pythonhosted|index-url|/simple/|\"resolved\": *\"http", re.IGNORECASE
)
HEADINGS = ["## Context", "## Decision", "## Consequences"]
LONGEST_ADR = 60


def name_of(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


def prose_of(path: Path) -> str:
    """The text without code blocks, whose brackets are no links."""
    return re.sub(r"^```.*?^```", "", path.read_text(encoding="utf-8"), flags=re.M | re.S)


def broken_links(document: Path) -> Iterator[str]:
    for target in LINK.findall(prose_of(document)):
        path = target.partition("#")[0]
        if path and "://" not in path and not (document.parent / path).exists():
            yield target


@pytest.mark.parametrize("document", LINKING, ids=name_of)
def test_every_relative_link_leads_somewhere(document: Path) -> None:
    assert list(broken_links(document)) == []


@pytest.mark.parametrize("document", NAMING, ids=name_of)
def test_every_path_that_is_named_exists(document: Path) -> None:
    named = NAMED.findall(document.read_text(encoding="utf-8"))
    assert [path for path in named if not (ROOT / path).exists()] == []


def test_decisions_are_numbered_without_a_gap() -> None:
    assert [path.name[:4] for path in ADRS] == [f"{n:04}" for n in range(1, len(ADRS) + 1)]


@pytest.mark.parametrize("decision", ADRS, ids=name_of)
def test_a_decision_has_its_three_parts_on_one_page(decision: Path) -> None:
    lines = decision.read_text(encoding="utf-8").splitlines()
    assert lines[0].startswith(f"# {decision.name[:4]} ")
    assert [line for line in lines if line.startswith("## ")] == HEADINGS
    assert len(lines) <= LONGEST_ADR


@pytest.mark.parametrize("file", [*LINKING, *LOCKS, ROOT / "web/package-lock.json"], ids=name_of)
def test_no_address_of_a_package_index_is_written_down(file: Path) -> None:
    assert INDEX.findall(file.read_text(encoding="utf-8")) == []
