"""A channel whose provider keeps files in memory: ``CarriesMedia`` for tests and for trying out."""

from __future__ import annotations

from collections.abc import Mapping

from channels.media import FetchedFile, MediaGone, MediaRefusal, MediaRefused, MediaUncertain
from channels.port import MediaRef
from handoff.testing import Line


class Depot(Line):
    """``files`` by the provider's name for them; what is forgotten is taken out."""

    def __init__(self, files: Mapping[str, bytes]) -> None:
        super().__init__()
        self.files = dict(files)
        self.away = 0
        """So many times more it gives no file and deletes none."""
        self.asked = 0

    async def fetch_media(self, ref: MediaRef, limit: int) -> FetchedFile:
        self.asked += 1
        self._unless_away()
        if ref.ref not in self.files:
            raise MediaGone
        body = self.files[ref.ref]
        if len(body) > limit:
            raise MediaRefused(MediaRefusal.TOO_LARGE)
        return FetchedFile(body, ref.content_type)

    async def forget_media(self, ref: MediaRef) -> None:
        self._unless_away()
        self.files.pop(ref.ref, None)

    def _unless_away(self) -> None:
        if self.away:
            self.away -= 1
            raise MediaUncertain("away")
