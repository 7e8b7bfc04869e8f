"""The tables of the record beside its facts, and of the key store. Alembic makes them; this is how code names them."""

from __future__ import annotations

from sqlalchemy import BigInteger, Column, DateTime, Integer, LargeBinary, MetaData, String, Table, Text

RECORD = MetaData()
KEYS = MetaData()

_LONG = BigInteger().with_variant(Integer, "sqlite")

command = Table(
    "command",
    RECORD,
    Column("id", String, primary_key=True),
    Column("digest", LargeBinary, nullable=False),
    Column("first_position", _LONG, nullable=False),
    Column("last_position", _LONG, nullable=False),
)

access_log = Table(
    "access_log",
    RECORD,
    Column("id", _LONG, primary_key=True, autoincrement=True),
    Column("at", DateTime(timezone=True), nullable=False),
    Column("person", String, nullable=False),
    Column("organisation", String),
    Column("role", String),
    Column("what", String, nullable=False),
    Column("name", String, nullable=False),
    Column("subject", String),
    Column("rule", String),
    Column("number", _LONG),
    Column("purpose", String),
    Column("moment", String),
)
"""Reads, searches, exports and refusals. Append-only; never any typed words. `number` is how many rows an export had.

`purpose` is for which stated purpose somebody looked back or took something out, `moment` where the clocks stood.
"""

stated_purpose = Table(
    "stated_purpose",
    RECORD,
    Column("id", _LONG, primary_key=True, autoincrement=True),
    Column("at", DateTime(timezone=True), nullable=False),
    Column("person", String, nullable=False),
    Column("purpose", String, nullable=False),
    Column("key_id", _LONG),
    Column("box", Text),
    Column("commitment", Text),
)
"""A purpose as somebody stated it, with what they typed of it, sealed. Append-only. See application/purposes.py."""

sign_in_tries = Table(
    "sign_in_tries",
    RECORD,
    Column("subject", String, primary_key=True),
    Column("tries", Integer, nullable=False),
    Column("last_at", DateTime(timezone=True), nullable=False),
    Column("locked_until", DateTime(timezone=True)),
)
"""Tries to sign in that failed, for each account and each network address. See application/lock_out.py."""

register_row = Table(
    "register_row",
    RECORD,
    Column("code", String, primary_key=True),
    Column("setting", String),
    Column("status", String),
    Column("import_sha256", String, nullable=False),
)
"""Every row of the national register, as last imported: reference data, which a practice's facts never depend on."""

store_mark = Table(
    "store_mark",
    RECORD,
    Column("name", String, primary_key=True),
    Column("value", Text, nullable=False),
)
"""What is so of this store as a whole, such as that it is a demonstration."""

draft = Table(
    "draft",
    RECORD,
    Column("person", String, primary_key=True),
    Column("about", String, primary_key=True),
    Column("key_id", _LONG, nullable=False),
    Column("box", Text, nullable=False),
    Column("commitment", Text, nullable=False),
    Column("saved_at", DateTime(timezone=True), nullable=False),
)
"""What somebody typed and has not recorded, by whose it is and where it is gone on with. See application/drafts.py."""

key_page = Table(
    "key_page",
    KEYS,
    Column("id", _LONG, primary_key=True, autoincrement=True),
    Column("subject", String, unique=True),
    Column("slots", LargeBinary, nullable=False),
    Column("wrapped", LargeBinary, nullable=False),
    sqlite_autoincrement=True,
)
"""Up to 32 data keys, wrapped together; or the one key of a subject. See application/key_pages.py."""
