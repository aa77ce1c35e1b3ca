"""The index of words over messages. Triggers keep it, so it changes in the transaction of the
message itself and nobody who writes, edits or erases a message can forget it.

SQLite: FTS5 over a view, so the words of a message are stored once. A number of our own links the
two, because the hidden row number of a table with a text key may change. PostgreSQL: a tsvector
with Dutch stems and with the bare words, because a stem of half a word finds nothing.
"""

from __future__ import annotations

from collections.abc import Sequence

INDEX = "message_search"
"""Every table of the index has a name that begins with this."""

# ruff: noqa: S608  (the statements are put together from constants of this file only)
_SEARCHED = "kind IN ('text', 'note', 'withheld')"

_SQLITE = (
    "CREATE TABLE message_search_row (id INTEGER PRIMARY KEY, message_id VARCHAR(40) UNIQUE)",
    """CREATE VIEW message_search_source AS SELECT r.id AS id, m.body AS body
    FROM message_search_row r JOIN message m ON m.id = r.message_id""",
    """CREATE VIRTUAL TABLE message_search USING fts5(body, content='message_search_source',
    content_rowid='id', tokenize='unicode61 remove_diacritics 2', prefix='2 3')""",
    f"""CREATE TRIGGER message_search_added AFTER INSERT ON message WHEN new.{_SEARCHED} BEGIN
    INSERT INTO message_search_row (message_id) VALUES (new.id);
    INSERT INTO message_search (rowid, body)
        SELECT id, new.body FROM message_search_row WHERE message_id = new.id;
    END""",
    """CREATE TRIGGER message_search_edited AFTER UPDATE OF body ON message
    WHEN EXISTS (SELECT 1 FROM message_search_row WHERE message_id = old.id) BEGIN
    INSERT INTO message_search (message_search, rowid, body)
        SELECT 'delete', id, old.body FROM message_search_row WHERE message_id = old.id;
    INSERT INTO message_search (rowid, body)
        SELECT id, new.body FROM message_search_row WHERE message_id = old.id;
    END""",
    """CREATE TRIGGER message_search_erased AFTER DELETE ON message
    WHEN EXISTS (SELECT 1 FROM message_search_row WHERE message_id = old.id) BEGIN
    INSERT INTO message_search (message_search, rowid, body)
        SELECT 'delete', id, old.body FROM message_search_row WHERE message_id = old.id;
    DELETE FROM message_search_row WHERE message_id = old.id;
    END""",
    f"INSERT INTO message_search_row (message_id) SELECT id FROM message WHERE {_SEARCHED}",
    "INSERT INTO message_search (rowid, body) SELECT id, body FROM message_search_source",
)

_PLAIN = "translate(lower({0}), 'áàäâãåéèëêíìïîóòöôõúùüûçñ', 'aaaaaaeeeeiiiiooooouuuucn')"
_WORDS = "to_tsvector('dutch', {0}) || to_tsvector('simple', {0})"


def _vector(of: str) -> str:
    return _WORDS.format(_PLAIN.format(of))


_POSTGRES = (
    """CREATE TABLE message_search (message_id VARCHAR(40) PRIMARY KEY
    REFERENCES message (id) ON DELETE CASCADE, words tsvector NOT NULL)""",
    "CREATE INDEX message_search_words ON message_search USING gin (words)",
    f"""CREATE FUNCTION message_search_keep() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
    INSERT INTO message_search (message_id, words) VALUES (new.id, {_vector("new.body")})
    ON CONFLICT (message_id) DO UPDATE SET words = excluded.words;
    RETURN NULL;
    END $$""",
    f"""CREATE TRIGGER message_search_added AFTER INSERT OR UPDATE OF body ON message
    FOR EACH ROW WHEN (new.{_SEARCHED}) EXECUTE FUNCTION message_search_keep()""",
    f"""INSERT INTO message_search (message_id, words)
    SELECT id, {_vector("body")} FROM message WHERE {_SEARCHED}""",
)


def statements(dialect: str) -> Sequence[str]:
    """What builds the index and fills it from the messages that are there."""
    return _SQLITE if dialect == "sqlite" else _POSTGRES


def removal(dialect: str) -> Sequence[str]:
    """What takes the index away again."""
    if dialect == "sqlite":
        triggers = [f"DROP TRIGGER message_search_{name}" for name in ("added", "edited", "erased")]
        return (
            *triggers,
            "DROP TABLE message_search",
            "DROP VIEW message_search_source",
            "DROP TABLE message_search_row",
        )
    return (
        "DROP TRIGGER message_search_added ON message",
        "DROP FUNCTION message_search_keep()",
        "DROP TABLE message_search",
    )
