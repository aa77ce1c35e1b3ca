"""What can be asked of the benchmark on its command line."""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

PEER_EPOCHS = 10
"""A tenth of Rasa's default: on two cores the whole training takes longer than the benchmark, and
a model that was trained shorter answers as fast."""
BOTH = ("ours", "peer")


@dataclass(frozen=True, slots=True)
class Options:
    rounds: int
    kills: int
    quick: bool
    minutes: float
    sides: tuple[str, ...]
    peer_epochs: int
    seed: int
    out: Path


def parse(arguments: Sequence[str] | None = None) -> Options:
    """Read the command line; the defaults are what the committed results were made with."""
    parser = argparse.ArgumentParser(prog="python -m bench.run", description=__doc__)
    parser.add_argument("--rounds", type=int, default=3, help="rounds of all speed figures")
    parser.add_argument("--kills", type=int, default=6, help="kills per server and kind of client")
    parser.add_argument("--quick", action="store_true", help="one short round, one kill: a look")
    parser.add_argument("--minutes", type=float, default=23.0, help="begin nothing new after this")
    parser.add_argument("--only", choices=BOTH, help="one server alone")
    parser.add_argument(
        "--peer-epochs",
        type=int,
        default=PEER_EPOCHS,
        help="how long the stock project is trained; Rasa's own default is 100",
    )
    parser.add_argument("--seed", type=int, default=20261124, help="of the moments of the kills")
    parser.add_argument("--out", type=Path, default=Path("bench"), help="folder of the results")
    given = parser.parse_args(arguments)
    return Options(
        rounds=1 if given.quick else given.rounds,
        kills=1 if given.quick else given.kills,
        quick=given.quick,
        minutes=given.minutes,
        sides=(given.only,) if given.only else BOTH,
        peer_epochs=given.peer_epochs,
        seed=given.seed,
        out=given.out,
    )
