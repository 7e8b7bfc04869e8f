"""Who tries to sign in too often waits; and an access log that an auditor can search at any size.

An index begins with what is asked for and ends with the line's number, so that the newest lines that answer are read and
no others. A practice is asked for with all its entries: its index is of the subject up to the first stroke.
"""

from alembic import op

revision = "record_2"
down_revision = "record_1"

SQLITE = """
    CREATE TABLE sign_in_tries (
        subject TEXT PRIMARY KEY NOT NULL,
        tries INTEGER NOT NULL,
        last_at TEXT NOT NULL,
        locked_until TEXT
    );
    ALTER TABLE access_log ADD COLUMN number INTEGER;
    CREATE INDEX access_log_at ON access_log (at, id);
    CREATE INDEX access_log_person ON access_log (person, id);
    CREATE INDEX access_log_person_what ON access_log (person, what, id);
    CREATE INDEX access_log_what ON access_log (what, id);
    CREATE INDEX access_log_about ON access_log (substr(subject, 1, instr(subject || '/', '/') - 1), id);
    CREATE INDEX access_log_about_what
        ON access_log (substr(subject, 1, instr(subject || '/', '/') - 1), what, id);
    CREATE INDEX access_log_person_about
        ON access_log (person, substr(subject, 1, instr(subject || '/', '/') - 1), id);
"""

POSTGRES = """
    CREATE TABLE record.sign_in_tries (
        subject text COLLATE "C" PRIMARY KEY,
        tries integer NOT NULL,
        last_at timestamptz NOT NULL,
        locked_until timestamptz
    );
    ALTER TABLE record.access_log ADD COLUMN number bigint;
    CREATE INDEX access_log_at ON record.access_log (at, id);
    CREATE INDEX access_log_person ON record.access_log (person, id);
    CREATE INDEX access_log_person_what ON record.access_log (person, what, id);
    CREATE INDEX access_log_what ON record.access_log (what, id);
    CREATE INDEX access_log_about ON record.access_log (split_part(subject, '/', 1), id);
    CREATE INDEX access_log_about_what ON record.access_log (split_part(subject, '/', 1), what, id);
    CREATE INDEX access_log_person_about ON record.access_log (person, split_part(subject, '/', 1), id);
"""


def upgrade() -> None:
    statements = SQLITE if op.get_bind().dialect.name == "sqlite" else POSTGRES
    for statement in statements.split(";"):
        if statement.strip():
            op.execute(statement)
