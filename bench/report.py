"""The result as a table for readers, as JSON for programs and as a picture."""

from __future__ import annotations

import dataclasses
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from bench.kills import Fate, Toll
from bench.machine import Machine
from bench.measure import LATEST_ANSWER, Figures
from bench.picture import Bars, draw
from bench.stats import middle, ratio, spread

OURS, PEER = "Thuisbalie", "stock Rasa"


@dataclass(frozen=True, slots=True)
class Row:
    """One figure of the table. ``better`` says which direction is good."""

    key: str
    label: str
    unit: str
    better: str = "lower"
    digits: int = 0


ROWS = (
    Row("sustained_per_s", "answered messages per second, open loop", "msg/s", "higher", 1),
    Row("together_per_s", "answered messages per second, 16 conversations", "msg/s", "higher", 1),
    Row("alone_p50_ms", "turn, 1 conversation, p50", "ms"),
    Row("alone_p95_ms", "turn, 1 conversation, p95", "ms"),
    Row("alone_p99_ms", "turn, 1 conversation, p99", "ms"),
    Row("together_p50_ms", "turn, 16 conversations, p50", "ms"),
    Row("together_p95_ms", "turn, 16 conversations, p95", "ms"),
    Row("together_p99_ms", "turn, 16 conversations, p99", "ms"),
    Row("accepted_p50_ms", "until the server has accepted, 16 conversations, p50", "ms"),
    Row("accepted_p99_ms", "until the server has accepted, 16 conversations, p99", "ms"),
    Row("turn_early_ms", "turn 10 of one conversation", "ms"),
    Row("turn_late_ms", "turn 240 of one conversation", "ms"),
    Row("growth", "turn 240 / turn 10", "x", "lower", 2),
    Row("start_s", "start until the first answer", "s", "lower", 1),
    Row("start_cpu_s", "processor time until the first answer", "s", "lower", 1),
    Row("rss_mb", "memory after load, sum of RSS", "MB"),
    Row("pss_mb", "memory after load, shared pages counted once (PSS)", "MB"),
    Row("rss_idle_mb", "memory after the start, sum of RSS", "MB"),
    Row("cpu_per_message_ms", "processor time per answered message", "ms"),
)


@dataclass(slots=True)
class Result:
    """All that one run brought."""

    date: str
    machine: Machine
    versions: dict[str, str]
    topics: int
    questions: int
    rounds: dict[str, list[Figures]] = field(default_factory=dict)
    kills: dict[str, dict[str, list[Toll]]] = field(default_factory=dict)
    notes: list[str] = field(default_factory=list)


def write(result: Result, folder: Path) -> None:
    """Write ``results.md``, ``results.json`` and ``results.svg``."""
    (folder / "results.json").write_text(
        json.dumps(dataclasses.asdict(result), indent=1, ensure_ascii=False) + "\n",
        encoding="utf-8",
    )
    (folder / "results.md").write_text(as_markdown(result), encoding="utf-8")
    (folder / "results.svg").write_text(draw(_bars(result)), encoding="utf-8")


def as_markdown(result: Result) -> str:
    """The whole page."""
    counts = ", ".join(f"{name} {len(rounds)}" for name, rounds in result.rounds.items())
    parts = [
        "# Benchmark results",
        "Written by `make bench`; how it is measured and what each figure means: "
        "[docs/benchmark.md](../docs/benchmark.md).",
        _about(result),
        "## Speed and size",
        f"Median of the rounds ({counts}), with the lowest and highest round. "
        "The ratio is ours divided by the peer's.",
        _table(result.rounds),
        f"Open loop: messages leave at a fixed rate whatever the server does; the figure is the "
        f"highest rate at which every one was answered, 99 % within {LATEST_ANSWER:.0f} s.",
        "![The same figures as bars](results.svg)",
        "## Messages at a `kill -9`",
        _kill_table(result.kills),
    ]
    if result.notes:
        parts += ["## Notes", "\n".join(f"- {note}" for note in result.notes)]
    return "\n\n".join(parts) + "\n"


def _about(result: Result) -> str:
    machine = result.machine
    versions = ", ".join(f"{name} {version}" for name, version in result.versions.items())
    return "\n".join(
        (
            f"- Date: {result.date}",
            f"- Machine: {machine.cpu}, {machine.cores} cores, {machine.memory_gb:.0f} GB, "
            f"Linux {machine.kernel}; servers and load generator share it",
            f"- Disk: {machine.fsyncs_per_second:.0f} fsync per second (4 kB)",
            f"- Load of the machine before the run: {machine.load_before}",
            f"- Versions: {versions}",
            f"- Content: the same {result.topics} topic files, {result.questions} questions",
        )
    )


def _table(rounds: Mapping[str, Sequence[Figures]]) -> str:
    lines = [f"| | {OURS} | {PEER} | ratio | better |", "|---|---:|---:|---:|---|"]
    for row in ROWS:
        ours, peer = (_values(rounds, name, row.key) for name in (OURS, PEER))
        quotient = ratio(spread(ours).median, spread(peer).median) if ours and peer else None
        shown = "-" if quotient is None else f"{quotient:.2f}"
        lines.append(
            f"| {row.label} | {_cell(ours, row)} | {_cell(peer, row)} | {shown} | {row.better} |"
        )
    return "\n".join(lines)


def _values(rounds: Mapping[str, Sequence[Figures]], name: str, key: str) -> list[float]:
    return [figures[key] for figures in rounds.get(name, ()) if key in figures]


def _cell(values: Sequence[float], row: Row) -> str:
    if not values:
        return "-"
    found = spread(values)
    low, high = f"{found.low:.{row.digits}f}", f"{found.high:.{row.digits}f}"
    return f"{found.median:.{row.digits}f} {row.unit} ({low} to {high})"


def _kill_table(kills: Mapping[str, Mapping[str, Sequence[Toll]]]) -> str:
    lines = [
        "| client | server | kills | sent to a living server | answered | lost "
        "| of these after 2xx | stored, never answered | stored twice | open per kill | restart |",
        "|---|---|---:|---:|---:|---:|---:|---:|---:|---:|---:|",
    ]
    for mode in ("sends once", "sends again"):
        for name in (OURS, PEER):
            tolls = kills.get(name, {}).get(mode, ())
            if tolls:
                lines.append(_kill_line(mode, name, tolls))
    return "\n".join(lines)


def _kill_line(mode: str, name: str, tolls: Sequence[Toll]) -> str:
    total = {fate: sum(toll.fates[fate.value] for toll in tolls) for fate in Fate}
    answered, lost, silent = total[Fate.ANSWERED], total[Fate.LOST], total[Fate.SILENT]
    cells = (
        mode,
        name,
        len(tolls),
        answered + lost + silent,
        answered,
        lost,
        sum(toll.lost_after_ack for toll in tolls),
        silent,
        sum(toll.twice for toll in tolls),
        f"{(lost + silent) / len(tolls):.2f}",
        f"{middle([toll.restart_seconds for toll in tolls]):.1f} s",
    )
    return "| " + " | ".join(str(cell) for cell in cells) + " |"


def _bars(result: Result) -> list[Bars]:
    bars = []
    for row in ROWS:
        ours, peer = (_values(result.rounds, name, row.key) for name in (OURS, PEER))
        if ours and peer:
            label = f"{row.label} ({row.unit}, {row.better} is better)"
            bars.append(Bars(label, spread(ours).median, spread(peer).median, row.digits))
    return bars
