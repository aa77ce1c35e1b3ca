"""``python -m bench.run``: measure both servers in one run and write the results."""

from __future__ import annotations

import asyncio
import random
import re
import signal
import sys
import time
from collections.abc import Coroutine, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

from bench import launches, machine, report
from bench.kills import kill_once
from bench.measure import QUICK, NothingMeasured, Sizes, measure
from bench.messages import ConnectionBroke
from bench.options import Options, parse
from bench.peer.build import DEFAULT_EPOCHS, PEER, PeerNotReady
from bench.peer.project import read_topics
from bench.questions import choose
from bench.subjects import ROOT, WORK, DidNotStart, Product, Subject
from bench.train import train

_SHARE_FOR_SPEED = 0.65
"""Of the time; the rest is for the kills."""
_BUSY = 0.5
"""From this load on, before the run begins, its times cannot be trusted."""


@dataclass(frozen=True, slots=True)
class Clock:
    """How long this run may still begin something new."""

    began: float
    seconds: float

    def used(self) -> float:
        return time.monotonic() - self.began

    def allows(self, needed: float, share: float = 1.0) -> bool:
        return self.used() + needed <= self.seconds * share


def main() -> int:
    options = parse()
    try:
        return asyncio.run(_unless_told_to_stop(_run(options)))
    except* (PeerNotReady, DidNotStart, ConnectionBroke, NothingMeasured) as why:
        for one in why.exceptions:
            _say(f"Stopped: {one}")
    except* asyncio.CancelledError:
        _say("Stopped; no results are written.")
    return 1


async def _unless_told_to_stop(run: Coroutine[None, None, int]) -> int:
    """Ctrl-C and SIGTERM both end the servers before they end the benchmark."""
    running = asyncio.ensure_future(run)
    for number in (signal.SIGINT, signal.SIGTERM):
        asyncio.get_running_loop().add_signal_handler(number, running.cancel)
    return await running


async def _run(options: Options) -> int:
    WORK.mkdir(parents=True, exist_ok=True)
    topics = read_topics(ROOT / "data" / "nlu")
    questions: Sequence[str] = choose(topics)
    subjects = _subjects(options)
    notes: list[str] = []
    questions = await _usable(questions, subjects, notes)
    clock = Clock(time.monotonic(), options.minutes * 60)
    result = report.Result(
        date=datetime.now(UTC).strftime("%Y-%m-%d %H:%M UTC"),
        machine=machine.describe(WORK),
        versions=_versions(),
        topics=len(topics),
        questions=len(questions),
        notes=notes,
    )
    if options.peer_epochs != DEFAULT_EPOCHS:
        result.notes.append(
            f"The stock project was trained for {options.peer_epochs} epochs instead of "
            f"{DEFAULT_EPOCHS}; that changes what it knows, not how fast it answers."
        )
    if result.machine.load_before > _BUSY:
        result.notes.append(
            f"Other work was running (load {result.machine.load_before} before the start): "
            "the figures are noisy; processor time, memory and kills suffer least."
        )
    await _speed(options, subjects, questions, clock, result)
    await _kills(options, subjects, questions, clock, result)
    result.notes.append(f"The whole run took {clock.used() / 60:.1f} minutes.")
    options.out.mkdir(parents=True, exist_ok=True)
    report.write(result, options.out)
    _say(f"Written: {options.out / 'results.md'}")
    return 0


async def _usable(
    questions: Sequence[str], subjects: Sequence[Subject], notes: list[str]
) -> Sequence[str]:
    """Without the questions after which a person takes over: then the assistant is silent."""
    for subject in subjects:
        if isinstance(subject, Product):
            _say("Rehearsal: which questions are answered by the assistant?")
            try:
                await subject.start(questions[0], fresh=True)
                handed_over = await subject.handed_over(questions)
            finally:
                await subject.stop()
            if handed_over:
                notes.append(f"Left out, for a person takes over: {'; '.join(handed_over)}.")
            questions = [question for question in questions if question not in handed_over]
    return questions


def _subjects(options: Options) -> list[Subject]:
    subjects: list[Subject] = []
    if "ours" in options.sides:
        subjects.append(launches.product())
    if "peer" in options.sides:
        subjects.append(launches.peer(train(options.peer_epochs)))
    return subjects


async def _speed(
    options: Options,
    subjects: Sequence[Subject],
    questions: Sequence[str],
    clock: Clock,
    result: report.Result,
) -> None:
    """All rounds, the servers taking turns; which goes first changes, so drift hits both."""
    sizes, longest = QUICK if options.quick else Sizes(), 0.0
    for number in range(options.rounds):
        if number and not clock.allows(longest, _SHARE_FOR_SPEED):
            result.notes.append(f"Only {number} rounds: the time was up.")
            break
        began = time.monotonic()
        for subject in subjects if number % 2 == 0 else list(reversed(subjects)):
            _say(f"[{clock.used():4.0f} s] round {number + 1} of {options.rounds}: {subject.name}")
            figures = await measure(subject, questions, sizes, _say)
            result.rounds.setdefault(subject.name, []).append(figures)
        longest = max(longest, time.monotonic() - began)


async def _kills(
    options: Options,
    subjects: Sequence[Subject],
    questions: Sequence[str],
    clock: Clock,
    result: report.Result,
) -> None:
    """The same moments for both servers; each kind of client in its turn."""
    if not options.kills:
        return
    for mode, resend in (("sends once", False), ("sends again", True)):
        for subject in subjects:
            chance = random.Random(options.seed)
            tolls = result.kills.setdefault(subject.name, {}).setdefault(mode, [])
            share = 1.0 if resend else (1 + _SHARE_FOR_SPEED) / 2
            try:
                await subject.start(questions[0], fresh=True)
                for number in range(options.kills):
                    if number and not clock.allows(45, share):
                        result.notes.append(f"{subject.name}, {mode}: only {number} kills in time.")
                        break
                    _say(f"[{clock.used():4.0f} s] {subject.name}, {mode}: kill {number + 1}")
                    tolls.append(await kill_once(subject, questions, chance, resend))
            finally:
                await subject.stop()


def _versions() -> dict[str, str]:
    lock = (PEER / "requirements.lock").read_text(encoding="utf-8")
    locked = dict(re.findall(r"^([\w-]+)==([\w.]+)", lock, flags=re.MULTILINE))
    return {
        "Rasa": locked["rasa"],
        "TensorFlow (peer only)": locked["tensorflow-cpu"],
        "Python": f"{sys.version_info.major}.{sys.version_info.minor} (ours), 3.10 (both Rasas)",
        **machine.packages(),
    }


def _say(line: str) -> None:
    print(line, flush=True)


if __name__ == "__main__":
    sys.exit(main())
