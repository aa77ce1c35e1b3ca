"""A report as a file for a spreadsheet. Pure."""

from __future__ import annotations

import csv
import io
from collections.abc import Mapping
from typing import Any

from handoff.console.access_csv import plain_cell
from handoff.reports.period import Period
from handoff.reports.tables import Table, Value


def as_csv(table: Table, period: Period, words: Mapping[str, Any]) -> bytes:
    """For a Dutch spreadsheet: UTF-8 with a mark, semicolons, decimal commas, nothing that runs."""
    text = io.StringIO()
    out = csv.writer(text, delimiter=";", quoting=csv.QUOTE_ALL, lineterminator="\r\n")
    heads, before = words["columns"], period.before()
    for row in (
        (table.title,),
        (words["period"], f"{period.first} / {period.last}"),
        (heads["previous"], f"{before.first} / {before.last}"),
        (table.counts,),
        (heads["group"], heads["count"], heads["previous"]),
    ):
        out.writerow([plain_cell(cell) for cell in row])
    for line in table.lines:
        out.writerow((plain_cell(line.label), _number(line.now), _number(line.before)))
    return ("\ufeff" + text.getvalue()).encode()


def _number(value: Value) -> str:
    return "" if value is None else f"{value:.12g}".replace(".", ",")
