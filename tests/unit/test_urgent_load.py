"""A lexicon that cannot be used is refused, with the file and the part that is wrong."""

from __future__ import annotations

from pathlib import Path

import pytest

from handoff.urgent import UrgentLexicon
from handoff.urgent_load import LANGUAGES, LexiconError

pytestmark = pytest.mark.unit

SAFETY = "\n".join(f"    {language}: bel 112" for language in LANGUAGES)
KIND = f"""
kind:
  id: flood
  label: Water
  topic: repair_leak
  queue: spoed
  priority: 1
  safety:
{SAFETY}
  spoken: bel
groups:
  water: {{nl: "water, plas*"}}
"""


def _lexicon(folder: Path, kind: str, shared: str = "neutral: plan") -> UrgentLexicon:
    (folder / "shared.yml").write_text(shared, encoding="utf-8")
    (folder / "flood.yml").write_text(kind, encoding="utf-8")
    return UrgentLexicon.load(folder)


def test_smallest_lexicon_recognises_its_word_and_a_misspelling_of_it(tmp_path: Path) -> None:
    lexicon = _lexicon(tmp_path, KIND + "rules:\n  seen: {near: water}\n")
    assert [urgent.kind for urgent in lexicon.recognise("er is wter en waater")] == ["flood"]
    assert lexicon.recognise("er is wijn") == ()


def test_union_holds_the_terms_of_its_parts(tmp_path: Path) -> None:
    shared = 'unions: {wet: "water"}'
    lexicon = _lexicon(tmp_path, KIND + "rules:\n  seen: {near: wet}\n", shared)
    assert lexicon.recognise("een plas") != ()


def test_blocker_is_lifted_by_its_lifter(tmp_path: Path) -> None:
    shared = "lifted_by: {past: again}\ngroups: {past: {nl: gisteren}, again: {nl: weer}}"
    lexicon = _lexicon(tmp_path, KIND + "unless: past\nrules:\n  seen: {near: water}\n", shared)
    assert lexicon.recognise("gisteren water") == ()
    assert lexicon.recognise("gisteren water en nu weer") != ()


def test_folder_without_shared_file_is_refused(tmp_path: Path) -> None:
    with pytest.raises(LexiconError, match=r"shared\.yml: not found"):
        UrgentLexicon.load(tmp_path)


@pytest.mark.parametrize(
    ("kind", "complaint"),
    [
        (KIND + "rules:\n  seen: {near: fire}\n", "rule seen: unknown group fire"),
        (KIND + "rules:\n  seen: {within: 3}\n", "rule seen has no groups"),
        (KIND.replace("    tr: bel 112\n", ""), "no safety text in tr"),
        (KIND.replace("  label: Water\n", ""), "kind has no 'label'"),
        (KIND.replace("{nl:", "{fr:"), "unknown language fr"),
        (KIND.replace("plas*", "@lost plas"), "unknown group @lost"),
        ("kind: [", "flood.yml"),
        ("- kind", "a mapping is needed"),
    ],
)
def test_wrong_kind_file_is_refused_with_what_is_wrong(
    tmp_path: Path, kind: str, complaint: str
) -> None:
    with pytest.raises(LexiconError, match=complaint):
        _lexicon(tmp_path, kind)
