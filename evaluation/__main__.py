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
    """Every text that was taken wrongly, under what it is."""
    rest = iter(read)
    lines = []
    for utterance, found in ((one, next(rest)) for one in sets.utterances):
        if not figures.is_right(utterance, found):
            lines.append(f"{utterance.label} <- {_taken(found)}: {utterance.text}")
    for stray, found in ((one, next(rest)) for one in sets.strays):
        if figures.answered_as_topic(stray, found):
            lines.append(f"out of scope <- {_taken(found)}: {stray.text}")
    for alarm, found in ((one, next(rest)) for one in sets.alarms):
        if figures.alarms(found) != alarm.urgent:
            missed = f"danger not heard, {_taken(found)}" if alarm.urgent else _heard_by(found)
            lines.append(f"{'|'.join(alarm.right)} <- {missed}: {alarm.text}")
    for wish, found in ((one, next(rest)) for one in sets.wishes):
        if figures.brings_person(found) != wish.wanted:
            lines.append(f"a person{'' if wish.wanted else ' not'} wanted: {wish.text}")
    return lines


def _taken(found: Reading) -> str:
    return f"{found.best} {found.sure:.2f} ({found.band})"


def _heard_by(found: Reading) -> str:
    return "alarm by the model" if found.model_alarm else "alarm by the rules"


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
            peer = readings.newest_model(readings.PEER_MODELS, "peer")
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
