"""What a page gives, checked before anything is looked up: ids, the term it read, its number."""

from __future__ import annotations

from handoff.clean_text import is_plain_id
from handoff.http_errors import ApiError

HIGHEST_NUMBER = 2_147_483_647
"""The largest that the database keeps in such a column."""


def plain_id(id: str, code: str, status: int = 404) -> str:
    """The id as it is.

    Raises:
        ApiError: ``status`` with ``code``; what is no id of ours is not looked up.
    """
    if not is_plain_id(id):
        raise ApiError(status, code)
    return id


def client_id(id: str) -> str:
    """The number by which the page knows its own message again.

    Raises:
        ApiError: 422, it could not be kept.
    """
    return plain_id(id, "bad_request", 422)


def read_term(term: int | None) -> int | None:
    """The term the page has read.

    Raises:
        ApiError: 409; one that no conversation can have is a stale one.
    """
    if term is not None and not 0 <= term <= HIGHEST_NUMBER:
        raise ApiError(409, "stale_term")
    return term
