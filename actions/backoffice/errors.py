"""The only ways in which a back office can fail."""

from __future__ import annotations


class BackOfficeError(Exception):
    """One of the three below. Its text is for developers and holds no tenant data."""


class BackOfficeDown(BackOfficeError):
    """No answer in time, or one that cannot be used. Whether a write was done is not known."""


class NotFound(BackOfficeError):
    """There is no such thing, or it is somebody else's: the two are told apart by nobody."""


class NotAllowed(BackOfficeError):
    """The proof of identity is not enough, has expired, or the system refuses."""
