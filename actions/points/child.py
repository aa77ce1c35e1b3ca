"""The process in which points are counted: a line of JSON in, a line of JSON out (ADR 0014).

The package turns warnings into errors for the whole process, sets locale, time zone and how
decimals are rounded, and brings pandas along. Here it can do so. No connection is possible: it
might otherwise ask the Kadaster about somebody's address.
"""

from __future__ import annotations

import contextlib
import importlib
import json
import select
import sys
import warnings
from datetime import date
from typing import Any

IDLE_SECONDS = 600
"""After so long without a question the process ends and gives its memory back."""
_CONNECTS = ("socket.connect", "socket.getaddrinfo", "socket.gethostbyname", "socket.sendto")


def _refuse_network(event: str, _: tuple[object, ...]) -> None:
    if event in _CONNECTS:
        raise PermissionError("no network here")


def count(asked: dict[str, Any]) -> dict[str, Any]:
    """Count one home. ``error`` is ``year`` or ``home``."""
    package = importlib.import_module("woningwaardering")
    models = importlib.import_module("woningwaardering.vera.bvg.generated")
    try:
        counting = package.Woningwaardering(peildatum=date.fromisoformat(asked["date"]))
    except ValueError:
        return {"error": "year"}
    try:
        with warnings.catch_warnings(record=True) as told:
            warnings.simplefilter("always")
            result = counting.waardeer(models.EenhedenEenheid.model_validate(asked["home"]))
    except Exception as wrong:
        # Of data that somebody else gives anything may be wrong; its text may tell where it is.
        return {"error": "home", "why": type(wrong).__name__}
    return {
        "points": result.punten,
        "maximum": result.maximale_huur_inclusief_opslag,
        "groups": [
            [group.criterium_groep.stelselgroep.code, group.punten] for group in result.groepen
        ],
        "warnings": [str(one.message) for one in told if issubclass(one.category, UserWarning)],
    }


def main() -> None:
    """Answer until nobody asks any more: the asker is gone, or was silent for long."""
    sys.addaudithook(_refuse_network)
    out = sys.stdout
    # Whatever the package prints must not get between the answers.
    with contextlib.redirect_stdout(sys.stderr):
        importlib.import_module("woningwaardering")
        while select.select([sys.stdin], [], [], IDLE_SECONDS)[0]:
            line = sys.stdin.readline()
            if not line:
                return
            print(json.dumps(count(json.loads(line))), file=out, flush=True)


if __name__ == "__main__":
    main()
