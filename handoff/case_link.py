"""Where staff make or look up a repair: the corporation's own system, by an address with a place
for the reference."""

from __future__ import annotations

import re
from pathlib import Path

import yaml

REFERENCE = "{reference}"
_HOST = re.compile(r"https?://[^\s/{}]+(/\S*)?")


class CaseUrlBroken(ValueError):
    """``case_url`` in corporation.yml is no web address with ``{reference}`` in it."""


def read_case_url(path: Path) -> str | None:
    """The address from ``case_url``; None when this corporation has none.

    Raises:
        CaseUrlBroken: it is there and cannot be used.
    """
    raw = yaml.safe_load(path.read_text(encoding="utf-8")).get("case_url")
    if not raw:
        return None
    url = str(raw)
    if not _HOST.fullmatch(url) or REFERENCE not in url:
        raise CaseUrlBroken(url)
    return url
