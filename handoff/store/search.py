"""Finding messages by their words: FTS5 on SQLite, tsvector on PostgreSQL. The triggers of the
migration keep the index; here it is only asked."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import ColumnElement, Select, column, func, or_, select, table, text

from handoff.ledger.lists import Term, Wanted
from handoff.store import tables as t

_MOST_MATCHES = 2_000
"""Matching messages that are looked at: a letter that half the messages begin with stays quick."""


def with_words(terms: Sequence[Term], dialect: str) -> Select[tuple[str]]:
    """The ids of messages that hold every term, as a query. Terms hold letters and digits only."""
    if dialect == "sqlite":
        rows = table("message_search_row", column("id"), column("message_id"))
        words = " ".join(_fts5(term) for term in terms)
        matching = (
            select(text("rowid"))
            .select_from(text("message_search"))
            .where(text("message_search MATCH :fts_words").bindparams(fts_words=words))
            .order_by(text("rowid DESC"))
            .limit(_MOST_MATCHES)
        )
        return select(rows.c.message_id).where(rows.c.id.in_(matching))
    index = table("message_search", column("message_id"), column("words"))
    query = select(index.c.message_id)
    for term in terms:
        query = query.where(index.c.words.op("@@")(_tsquery(term)))
    return query


def _fts5(term: Term) -> str:
    """Quoted, so that no word of it is an operator; a star makes the last one a beginning."""
    return f'"{" ".join(term.words)}"{"" if term.whole else "*"}'


def _tsquery(term: Term) -> ColumnElement[object]:
    if term.whole:
        return func.phraseto_tsquery("simple", " ".join(term.words))
    words = [f"'{word}'" for word in term.words]
    bare = func.to_tsquery("simple", " <-> ".join(words) + ":*")
    if len(words) > 1:
        return bare
    return bare.op("||")(func.plainto_tsquery("dutch", term.words[0]))


def named(wanted: Wanted) -> ColumnElement[bool] | None:
    """Conversations whose reference or address was typed outright."""
    c = t.conversation.c
    if wanted.reference is not None:
        return c.reference.startswith(wanted.reference, autoescape=True)
    if wanted.address is None:
        return None
    exact = func.lower(c.address) == wanted.address.lower()
    if not wanted.address.isdigit():
        return exact
    return or_(exact, c.address.endswith(wanted.address, autoescape=True))


def newest_in_each(terms: Sequence[Term], dialect: str) -> Select[tuple[str, int]]:
    """Per conversation the last position with these words."""
    ids = with_words(terms, dialect)
    return (
        select(t.message.c.conversation_id, func.max(t.message.c.pos).label("pos"))
        .where(t.message.c.id.in_(ids))
        .group_by(t.message.c.conversation_id)
    )
