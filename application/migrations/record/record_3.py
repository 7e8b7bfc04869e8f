"""Drafts: what somebody typed and has not recorded, sealed, and theirs alone. They are deleted, so nothing forbids it."""

from alembic import op

revision = "record_3"
down_revision = "record_2"

SQLITE = """
    CREATE TABLE draft (
        person TEXT NOT NULL,
        about TEXT NOT NULL,
        key_id INTEGER NOT NULL,
        box TEXT NOT NULL,
        commitment TEXT NOT NULL,
        saved_at TEXT NOT NULL,
        PRIMARY KEY (person, about)
    );
"""

POSTGRES = """
    CREATE TABLE record.draft (
        person text COLLATE "C" NOT NULL,
        about text COLLATE "C" NOT NULL,
        key_id bigint NOT NULL,
        box text NOT NULL,
        commitment text NOT NULL,
        saved_at timestamptz NOT NULL,
        PRIMARY KEY (person, about)
    );
"""


def upgrade() -> None:
    statements = SQLITE if op.get_bind().dialect.name == "sqlite" else POSTGRES
    for statement in statements.split(";"):
        if statement.strip():
            op.execute(statement)
