"""``python -m evaluation <folder> [--peer] [--misses]``: how well the assistant understands.

Prints the figures and writes ``models/evaluation.html``.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from pathlib import Path

from evaluation import figures, readings, report
from evaluation.readings import Reading
from evaluation.sets import Sets, load

PAGE = readings.ROOT / "models" / "evaluation.html"


def measure(sets: Sets, read: Sequence[Reading]) -> figures.Figures:
    """All figures; ``read`` holds one reading per text, in the order of ``sets.texts``."""
    rest = iter(read)
    utterances = [(one, next(rest)) for one in sets.utterances]
    strays = [(one, next(rest)) for one in sets.strays]
    alarms = [(one, next(rest)) for one in sets.alarms]
    wishes = [(one, next(rest)) for one in sets.wishes]
    return figures.Figures(
        **figures.understanding(utterances, strays, [one.ms for one in read]),  # type: ignore[arg-type]
        **figures.safety(alarms),  # type: ignore[arg-type]
        **figures.wishes(wishes),  # type: ignore[arg-type]
    )


def _misses(sets: Sets, read: Sequence[Reading]) -> list[str]:
    lines = []
    for one, found in zip(sets.utterances, read, strict=False):
        if not figures.is_right(one, found):
            also = f"{found.best} {found.sure:.2f} ({found.band})"
            lines.append(f"{one.label} <- {also}: {one.text}")
    return lines


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m evaluation", description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--peer", action="store_true", help="beside the stock Rasa pipeline")
    parser.add_argument("--misses", action="store_true", help="print each text taken wrongly")
    options = parser.parse_args()
    try:
        sets = load(options.folder)
        model = readings.newest_model()
        read = readings.read_all(sets.texts, model)
        by_assistant = {report.OURS: measure(sets, read)}
        if options.peer:
            peer = readings.newest_model(readings.ROOT / "bench" / "work" / "peer" / "models")
            by_assistant["stock Rasa"] = measure(sets, readings.read_with_peer(sets.texts, peer))
    except (OSError, ValueError, readings.ReadingFailed) as wrong:
        sys.stderr.write(f"Nothing evaluated: {wrong}\n")
        return 1
    about = f"{model.name.split('.')[0]} on {len(sets.texts)} texts of {options.folder.name}"
    sys.stdout.write(f"{about}\n\n{report.as_text(by_assistant)}\n")
    if options.misses:
        sys.stdout.write("\n" + "\n".join(_misses(sets, read)) + "\n")
    PAGE.parent.mkdir(exist_ok=True)
    PAGE.write_text(report.as_page(by_assistant, about), encoding="utf-8")
    sys.stdout.write(f"\nWith plots: {PAGE.relative_to(readings.ROOT)}\n")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
