"""What ``make evaluate`` prints, and the page it writes."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from html import escape
from pathlib import Path
from string import Template

from evaluation.figures import Bin, Figures, Share
from evaluation.plots import Axes, Line, chart


@dataclass(frozen=True, slots=True)
class Measure:
    """A row of the table: what is measured, the target, and how the figure reads."""

    name: str
    target: str

    def of(self, figures: Figures) -> str:
        return _READ[self.name](figures)


def _share(share: Share) -> str:
    return "-" if share.value is None else f"{share.value:.3f} ({share.hits} of {share.of})"


def _number(value: float | None) -> str:
    return "-" if value is None else f"{value:.3f}"


def _speed(figures: Figures) -> str:
    if figures.milliseconds is None:
        return "-"
    return f"{figures.milliseconds[0]:.1f} / {figures.milliseconds[1]:.1f} ms"


_READ = {
    "right topic first, Dutch": lambda f: _share(f.right_dutch),
    "right topic first, other languages": lambda f: _share(f.right_other),
    "answered at once": lambda f: _share(f.answered),
    "wrong among answers given": lambda f: _share(f.wrong),
    "right at once or among the choices": lambda f: _share(f.within_choices),
    "out of scope answered as a topic": lambda f: _share(f.strays_answered),
    "emergencies recognised": lambda f: _share(f.alarms_found),
    "near misses that alarm": lambda f: _share(f.false_alarms),
    "wishes for a person recognised": lambda f: _share(f.wishes_found),
    "near misses that bring a person": lambda f: _share(f.false_wishes),
    "calibration error (ECE)": lambda f: _number(f.calibration_error),
    "one message on one core, p50 / p95": _speed,
}
_TARGETS = {
    "right topic first, Dutch": ">= 0.95",
    "right topic first, other languages": ">= 0.90",
    "answered at once": ">= 0.85",
    "wrong among answers given": "<= 0.02",
    "right at once or among the choices": ">= 0.98",
    "out of scope answered as a topic": "<= 0.03",
    "emergencies recognised": "1.00",
    "near misses that alarm": "<= 0.02",
    "wishes for a person recognised": ">= 0.99",
    "near misses that bring a person": "<= 0.02",
    "calibration error (ECE)": "<= 0.03",
    "one message on one core, p50 / p95": "<= 25 / 60 ms",
}
MEASURES = tuple(Measure(name, _TARGETS[name]) for name in _READ)
_SHOWN_CONFUSIONS = 25
_PAGE = Path(__file__).with_name("report.html")
OURS = "Thuisbalie"


def as_text(by_assistant: Mapping[str, Figures]) -> str:
    """The table, the risk-coverage curve and the confusion pairs, for the terminal."""
    lines = [_row("measure", "target", list(by_assistant))]
    for measure in MEASURES:
        values = [measure.of(figures) for figures in by_assistant.values()]
        lines.append(_row(measure.name, measure.target, values))
    ours = by_assistant[OURS]
    lines += [
        "",
        "risk and coverage: share answered, share wrong among the answers, confidence from",
    ]
    for share in (0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.85, 0.9, 0.95, 1.0):
        near = [point for point in ours.curve if point.answered >= share - 1e-9]
        if near:
            point = near[0]
            lines.append(f"  {point.answered:.2f}  {point.wrong:.3f}  {point.threshold:.3f}")
    lines += ["", "most frequent confusions: right topic, taken for, times"]
    lines += [
        f"  {count:3d}  {right} -> {taken}"
        for right, taken, count in ours.confusions[:_SHOWN_CONFUSIONS]
    ]
    return "\n".join(lines)


def _row(name: str, target: str, values: Sequence[str]) -> str:
    return f"{name:38} {target:15} " + "  ".join(f"{value:24}" for value in values)


def as_page(by_assistant: Mapping[str, Figures], about: str) -> str:
    """The same as a page with plots."""
    ours = by_assistant[OURS]
    head = "".join(f"<th>{escape(name)}</th>" for name in by_assistant)
    rows = "".join(
        f"<tr><td>{escape(measure.name)}</td><td>{escape(measure.target)}</td>"
        + "".join(f"<td>{escape(measure.of(figures))}</td>" for figures in by_assistant.values())
        + "</tr>"
        for measure in MEASURES
    )
    confusions = "".join(
        f"<tr><td>{escape(right)}</td><td>{escape(taken)}</td><td>{count}</td></tr>"
        for right, taken, count in ours.confusions[:_SHOWN_CONFUSIONS]
    )
    parts = {
        "about": escape(about),
        "head": head,
        "rows": rows,
        "curve": _curves(by_assistant),
        "bins": _reliability(ours.bins),
        "splits": _splits(ours),
        "confusions": confusions,
    }
    return Template(_PAGE.read_text(encoding="utf-8")).substitute(parts)


def _curves(by_assistant: Mapping[str, Figures]) -> str:
    lines = [
        Line(
            name, [(p.answered, p.wrong) for p in figures.curve], "ours" if name == OURS else "peer"
        )
        for name, figures in by_assistant.items()
    ]
    lines.append(Line("promise: 2 % wrong", [(0, 0.02), (1, 0.02)], "promise"))
    ours = by_assistant[OURS]
    marks = []
    if ours.answered.value is not None and ours.wrong.value is not None:
        marks = [Line("where we answer", [(ours.answered.value, ours.wrong.value)], "mark")]
    most = max([0.1, *(wrong for line in lines for _, wrong in line.points)])
    return chart(Axes("answered", "wrong among the answers", most_up=most), lines, marks)


def _reliability(bins: Sequence[Bin]) -> str:
    points = [(bin.sure, bin.right) for bin in bins]
    ideal = Line("as sure as right", [(0, 0), (1, 1)], "promise")
    return chart(
        Axes("confidence", "right"), [ideal, Line(OURS, points)], [Line("", points, "mark")]
    )


def _splits(figures: Figures) -> str:
    rows = [("voice", name, share) for name, share in figures.by_voice.items()]
    rows += [("language", name, share) for name, share in figures.by_language.items()]
    return "".join(
        f"<tr><td>{kind}</td><td>{escape(name)}</td><td>{_share(share)}</td>"
        f'<td><meter min="0" max="1" value="{share.value or 0:.3f}"></meter></td></tr>'
        for kind, name, share in rows
    )
