"""For which purpose somebody looked back or took something out, and at which moment of the past they looked.

What is typed of a purpose is sealed, in a table of its own: the access log holds no typed words. It is append-only like it.
"""

from alembic import op

revision = "record_4"
down_revision = "record_3"

SQLITE = """
    CREATE TABLE stated_purpose (
        id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
        at TEXT NOT NULL,
        person TEXT NOT NULL,
        purpose TEXT NOT NULL,
        key_id INTEGER,
        box TEXT,
        commitment TEXT
    );
    ALTER TABLE access_log ADD COLUMN purpose TEXT;
    ALTER TABLE access_log ADD COLUMN moment TEXT;
    CREATE INDEX access_log_purpose ON access_log (purpose, id);
"""

POSTGRES = """
    CREATE TABLE record.stated_purpose (
        id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
        at timestamptz NOT NULL,
        person text NOT NULL,
        purpose text NOT NULL,
        key_id bigint,
        box text,
        commitment text
    );
    ALTER TABLE record.access_log ADD COLUMN purpose text;
    ALTER TABLE record.access_log ADD COLUMN moment text;
    CREATE INDEX access_log_purpose ON record.access_log (purpose, id);
"""

SQLITE_TRIGGERS = """
    CREATE TRIGGER stated_purpose_no_update BEFORE UPDATE ON stated_purpose
        BEGIN SELECT RAISE(ABORT, 'stated_purpose is append-only'); END
    --
    CREATE TRIGGER stated_purpose_no_delete BEFORE DELETE ON stated_purpose
        BEGIN SELECT RAISE(ABORT, 'stated_purpose is append-only'); END
    --
    CREATE TRIGGER stated_purpose_no_replace BEFORE INSERT ON stated_purpose
        WHEN EXISTS (SELECT 1 FROM stated_purpose WHERE id = NEW.id)
        BEGIN SELECT RAISE(ABORT, 'stated_purpose is append-only'); END
"""

POSTGRES_TRIGGERS = """
    CREATE TRIGGER stated_purpose_no_change BEFORE UPDATE OR DELETE ON record.stated_purpose
        FOR EACH ROW EXECUTE FUNCTION record.append_only()
    --
    CREATE TRIGGER stated_purpose_no_truncate BEFORE TRUNCATE ON record.stated_purpose
        FOR EACH STATEMENT EXECUTE FUNCTION record.append_only()
"""


def upgrade() -> None:
    sqlite = op.get_bind().dialect.name == "sqlite"
    for statement in (SQLITE if sqlite else POSTGRES).split(";"):
        if statement.strip():
            op.execute(statement)
    for statement in (SQLITE_TRIGGERS if sqlite else POSTGRES_TRIGGERS).split("--"):
        op.execute(statement)
