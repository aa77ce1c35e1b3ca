"""Reads texts with the stock project's model; runs in the peer's own environment.

``python -m bench.peer.read_texts <model.tar.gz>``: one JSON string per line in, one object out.
"""

import asyncio
import json
import os
import sys
import time
from typing import Any

_FALLBACK = "nlu_fallback"


async def _answers(model: str) -> None:
    from rasa.core.agent import Agent

    agent = Agent.load(model)
    await agent.parse_message("goedemorgen")  # the first message loads; it is not timed
    for line in sys.stdin:
        if line.strip():
            started = time.perf_counter()
            parsed = await agent.parse_message(json.loads(line))
            taken = (time.perf_counter() - started) * 1000
            sys.stdout.write(json.dumps(_reading(parsed, taken)) + "\n")


def _reading(parsed: Any, taken: float) -> dict[str, Any]:
    ranking = [
        [guess["name"], round(float(guess["confidence"]), 5)]
        for guess in parsed.get("intent_ranking") or []
        if guess["name"] != _FALLBACK
    ]
    sure = parsed["intent"]["name"] != _FALLBACK
    return {
        "ranking": ranking or [["none", 0.0]],
        "band": "answer" if sure else "ask",
        "ms": round(taken, 3),
    }


def main() -> None:
    os.sched_setaffinity(0, {min(os.sched_getaffinity(0))})
    asyncio.run(_answers(sys.argv[1]))


if __name__ == "__main__":
    main()
