"""One round: everything that is measured on one server between its start and its stop."""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from bench.load import Load, closed_loop, one_by_one, one_long_conversation, open_loop
from bench.messages import Door, latencies
from bench.stats import percentile, window
from bench.subjects import Subject

MANY = 16
EARLY_TURN, LATE_TURN = 10, 240
_REACH = 4
_STEP = 1.25
_MOST_STEPS = 6
LATEST_ANSWER = 2.0
"""Seconds: a rate is sustained when every message is answered and p99 stays below this."""


class NothingMeasured(Exception):
    """The server answered, but not what could be timed."""


Say = Callable[[str], None]
Figures = dict[str, float]


@dataclass(frozen=True, slots=True)
class Sizes:
    """How much of everything."""

    warm_up: int = 24
    alone: int = 120
    together_seconds: float = 12.0
    step_seconds: float = 8.0
    long_turns: int = LATE_TURN + _REACH


QUICK = Sizes(warm_up=8, alone=24, together_seconds=4.0, step_seconds=3.0, long_turns=30)


async def measure(subject: Subject, questions: Sequence[str], sizes: Sizes, say: Say) -> Figures:
    """Start the server empty, take all figures, stop it."""
    try:
        say(f"{subject.name}: starting")
        figures: Figures = {"start_s": await subject.start(questions[0], fresh=True)}
        idle = subject.footprint()
        figures |= {"rss_idle_mb": idle.rss_mb, "start_cpu_s": idle.cpu_seconds}
        door = subject.door()
        try:
            await one_by_one(door, questions, sizes.warm_up)
            say(f"{subject.name}: 1 conversation at a time")
            figures |= _latency("alone", await one_by_one(door, questions, sizes.alone))
            say(f"{subject.name}: {MANY} conversations at a time")
            figures |= await _together(subject, door, questions, sizes)
            say(f"{subject.name}: fixed rates of arrival")
            guess = figures["together_per_s"]
            figures["sustained_per_s"] = await sustained(door, questions, guess, sizes, say)
            say(f"{subject.name}: one conversation of {sizes.long_turns} turns")
            figures |= _growth(await one_long_conversation(door, questions, sizes.long_turns))
        finally:
            await door.close()
        return figures
    finally:
        await subject.stop()


async def _together(
    subject: Subject, door: Door, questions: Sequence[str], sizes: Sizes
) -> Figures:
    before, began = subject.footprint(), time.monotonic()
    load = await closed_loop(door, questions, MANY, sizes.together_seconds)
    after, wall = subject.footprint(), time.monotonic() - began
    answered = max(1, len(load.messages) - load.unanswered)
    used = after.cpu_seconds - before.cpu_seconds
    accepted = latencies(load.messages, lambda message: message.wait_for_acceptance)
    return {
        **_latency("together", load),
        "together_per_s": load.answered_per_second,
        "accepted_p50_ms": percentile(accepted, 0.50) * 1000,
        "accepted_p99_ms": percentile(accepted, 0.99) * 1000,
        "cpu_per_message_ms": used / answered * 1000,
        "cpu_share": used / wall,
        "rss_mb": after.rss_mb,
        "pss_mb": after.pss_mb,
        "processes": float(after.processes),
    }


def _latency(name: str, load: Load) -> Figures:
    seconds = latencies(load.messages)
    if not seconds:
        raise NothingMeasured(f"{name}: no message was answered: {load.complaint}")
    figures = {
        f"{name}_p{round(share * 100)}_ms": percentile(seconds, share) * 1000
        for share in (0.50, 0.95, 0.99)
    }
    return {
        **figures,
        f"{name}_messages": float(len(load.messages)),
        f"{name}_bad": load.unanswered,
    }


def _growth(load: Load) -> Figures:
    """The turns near 10 and near 240; when a short run ends before that, its last turns."""
    seconds = latencies(load.messages)
    if len(seconds) < EARLY_TURN + _REACH:
        raise NothingMeasured(f"the long conversation broke off: {load.complaint}")
    late = min(LATE_TURN, len(seconds) - _REACH)
    early_ms = window(seconds, EARLY_TURN, _REACH) * 1000
    late_ms = window(seconds, late, _REACH) * 1000
    return {
        "turn_early_ms": early_ms,
        "turn_late_ms": late_ms,
        "growth": late_ms / early_ms,
        "long_turns": float(len(seconds)),
    }


async def sustained(
    door: Door, questions: Sequence[str], guess: float, sizes: Sizes, say: Say
) -> float:
    """The highest fixed rate of arrival at which every message is answered soon enough."""
    rate, best, descending = max(1.0, 0.75 * guess), 0.0, False
    for _ in range(_MOST_STEPS):
        load = await open_loop(door, questions, rate, sizes.step_seconds)
        kept_up = keeps_up(load)
        say(f"  {rate:.1f} messages/s: {'kept up' if kept_up else 'fell behind'} {load.complaint}")
        if kept_up:
            best = max(best, rate)
        descending = descending or not kept_up
        if descending and best:
            break
        rate *= 1 / _STEP if descending else _STEP
    return best


def keeps_up(load: Load) -> bool:
    """Whether every message was answered, and soon enough."""
    seconds = latencies(load.messages)
    return load.unanswered == 0 and bool(seconds) and percentile(seconds, 0.99) <= LATEST_ANSWER
