"""The keys of sealed words."""

from alembic import op

revision = "keys_1"
down_revision = None

SQLITE = """
    CREATE TABLE key_page (
        id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
        subject TEXT UNIQUE,
        slots BLOB NOT NULL,
        wrapped BLOB NOT NULL
    )
"""

POSTGRES = """
    CREATE TABLE keys.key_page (
        id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
        subject text UNIQUE,
        slots bytea NOT NULL,
        wrapped bytea NOT NULL
    )
"""


def upgrade() -> None:
    op.execute(SQLITE if op.get_bind().dialect.name == "sqlite" else POSTGRES)
