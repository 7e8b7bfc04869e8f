"""Words that are looked for: an index of them beside their table on SQLite (FTS5), a column in it on PostgreSQL.

The table itself is an ordinary one. On SQLite the index holds no words but what they are looked for by; it is filled at
once when an edition is whole, goes with the edition when that is swapped in, and follows the live table by triggers. On
PostgreSQL the column is made of the words by the database.

Both find alike: by the stems of English words, accents folded, no word left out, whatever stands between words.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Collection, Iterator

from sqlalchemy import Connection, Table, text

from projections.tables import ReadModel

TOKENS = "porter unicode61 remove_diacritics 2"
"""How SQLite takes words apart."""

_PARTS = "config", "data", "idx"


def _folded() -> tuple[str, str]:
    """What PostgreSQL is to change in words first: accented letters, and all that stands between words."""
    between = [chr(at) for at in (*range(1, 48), *range(58, 65), *range(91, 97), *range(123, 192), 215, 247)]
    between += [chr(at) for at in (*range(0x2000, 0x2070), *range(0x20A0, 0x20C0), *range(0x2190, 0x2200))]
    between = [one for one in between if not one.isalnum()]
    letters, plain = [], []
    for at in (*range(192, 0x250), *range(0x1E00, 0x1F00)):
        letter = unicodedata.normalize("NFD", chr(at))
        if len(letter) > 1 and letter[0].isascii():
            letters.append(chr(at))
            plain.append(letter[0])
    marks = [chr(at) for at in range(0x300, 0x370)]
    return "".join((*between, *letters, *marks)), " " * len(between) + "".join(plain)


FROM, TO = _folded()
POSTGRES_WORDS = (
    f"to_tsvector('views.words', translate(words, '{FROM.replace(chr(39), chr(39) * 2)}', '{TO}'))"
)
"""Letters with marks, and marks alone, which have nothing to become and go."""

_CONFIGURATION = """
DO $$ BEGIN
    IF NOT EXISTS (
        SELECT FROM pg_ts_config WHERE cfgname = 'words' AND cfgnamespace = 'views'::regnamespace
    ) THEN
        CREATE TEXT SEARCH DICTIONARY views.every_word (TEMPLATE = snowball, LANGUAGE = english);
        CREATE TEXT SEARCH CONFIGURATION views.words (COPY = pg_catalog.english);
        ALTER TEXT SEARCH CONFIGURATION views.words
            ALTER MAPPING FOR asciiword, word WITH views.every_word;
    END IF;
END $$
"""
"""English as PostgreSQL knows it, but that no word is too common to be found in a phrase."""


def index_of(table: Table | str) -> str:
    """What the index beside a table is called: `search__7` has `search_words__7`."""
    name, _, edition = str(table).partition("__")
    return f"{name}_words" + (f"__{edition}" if edition else "")


def shape(table: Table) -> Iterator[str]:
    """What a view's shape must tell of how its words are found."""
    if table.info["sought"]:
        yield from (repr(table.info["sought"]), TOKENS, POSTGRES_WORDS, _CONFIGURATION)


def beside(models: Collection[ReadModel]) -> set[str]:
    """The tables that the indexes beside the live tables consist of."""
    indexes = [index_of(table) for model in models for table in model.tables if table.info["sought"]]
    return {f"{index}{part}" for index in indexes for part in ("", *(f"_{part}" for part in _PARTS))}


def made(connection: Connection, table: Table) -> None:
    """Called when an edition's table was made, and is empty."""
    if table.info["sought"] and connection.dialect.name == "postgresql":
        connection.exec_driver_sql(_CONFIGURATION)
        made_of = POSTGRES_WORDS.replace("%", "%%")  # the driver takes one alone for a parameter
        connection.exec_driver_sql(
            f"ALTER TABLE {table.name} ADD COLUMN found tsvector GENERATED ALWAYS AS ({made_of}) STORED"
        )


def filled(connection: Connection, table: Table) -> None:
    """Called when an edition's table has all its rows."""
    if not table.info["sought"]:
        return
    number, words = table.info["sought"]
    index = index_of(table.name)
    if connection.dialect.name == "postgresql":
        connection.exec_driver_sql(f"CREATE INDEX {index} ON {table.name} USING gin (found)")
        return
    connection.exec_driver_sql(
        f"CREATE VIRTUAL TABLE {index} USING fts5(words, content='', columnsize=0, tokenize='{TOKENS}')"
    )
    connection.exec_driver_sql(
        f"INSERT INTO {index}(rowid, words) SELECT {number}, {words} FROM {table.name} ORDER BY {number}"  # noqa: S608
    )


def swapped(connection: Connection, table: Table, edition: int) -> None:
    """Called when an edition's table has taken the live one's name."""
    if not table.info["sought"]:
        return
    number, words = table.info["sought"]
    live = index_of(table.name)
    if connection.dialect.name == "postgresql":
        connection.execute(text(f"ALTER INDEX {live}__{edition} RENAME TO {live}"))
        return
    connection.execute(text(f"DROP TABLE IF EXISTS {live}"))
    connection.execute(text(f"ALTER TABLE {live}__{edition} RENAME TO {live}"))
    added = f"INSERT INTO {live}(rowid, words) VALUES (new.{number}, new.{words})"  # noqa: S608
    gone = f"INSERT INTO {live}({live}, rowid, words) VALUES ('delete', old.{number}, old.{words})"  # noqa: S608
    other = f"UPDATE OF {number}, {words}"
    changed = f"WHEN old.{words} <> new.{words} OR old.{number} <> new.{number}"
    for name, when, what in (
        ("added", f"INSERT ON {table.name}", added),
        ("gone", f"DELETE ON {table.name}", gone),
        ("changed", f"{other} ON {table.name} {changed}", f"{gone}; {added}"),
    ):
        connection.exec_driver_sql(f"CREATE TRIGGER {live}_{name} AFTER {when} BEGIN {what}; END")
