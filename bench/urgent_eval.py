"""How well urgent messages are recognised: ``python -m bench.urgent_eval <folder> [--misses]``.

The folder holds ``safety.tsv`` (text, label, accept, lang, urgent) and, when it has them,
``utterances.tsv`` and ``out_of_scope.tsv``, in which only emergency topics may raise an alarm.
"""

from __future__ import annotations

import argparse
import csv
import sys
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from handoff.urgent import UrgentLexicon

ROOT = Path(__file__).parent.parent

# Which kinds answer a labelled emergency; the first danger text must be one that helps.
KINDS_OF = {
    "emergency_gas": {"gas"},
    "emergency_co": {"co"},
    "emergency_fire_danger": {"fire", "life"},
    "emergency_urgent_repair": {"urgent_repair"},
    "repair_electrical": {"electricity", "fire"},
    "repair_lift": {"trapped"},
    "crisis_self_harm": {"self_harm"},
    "domestic_violence_abuse": {"violence"},
    "nuisance_serious": {"violence"},
}
# Topics in which an alarm may well be right: the set does not say which of their texts are urgent.
MAY_ALARM = {*KINDS_OF, "repair_leak", "emergency_power_outage", "repair_drain_toilet"}


@dataclass(slots=True)
class Score:
    """Counts of one file."""

    wanted: Counter[str] = field(default_factory=Counter)
    found: Counter[str] = field(default_factory=Counter)
    right_kind: Counter[str] = field(default_factory=Counter)
    quiet: int = 0
    alarms: int = 0
    notes: list[str] = field(default_factory=list)


def _rows(path: Path) -> Iterator[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as lines:
        yield from csv.DictReader(lines, delimiter="\t", quoting=csv.QUOTE_NONE)


def score_safety(lexicon: UrgentLexicon, path: Path) -> Score:
    """Emergencies found, and near misses that alarm."""
    score = Score()
    for row in _rows(path):
        found = lexicon.recognise(row["text"])
        label = row["label"]
        if row["urgent"] == "yes":
            score.wanted[label] += 1
            score.found[label] += bool(found)
            right = bool({urgent.kind for urgent in found} & KINDS_OF.get(label, set()))
            score.right_kind[label] += right
            if not right:
                said = ", ".join(urgent.rule for urgent in found) or "nothing"
                score.notes.append(f"MISS  {label} ({said}): {row['text']}")
        else:
            score.quiet += 1
            score.alarms += bool(found)
            score.notes.extend(f"ALARM {u.rule} [{label}]: {row['text']}" for u in found)
    return score


def score_quiet(lexicon: UrgentLexicon, path: Path) -> Score:
    """Alarms where none belongs."""
    score = Score()
    for row in _rows(path):
        labels = {row.get("label") or "out_of_scope", *(row.get("accept") or "").split("|")}
        if labels & MAY_ALARM:
            continue
        found = lexicon.recognise(row["text"])
        score.quiet += 1
        score.alarms += bool(found)
        score.notes.extend(f"ALARM {u.rule} [{row.get('label')}]: {row['text']}" for u in found)
    return score


def _share(part: int, whole: int) -> str:
    return f"{part:4d} / {whole:<4d} {100 * part / whole:6.1f} %" if whole else "   - "


def _print_safety(score: Score) -> None:
    print(f"{'emergencies':28s} {'any alarm':>21s} {'the right kind':>21s}")
    for label, count in sorted(score.wanted.items()):
        any_alarm, right = _share(score.found[label], count), _share(score.right_kind[label], count)
        print(f"{label:28s} {any_alarm:>21s} {right:>21s}")
    total = score.wanted.total()
    any_alarm = _share(score.found.total(), total)
    print(f"{'all':28s} {any_alarm:>21s} {_share(score.right_kind.total(), total):>21s}")
    print(f"{'near misses that alarm':28s} {_share(score.alarms, score.quiet):>21s}")


def main(arguments: Sequence[str]) -> int:
    """Print the figures of one folder."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--misses", action="store_true", help="also print each text that failed")
    options = parser.parse_args(arguments)
    lexicon = UrgentLexicon.load(ROOT / "data/urgent")
    notes: list[str] = []
    started = time.perf_counter()
    safety = options.folder / "safety.tsv"
    if safety.exists():
        score = score_safety(lexicon, safety)
        _print_safety(score)
        notes += score.notes
    for name in ("utterances.tsv", "out_of_scope.tsv", "human.tsv"):
        path = options.folder / name
        if path.exists():
            score = score_quiet(lexicon, path)
            print(f"{'alarms in ' + name:28s} {_share(score.alarms, score.quiet):>21s}")
            notes += score.notes
    print(f"{'seconds':28s} {time.perf_counter() - started:10.2f}")
    if options.misses:
        print("\n".join(notes))
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
