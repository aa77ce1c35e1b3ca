"""Where files lie: a folder under the data folder, each under an id of our own making."""

from __future__ import annotations

import os
import re
import tempfile
from dataclasses import dataclass
from pathlib import Path
from uuid import uuid4

_ID = re.compile(r"[0-9a-f]{32}")


class NotOnShelf(Exception):
    """No file lies here under this id."""


def new_file_id() -> str:
    """An id that nobody can guess and that says nothing."""
    return uuid4().hex


@dataclass(frozen=True, slots=True)
class Shelf:
    """``root``: the folder, made when the first file comes. Calls block; not for the event loop."""

    root: Path

    def put(self, id: str, content: bytes) -> None:
        """Keep this. Whole or not at all, also when the power fails; twice is harmless."""
        place = self.place(id)
        place.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        handle, unfinished = tempfile.mkstemp(dir=place.parent, prefix=".")
        try:
            with os.fdopen(handle, "wb") as file:
                file.write(content)
                file.flush()
                os.fsync(file.fileno())
            os.replace(unfinished, place)
        except BaseException:
            Path(unfinished).unlink(missing_ok=True)
            raise

    def place(self, id: str) -> Path:
        """Where this file lies, or would.

        Raises:
            NotOnShelf: this is no id of ours, so nothing lies under it.
        """
        if not _ID.fullmatch(id):
            raise NotOnShelf(repr(id))
        return self.root / id[:2] / id

    def read(self, id: str) -> bytes:
        """What lies here.

        Raises:
            NotOnShelf: nothing does.
        """
        try:
            return self.place(id).read_bytes()
        except FileNotFoundError as missing:
            raise NotOnShelf(id) from missing

    def remove(self, id: str) -> None:
        """Take it off for good. A second time is harmless."""
        self.place(id).unlink(missing_ok=True)
