"""What the content check found: mistakes that stop a release, and remarks that do not."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path


@dataclass(slots=True)
class Findings:
    """Collects findings as ``file:line: what``, with paths as short as they can be."""

    root: Path
    errors: list[str] = field(default_factory=list)
    remarks: list[str] = field(default_factory=list)

    def error(self, file: Path, line: int, what: str) -> None:
        self.errors.append(self._where(file, line, what))

    def remark(self, file: Path, line: int, what: str) -> None:
        self.remarks.append(self._where(file, line, what))

    def _where(self, file: Path, line: int, what: str) -> str:
        short = file.relative_to(self.root) if file.is_relative_to(self.root) else file
        return f"{short}:{line}: {what}"
