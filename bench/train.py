"""``python -m bench.train``: make the stock project from our topics and train it if needed."""

from __future__ import annotations

import sys
import time

from bench.options import parse
from bench.peer.build import PeerModel, PeerNotReady, build
from bench.peer.project import read_topics
from bench.subjects import ROOT, WORK


def train(epochs: int) -> PeerModel:
    """The trained stock project of the topics as they are now."""
    return build(read_topics(ROOT / "data" / "nlu"), WORK / "peer", epochs)


def main() -> int:
    options, began = parse(), time.monotonic()
    if "peer" not in options.sides:
        return 0
    print("Stock project: training, unless a model of these topics exists ...", flush=True)
    try:
        train(options.peer_epochs)
    except PeerNotReady as missing:
        print(missing, file=sys.stderr)
        return 1
    print(f"Stock project: ready after {time.monotonic() - began:.0f} s", flush=True)
    return 0


if __name__ == "__main__":
    sys.exit(main())
