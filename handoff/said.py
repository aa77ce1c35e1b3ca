"""The words in what a tenant sent."""

from __future__ import annotations

from channels.port import (
    Aside,
    Attached,
    Body,
    Chosen,
    Edited,
    GroupCall,
    OptOut,
    Text,
    Unsupported,
)
from handoff.clean_text import clean_text
from handoff.policy import EDITED


def words_of(body: Body) -> str:
    """What the tenant wrote himself, as it is stored; nothing when there are no words."""
    match body:
        case Text(raw) | Edited(raw) | Attached(raw):
            return clean_text(raw)
        case Aside() | Chosen() | OptOut() | GroupCall() | Unsupported():
            return ""
        case _:
            return ""


def edit_mark(body: Body) -> str | None:
    """The payload of words that replace earlier ones: staff must see that they do."""
    return EDITED if isinstance(body, Edited) else None
