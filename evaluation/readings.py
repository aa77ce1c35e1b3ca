"""What the assistant makes of each text: its model, and the hub's rules that go before it."""

from __future__ import annotations

import json
import subprocess
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from bot.signals import EscalationReason
from bot.topics import load_topics
from handoff.person_request import PersonRequest
from handoff.urgent import UrgentLexicon

ROOT = Path(__file__).parent.parent
PEER_MODELS = ROOT / "bench" / "work" / "peer" / "models"
ANSWER, ASK, PERSON = "answer", "ask", "person"


class ReadingFailed(RuntimeError):
    """The model could not be loaded or stopped in the middle. Carries what it printed."""


@dataclass(frozen=True, slots=True)
class Reading:
    """``ranking`` holds all topics, likeliest first; ``ms`` is the time for this one text."""

    ranking: tuple[tuple[str, float], ...]
    band: str
    ms: float
    alarms: frozenset[str] = frozenset()
    wants_person: bool = False
    model_alarm: bool = False
    """Whether the model by itself would have alarmed, or answered with a topic that is urgent."""

    @property
    def best(self) -> str:
        return self.ranking[0][0]

    @property
    def sure(self) -> float:
        return self.ranking[0][1]

    @property
    def top(self) -> tuple[str, ...]:
        return tuple(name for name, _ in self.ranking)


def newest_model(models: Path = ROOT / "models", name: str = "assistant") -> Path:
    """The model that is served: the newest in the folder that is called ``name-...``.

    Raises:
        FileNotFoundError: nothing is trained yet.
    """
    found = sorted(models.glob(f"{name}-*.tar.gz"), key=lambda path: path.stat().st_mtime)
    if not found:
        raise FileNotFoundError("no trained model: run make train")
    return found[-1]


def read_all(texts: Sequence[str], model: Path) -> list[Reading]:
    """Read all texts with the model on one core, and with the hub's rules.

    Raises:
        ReadingFailed: the model's process ended early.
    """
    python = ROOT / "bot" / "server" / ".venv" / "bin" / "python"
    raw = _ask([str(python), "-m", "bot.server.read_texts", str(model)], texts)
    urgent = UrgentLexicon.load(ROOT / "data" / "urgent")
    person = PersonRequest.load(ROOT / "data" / "person_request")
    pressing = _pressing_topics()
    return [
        Reading(
            ranking=tuple((str(name), float(share)) for name, share in one["ranking"]),
            band=str(one["band"]),
            ms=float(one["ms"]),
            alarms=frozenset(found.kind for found in urgent.recognise(text)),
            wants_person=person.recognise(text),
            model_alarm=bool(one["alarm"]) or (one["band"] == ANSWER and one["intent"] in pressing),
        )
        for text, one in zip(texts, raw, strict=True)
    ]


def _pressing_topics() -> frozenset[str]:
    """Topics that, when answered with, bring a person at once as the hub's rules do."""
    topics = load_topics(ROOT / "data" / "nlu")
    urgent = EscalationReason.URGENT
    return frozenset(name for name, topic in topics.items() if topic.reason is urgent)


def read_with_peer(texts: Sequence[str], model: Path) -> list[Reading]:
    """Read all texts with stock Rasa's pipeline, trained on the same topics."""
    python = ROOT / "bench" / "peer" / ".venv" / "bin" / "python"
    raw = _ask([str(python), "-m", "bench.peer.read_texts", str(model)], texts)
    pressing = _pressing_topics()
    return [
        Reading(
            ranking=tuple((str(name), float(share)) for name, share in one["ranking"]),
            band=str(one["band"]),
            ms=float(one["ms"]),
            model_alarm=one["band"] == ANSWER and one["ranking"][0][0] in pressing,
        )
        for one in raw
    ]


def _ask(command: list[str], texts: Sequence[str]) -> list[dict[str, Any]]:
    lines = "".join(json.dumps(text) + "\n" for text in texts)
    done = subprocess.run(command, input=lines, capture_output=True, text=True, cwd=ROOT)
    answers = [json.loads(line) for line in done.stdout.splitlines() if line.startswith("{")]
    if done.returncode != 0 or len(answers) != len(texts):
        raise ReadingFailed(done.stderr[-2000:] or f"{len(answers)} of {len(texts)} texts read")
    return answers
