"""Reads texts with the trained model, as the assistant would, without a conversation around it.

``python -m bot.server.read_texts <model.tar.gz>``: one JSON string per line comes in, one JSON
object per line goes out: intent, band, ranking, and the milliseconds it took on one core.
"""

import json
import os
import sys
import tarfile
import tempfile
import time
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any


def readings(texts: Iterable[str], model: Path) -> Iterator[dict[str, Any]]:
    """What the model makes of each text."""
    from bot.server.components.topic_classifier import open_model, read

    with tempfile.TemporaryDirectory() as folder:
        with tarfile.open(model) as packed:
            packed.extractall(folder, filter="data")
        found = next(Path(folder).glob("**/model.json")).parent
        topics = open_model(found, ["e5", "use"])
        for text in texts:
            started = time.perf_counter()
            reading = read(topics, text)
            taken = (time.perf_counter() - started) * 1000
            yield {
                "intent": reading.intent,
                "band": reading.band,
                "alarm": reading.alarm,
                "ranking": [[name, round(share, 5)] for name, share in reading.ranking],
                "ms": round(taken, 3),
            }


def main() -> None:
    os.sched_setaffinity(0, {min(os.sched_getaffinity(0))})  # the figures are for one core
    texts = (json.loads(line) for line in sys.stdin if line.strip())
    for reading in readings(texts, Path(sys.argv[1])):
        sys.stdout.write(json.dumps(reading) + "\n")


if __name__ == "__main__":
    main()
