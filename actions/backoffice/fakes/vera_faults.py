"""How a back office goes wrong, on demand."""

from __future__ import annotations

from enum import StrEnum, auto


class Fault(StrEnum):
    """What the next call gets instead of its answer."""

    NONE = auto()
    """This one goes well."""
    IGNORED = auto()
    """200, and nothing was done."""
    ERROR_BODY = auto()
    """200 with a Foutbericht."""
    WRONG_TYPES = auto()
    """Numbers where texts belong and the other way round."""
    NO_ID = auto()
    """Things without an id."""
    ENVELOPE = auto()
    """Another paging: an object with the list inside."""
    LOST_PAGES = auto()
    """A total that is not reached."""
    OTHER_PAGE = auto()
    """Another page than was asked."""
    HTML = auto()
    NOT_JSON = auto()
    EMPTY = auto()
    TOO_LARGE = auto()
    TOO_MANY_CALLS = auto()
    BROKEN = auto()
    UNAVAILABLE = auto()
    CUT = auto()
    """The line breaks before anything is done."""
    CUT_AFTER = auto()
    """It is done, and then the line breaks."""
    SILENT = auto()
    """No answer until the server ends."""
    ELSEWHERE = auto()
    """A redirect to another host."""
    REFUSED = auto()
    """403."""
    DUPLICATE = auto()
    """It is done, and the answer says that it was there already (409)."""
