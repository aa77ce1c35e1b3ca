"""The place in a list as the outside holds it: opaque, and refused when it was not ours."""

from __future__ import annotations

import base64
import binascii
import json
from datetime import datetime

from handoff.http_errors import ApiError
from handoff.ledger import Row
from handoff.ledger.lists import Place
from handoff.model import ConversationId


def cursor_after(row: Row) -> str:
    c = row.conversation
    keys = [c.priority, (c.waiting_since or c.opened_at).isoformat(), c.id]
    return base64.urlsafe_b64encode(json.dumps(keys).encode()).decode()


def place_of(cursor: str | None) -> Place | None:
    """Raises: ApiError 422 for what no page of ours ended with."""
    if cursor is None:
        return None
    try:
        priority, since, id = json.loads(base64.b64decode(cursor, altchars=b"-_", validate=True))
        moment = datetime.fromisoformat(since)
        if moment.tzinfo is None or not isinstance(id, str) or abs(int(priority)) > 1_000_000:
            raise ValueError
        return Place(int(priority), moment, ConversationId(id))
    except (ValueError, TypeError, binascii.Error, OverflowError, RecursionError) as wrong:
        raise ApiError(422, "bad_request") from wrong
