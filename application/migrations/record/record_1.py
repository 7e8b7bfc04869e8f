"""The record: facts, the commands that made them, the access log, accounts, reference data and marks.

Facts, commands and the access log are append-only in the database too. On SQLite a trigger also refuses an insert over
an existing row, because INSERT OR REPLACE would delete that row without asking the trigger for deletes.
"""

from alembic import op

revision = "record_1"
down_revision = None

# rowid must be called rowid: the library reads positions by that name. AUTOINCREMENT never gives one twice.
SQLITE = """
    CREATE TABLE stored_events (
        rowid INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
        originator_id TEXT NOT NULL,
        originator_version INTEGER NOT NULL,
        topic TEXT NOT NULL,
        state BLOB NOT NULL,
        UNIQUE (originator_id, originator_version)
    );
    CREATE TABLE command (
        id TEXT PRIMARY KEY NOT NULL,
        digest BLOB NOT NULL,
        first_position INTEGER NOT NULL,
        last_position INTEGER NOT NULL
    );
    CREATE TABLE access_log (
        id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
        at TEXT NOT NULL,
        person TEXT NOT NULL,
        organisation TEXT,
        role TEXT,
        what TEXT NOT NULL,
        name TEXT NOT NULL,
        subject TEXT,
        rule TEXT
    );
    CREATE TABLE account (
        id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
        email TEXT NOT NULL UNIQUE,
        password TEXT,
        active BOOLEAN NOT NULL,
        fs_uniquifier TEXT NOT NULL UNIQUE,
        person_id TEXT NOT NULL UNIQUE,
        confirmed_at TEXT,
        last_login_at TEXT,
        current_login_at TEXT,
        last_login_ip TEXT,
        current_login_ip TEXT,
        login_count INTEGER NOT NULL
    );
    CREATE TABLE one_time_link (
        token_sha256 TEXT PRIMARY KEY NOT NULL,
        account_id INTEGER NOT NULL REFERENCES account (id),
        made_at TEXT NOT NULL,
        expires_at TEXT NOT NULL,
        used_at TEXT
    );
    CREATE TABLE register_row (
        code TEXT PRIMARY KEY NOT NULL,
        setting TEXT,
        status TEXT,
        import_sha256 TEXT NOT NULL
    );
    CREATE TABLE store_mark (name TEXT PRIMARY KEY NOT NULL, value TEXT NOT NULL);
"""

# Text is compared byte by byte (COLLATE "C"), so that streams are walked in the same order on both databases.
POSTGRES = """
    CREATE TABLE record.stored_events (
        originator_id text COLLATE "C" NOT NULL,
        originator_version bigint NOT NULL,
        topic text NOT NULL,
        state bytea NOT NULL,
        notification_id bigint GENERATED ALWAYS AS IDENTITY,
        PRIMARY KEY (originator_id, originator_version)
    );
    CREATE UNIQUE INDEX stored_events_notification_id_idx ON record.stored_events (notification_id);
    CREATE TABLE record.command (
        id text COLLATE "C" PRIMARY KEY,
        digest bytea NOT NULL,
        first_position bigint NOT NULL,
        last_position bigint NOT NULL
    );
    CREATE TABLE record.access_log (
        id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
        at timestamptz NOT NULL,
        person text NOT NULL,
        organisation text,
        role text,
        what text NOT NULL,
        name text NOT NULL,
        subject text,
        rule text
    );
    CREATE TABLE record.account (
        id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
        email text NOT NULL UNIQUE,
        password text,
        active boolean NOT NULL,
        fs_uniquifier text NOT NULL UNIQUE,
        person_id text NOT NULL UNIQUE,
        confirmed_at timestamp,
        last_login_at timestamp,
        current_login_at timestamp,
        last_login_ip text,
        current_login_ip text,
        login_count integer NOT NULL
    );
    CREATE TABLE record.one_time_link (
        token_sha256 text PRIMARY KEY,
        account_id bigint NOT NULL REFERENCES record.account (id),
        made_at timestamptz NOT NULL,
        expires_at timestamptz NOT NULL,
        used_at timestamptz
    );
    CREATE TABLE record.register_row (
        code text COLLATE "C" PRIMARY KEY,
        setting text,
        status text,
        import_sha256 text NOT NULL
    );
    CREATE TABLE record.store_mark (name text PRIMARY KEY, value text NOT NULL);

    CREATE FUNCTION record.append_only() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
        RAISE EXCEPTION '% is append-only: % is refused', TG_TABLE_NAME, TG_OP
            USING ERRCODE = 'integrity_constraint_violation';
    END $$;
"""

# How a row of each append-only table is told from another, for the guard against INSERT OR REPLACE.
SAME_ROW = {
    "stored_events": (
        "(originator_id = NEW.originator_id AND originator_version = NEW.originator_version)", "rowid = NEW.rowid",
    ),
    "command": ("id = NEW.id",),
    "access_log": ("id = NEW.id",),
}  # fmt: skip


def sqlite_triggers(table: str) -> list[str]:
    refuse = f"BEGIN SELECT RAISE(ABORT, '{table} is append-only'); END"
    exists = " OR ".join(f"EXISTS (SELECT 1 FROM {table} WHERE {same})" for same in SAME_ROW[table])  # noqa: S608
    return [
        f"CREATE TRIGGER {table}_no_update BEFORE UPDATE ON {table} {refuse}",
        f"CREATE TRIGGER {table}_no_delete BEFORE DELETE ON {table} {refuse}",
        f"CREATE TRIGGER {table}_no_replace BEFORE INSERT ON {table} WHEN {exists} {refuse}",
    ]


def postgres_triggers(table: str) -> list[str]:
    refuse = "EXECUTE FUNCTION record.append_only()"
    return [
        f"CREATE TRIGGER {table}_no_change BEFORE UPDATE OR DELETE ON record.{table} FOR EACH ROW {refuse}",
        f"CREATE TRIGGER {table}_no_truncate BEFORE TRUNCATE ON record.{table} FOR EACH STATEMENT {refuse}",
    ]


def upgrade() -> None:
    if op.get_bind().dialect.name == "sqlite":
        for statement in SQLITE.split(";"):
            if statement.strip():
                op.execute(statement)
    else:
        op.execute(POSTGRES)
    triggers = sqlite_triggers if op.get_bind().dialect.name == "sqlite" else postgres_triggers
    for table in SAME_ROW:
        for statement in triggers(table):
            op.execute(statement)
