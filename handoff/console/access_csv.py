"""The access log as a file for a spreadsheet. Pure."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable

from handoff.clock import AMSTERDAM
from handoff.ledger.accounts import Looked

_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "\0", "|", "%")
_MARK = "\ufeff"
"""A spreadsheet reads the file as UTF-8 only when it begins so."""


def plain_cell(text: str) -> str:
    """What a spreadsheet shows and never runs: each line that looks like a formula gets a quote."""
    lines = text.replace("\r\n", "\n").replace("\r", "\n").replace("\0", "").split("\n")
    return "\n".join(f"'{one}" if _runs(one) else one for one in lines)


def _runs(line: str) -> bool:
    return line.startswith(_FORMULA) or line.lstrip(" \u00a0\u3000\t\"'").startswith(_FORMULA)


def as_csv(rows: Iterable[Looked]) -> bytes:
    """Times are those of Amsterdam, with the difference to UTC."""
    text = io.StringIO()
    table = csv.writer(text, delimiter=";", quoting=csv.QUOTE_ALL, lineterminator="\r\n")
    table.writerow(("at", "login", "name", "what", "reference", "relatie"))
    for row in rows:
        at = row.at.astimezone(AMSTERDAM).isoformat(sep=" ", timespec="seconds")
        told = (row.login, row.name, row.what, row.reference, row.relatie)
        table.writerow((at, *map(plain_cell, told)))
    return (_MARK + text.getvalue()).encode()
