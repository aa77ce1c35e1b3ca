"""Files of tenants: what a channel that carries them can do besides the ``Channel`` port."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import Protocol, runtime_checkable

from channels.port import MediaRef


@dataclass(frozen=True, slots=True)
class FetchedFile:
    """What a provider kept for us, with the type it says it is. Neither is to be trusted."""

    body: bytes
    content_type: str


class MediaRefusal(StrEnum):
    """Why a file is not taken."""

    FOREIGN_ADDRESS = "foreign_address"
    """It does not lie with the provider, under our own account."""
    TOO_LARGE = "too_large"
    WRONG_TYPE = "wrong_type"
    """No photo, voice note, film or PDF."""
    BROKEN = "broken"
    """It cannot be read as what it says it is, or it is two things at once."""
    NO_MEDIA = "no_media"
    """This channel carries no files."""


class MediaRefused(Exception):
    """This file is not taken, and would not be another time either."""

    def __init__(self, reason: MediaRefusal) -> None:
        super().__init__(reason.value)
        self.reason = reason


class MediaGone(Exception):
    """The provider does not have this file any more."""


class MediaUncertain(Exception):
    """The provider did not answer as it should; another time it may."""


@runtime_checkable
class CarriesMedia(Protocol):
    """A channel whose provider keeps files for us until we fetch them."""

    async def fetch_media(self, ref: MediaRef, limit: int) -> FetchedFile:
        """Get a file of a tenant, of at most ``limit`` bytes.

        Raises:
            MediaRefused: not an address we may ask, or more than the limit.
            MediaGone: it is not there any more.
            MediaUncertain: no file this time.
        """

    async def forget_media(self, ref: MediaRef) -> None:
        """Have the provider delete it, where a provider can. A second time is harmless.

        Raises:
            MediaUncertain: it may still be there.
        """
