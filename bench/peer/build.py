"""Write the stock project beside its trained model; train only when something changed."""

from __future__ import annotations

import hashlib
import os
import subprocess
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from bench.peer.project import TopicFile, convert, write

PEER = Path(__file__).resolve().parent
RASA = PEER / ".venv" / "bin" / "rasa"
QUIET = {"RASA_TELEMETRY_ENABLED": "false", "PYTHONWARNINGS": "ignore"}
DEFAULT_EPOCHS = 100
_SHARED = ("config.yml", "credentials.yml", "endpoints.yml")
_TRAIN_PATIENCE = 4 * 3600
"""Seconds. On two cores an epoch over the whole catalogue takes a quarter of an hour and more."""


class PeerNotReady(Exception):
    """The stock project cannot be used; the words say what to do."""


@dataclass(frozen=True, slots=True)
class PeerModel:
    """A stock project that can be served."""

    folder: Path
    model: Path


def build(topics: Sequence[TopicFile], folder: Path, epochs: int = DEFAULT_EPOCHS) -> PeerModel:
    """Convert the topics and make sure that a model of exactly these files exists.

    Fewer epochs than Rasa's default make a model that knows less and answers equally fast.

    Raises:
        PeerNotReady: the environment is missing, or training failed.
    """
    if not RASA.exists():
        raise PeerNotReady("the peer's environment is missing: run `make bench-setup`")
    write(convert(topics), folder)
    for name in _SHARED:
        text = (PEER / name).read_text(encoding="utf-8")
        text = text.replace(f"epochs: {DEFAULT_EPOCHS}", f"epochs: {epochs}")
        (folder / name).write_text(text, encoding="utf-8")
    model = folder / "models" / f"peer-{_fingerprint(folder)}.tar.gz"
    if not model.exists():
        _train(folder, model)
    return PeerModel(folder, model)


def _train(folder: Path, model: Path) -> None:
    log = folder / "train.log"
    name = ("--fixed-model-name", model.name)
    command = (str(RASA), "train", "--out", str(model.parent), *name)
    with log.open("wb") as output:
        done = subprocess.run(
            command,
            cwd=folder,
            env={**os.environ, **QUIET, "BENCH_PEER_DB": str(folder / "unused.db")},
            stdout=output,
            stderr=subprocess.STDOUT,
            timeout=_TRAIN_PATIENCE,
            check=False,
        )
    if done.returncode or not model.exists():
        raise PeerNotReady(f"training the stock project failed; see {log}")


def _fingerprint(folder: Path) -> str:
    """Of everything the model depends on: the project's files and the installed versions."""
    files = [*sorted(folder.glob("*.yml")), *sorted(folder.glob("data/*.yml"))]
    digest = hashlib.sha256()
    for path in (*files, PEER / "requirements.lock"):
        digest.update(path.name.encode() + path.read_bytes())
    return digest.hexdigest()[:16]
