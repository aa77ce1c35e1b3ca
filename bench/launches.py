"""The exact commands and settings both servers are started with."""

from __future__ import annotations

from bench.peer.build import QUIET, RASA, PeerModel
from bench.subjects import ROOT, WORK, Launch, Peer, Product

_OUR_PORT, _PEER_PORT = 18400, 18450
ADDRESS = f"http://127.0.0.1:{_OUR_PORT}"
"""Where ``product`` listens."""


def product() -> Product:
    """As ``make run`` starts it, without the demo; all load is from one address: no limits."""
    data, address = WORK / "ours-data", ADDRESS
    return Product(
        Launch(
            command=(str(ROOT / ".venv/bin/python"), "-m", "handoff", "serve"),
            folder=ROOT,
            env={
                "PORT": str(_OUR_PORT),
                "DATA_DIR": str(data),
                "DEMO": "false",
                "RATE_LIMIT__ENABLED": "false",
            },
            log=WORK / "ours.log",
            data=data,
            address=address,
            health=f"{address}/health",
        )
    )


def peer(model: PeerModel) -> Peer:
    """As Rasa's documentation says: ``rasa run`` with REST, and a SQL tracker store."""
    data, address = WORK / "peer-data", f"http://127.0.0.1:{_PEER_PORT}"
    return Peer(
        Launch(
            command=(
                *(str(RASA), "run", "--model", str(model.model)),
                *("--endpoints", "endpoints.yml", "--credentials", "credentials.yml"),
                *("--interface", "127.0.0.1", "--port", str(_PEER_PORT)),
            ),
            folder=model.folder,
            env={**QUIET, "BENCH_PEER_DB": str(data / "tracker.db")},
            log=WORK / "peer.log",
            data=data,
            address=address,
            health=address,
        )
    )
