"""``python -m bench.live``: how long until a tenant's message is on the screen of staff.

1,000 open conversations and 50 members of staff on the event stream; one of them is a true Chromium
with the conversation open. Beside it, in the same run, a bare WebSocket broadcast to 50 clients and
the same Chromium, which stores nothing. Loopback only; it ends by itself.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import tempfile
import time
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path

from bench.live_peer import measure_peer
from bench.live_product import Plan, measure_product
from bench.stats import percentile

_RESULT = Path(__file__).resolve().parent / "results_live"
_TARGET_MS = 300


def main() -> int:
    """0 when a new message is on screen within 300 ms at p95."""
    parser = argparse.ArgumentParser(prog="bench.live", description=__doc__)
    parser.add_argument("--conversations", type=int, default=1_000)
    parser.add_argument("--staff", type=int, default=50)
    parser.add_argument("--seconds", type=float, default=60)
    parser.add_argument("--each-second", type=float, default=5)
    given = parser.parse_args()
    plan = Plan(given.conversations, given.staff, given.seconds, given.each_second)
    with tempfile.TemporaryDirectory() as folder:
        times = asyncio.run(_both(plan, Path(folder)))
    report = _report(plan, times)
    _RESULT.with_suffix(".json").write_text(json.dumps(report, indent=1) + "\n")
    text = _words(report)
    _RESULT.with_suffix(".md").write_text(text)
    print(text)
    return 0 if report["screen"]["p95"] <= _TARGET_MS else 1


async def _both(plan: Plan, folder: Path) -> dict[str, Sequence[float]]:
    stream, screen = await measure_product(plan, folder)
    peer_stream, peer_screen = await measure_peer(plan)
    return {
        "stream": stream,
        "screen": screen,
        "peer_stream": peer_stream,
        "peer_screen": peer_screen,
    }


def _report(plan: Plan, times: dict[str, Sequence[float]]) -> dict[str, dict[str, float]]:
    report: dict[str, dict[str, float]] = {
        "plan": {
            "conversations": plan.conversations,
            "staff": plan.staff,
            "seconds": plan.seconds,
            "each_second": plan.each_second,
            "at": time.time(),
        }
    }
    for name, values in times.items():
        shares = {"p50": 0.5, "p95": 0.95, "p99": 0.99}
        found = {key: percentile(values, share) * 1000 for key, share in shares.items()}
        report[name] = {**found, "measured": len(values)}
    return report


def _words(report: dict[str, dict[str, float]]) -> str:
    plan = report["plan"]
    names = {
        "stream": "Product: sent -> in the stream",
        "screen": "Product: sent -> on screen",
        "peer_stream": "Bare WebSocket: sent -> at a client",
        "peer_screen": "Bare WebSocket: sent -> on screen",
    }
    rows = [
        f"| {words} | {report[key]['p50']:.1f} | {report[key]['p95']:.1f} | "
        f"{report[key]['p99']:.1f} | {report[key]['measured']:.0f} |"
        for key, words in names.items()
    ]
    ratio = report["screen"]["p95"] / report["peer_screen"]["p95"]
    when = datetime.fromtimestamp(plan["at"], UTC)
    return (
        f"# A new message on screen\n\n{when:%Y-%m-%d %H:%M} UTC. "
        f"{plan['conversations']:.0f} open conversations, {plan['staff']:.0f} on the stream, "
        f"{plan['each_second']:.0f} messages a second for {plan['seconds']:.0f} s, in ms.\n\n"
        "| | p50 | p95 | p99 | measured |\n|---|---|---|---|---|\n"
        + "\n".join(rows)
        + f"\n\nOn screen at p95: {ratio:.1f} times the bare broadcast. Target: {_TARGET_MS} ms.\n"
    )


if __name__ == "__main__":
    raise SystemExit(main())
