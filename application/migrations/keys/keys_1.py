"""The keys of sealed words."""

from alembic import op

revision = "keys_1"
down_revision = None

SQLITE = """
    CREATE TABLE data_key (
        id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
        subject TEXT UNIQUE,
        wrapped BLOB NOT NULL
    )
"""

POSTGRES = """
    CREATE TABLE keys.data_key (
        id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
        subject text UNIQUE,
        wrapped bytea NOT NULL
    )
"""


def upgrade() -> None:
    op.execute(SQLITE if op.get_bind().dialect.name == "sqlite" else POSTGRES)
