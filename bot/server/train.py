"""Trains the assistant when anything it is made of has changed; otherwise does nothing.

The model is named after a fingerprint of all it is made of.
"""

import argparse
import hashlib
import logging
import sys
import time
import warnings
from collections.abc import Iterator
from pathlib import Path

MODELS = Path("models")
_KEPT = 3


def _ingredients() -> Iterator[Path]:
    yield from sorted(Path("data/nlu").glob("*.yml"))
    yield from (Path("config.yml"), Path("domain.yml"))
    server = Path("bot/server")
    yield server / "requirements.lock"
    for pattern in ("*.py", "components/*.py", "components/*.yml"):
        yield from sorted(server.glob(pattern))


def fingerprint() -> str:
    digest = hashlib.sha256()
    for path in _ingredients():
        digest.update(str(path).encode() + b"\0" + path.read_bytes() + b"\0")
    return digest.hexdigest()[:12]


def _forget_old_models() -> None:
    models = sorted(MODELS.glob("assistant-*.tar.gz"), key=lambda path: path.stat().st_mtime)
    for path in models[:-_KEPT]:
        path.unlink()


def _train(name: str) -> Path:
    print(f"Training {name}: reading the topics ...", flush=True)
    started = time.perf_counter()
    from rasa.model_training import train  # slow to import, and not needed when all is up to date
    from rasa.utils.common import configure_logging_and_warnings
    from rasa.utils.log_utils import configure_structlog

    configure_logging_and_warnings(logging.WARNING, warn_only_once=False)
    configure_structlog(logging.WARNING)
    warnings.simplefilter("ignore")  # Rasa's own libraries; nothing in them is ours to mend
    result = train(
        domain="domain.yml",
        config="config.yml",
        training_files=["data/nlu"],
        output=str(MODELS),
        fixed_model_name=name,
        force_training=True,
    )
    if result.code != 0 or not result.model:
        raise SystemExit("Training failed; see the lines above.")
    print(f"Trained {name} in {time.perf_counter() - started:.0f} s.", flush=True)
    return Path(result.model)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--force", action="store_true", help="train even when nothing changed")
    name = f"assistant-{fingerprint()}"
    model = MODELS / f"{name}.tar.gz"
    if model.exists() and not parser.parse_args().force:
        print(f"The assistant is trained ({name}).")
    else:
        model = _train(name)
    model.touch()  # the newest file is the one that is served
    _forget_old_models()


if __name__ == "__main__":
    sys.path.insert(0, str(Path.cwd()))
    main()
