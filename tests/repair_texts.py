"""The written answers of all topic files, by their name."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import yaml

_DATA = Path(__file__).parents[1] / "data" / "nlu"
SAID: dict[str, dict[str, Any]] = {
    name: variations[0]
    for file in sorted(_DATA.glob("*.yml"))
    for name, variations in yaml.safe_load(file.read_text(encoding="utf-8"))["responses"].items()
    if "text" in variations[0]
}
