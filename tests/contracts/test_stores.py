"""Stores are made once, upgraded in one place, and say in one line what is wrong with them."""

import dataclasses
import stat
import subprocess
import sys

import pytest
import sqlalchemy
from alembic.config import Config
from alembic.script import ScriptDirectory
from sqlalchemy import inspect, text

from application.init import MIGRATIONS, init
from application.keys import KeyWrong
from application.schema import REVISIONS
from application.settings import Settings
from application.stores import NotReady, ViewsMissing, open_stores
from application.tables import KEYS, RECORD

INIT = "import sys; from pathlib import Path; from application.init import init; from application.settings import Settings; {}"


def test_a_store_that_was_not_made_says_to_make_it(settings):
    with pytest.raises(NotReady, match="casebook init") as told:
        open_stores(settings)
    assert "\n" not in str(told.value)
    assert settings.database_url is not None or not settings.home.exists(), "looking makes nothing"


def test_init_again_keeps_everything(settings, stores, recorder):
    stores.set_mark("demonstration", "yes")
    key = stores.keys.draw()
    again = init(settings)
    assert again.mark("demonstration") == "yes"
    assert key.id in again.keys.present([key.id])
    again.close()


def test_several_inits_at_once_are_safe(settings):
    settings.home.parent.mkdir(exist_ok=True)
    told = (
        f"init(Settings(home=Path({str(settings.home)!r}), database_url={settings.database_url!r})).close()"
    )
    running = [
        subprocess.Popen([sys.executable, "-c", INIT.format(told)], stderr=subprocess.PIPE, text=True)
        for _ in range(4)
    ]
    for process in running:
        _, said = process.communicate(timeout=60)
        assert process.returncode == 0, said
    from_files = dataclasses.replace(settings, key=None, secret=None)
    stores = open_stores(from_files)
    assert stores.recorder.last_position() == 0
    stores.keys.draw()
    stores.close()
    for name in ("key", "secret"):
        assert stat.S_IMODE((settings.home / name).stat().st_mode) == 0o600


def test_a_newer_schema_is_refused_in_one_line(settings, stores):
    with stores.record_engine.begin() as connection:
        connection.execute(text("UPDATE alembic_version SET version_num = 'record_99'"))
    for opening in (open_stores, init):
        with pytest.raises(NotReady, match="newer Casebook"):
            opening(settings)


def test_another_stores_key_is_refused(settings, stores):
    stores.keys.draw()
    with pytest.raises(KeyWrong):
        init(dataclasses.replace(settings, key=bytes(32)))


def test_a_database_that_does_not_answer_is_one_line(tmp_path):
    nowhere = Settings(home=tmp_path, database_url="postgresql://nobody@127.0.0.1:1/none", key=bytes(32))
    for opening in (open_stores, init):
        with pytest.raises(NotReady, match="does not answer") as told:
            opening(nowhere)
        assert "\n" not in str(told.value)


def test_the_known_schemas_are_those_of_the_migrations():
    for store, known in REVISIONS.items():
        config = Config()
        config.set_main_option("script_location", str(MIGRATIONS))
        config.set_main_option("version_locations", str(MIGRATIONS / store))
        config.set_main_option("path_separator", "newline")
        scripts = ScriptDirectory.from_config(config)
        assert tuple(script.revision for script in scripts.walk_revisions())[::-1] == known


def test_the_tables_in_the_code_are_those_that_migrations_make(stores):
    for metadata, engine in ((RECORD, stores.record_engine), (KEYS, stores.keys_engine)):
        made = inspect(engine)
        for table in metadata.sorted_tables:
            columns = {column["name"]: column["nullable"] for column in made.get_columns(table.name)}
            assert columns == {column.name: column.nullable for column in table.columns}, table.name


def test_views_are_missing_until_they_are_made(stores):
    for engine in ("views_engine_read", "views_engine_write"):
        with pytest.raises(ViewsMissing, match="casebook rebuild"):
            getattr(stores, engine)
    with stores.make_views_store().begin() as connection:
        connection.execute(text("CREATE TABLE page (position integer)"))
        connection.execute(text("INSERT INTO page VALUES (7)"))
    with stores.views_engine_read.connect() as connection:
        assert connection.scalar(text("SELECT position FROM page")) == 7
        with pytest.raises(sqlalchemy.exc.DBAPIError, match=r"read.?only"):
            connection.execute(text("UPDATE page SET position = 8"))


def test_a_page_sees_one_state_of_the_views(stores):
    with stores.make_views_store().begin() as connection:
        connection.execute(text("CREATE TABLE page (position integer)"))
    with stores.views_engine_read.connect() as reading:
        assert reading.scalar(text("SELECT count(*) FROM page")) == 0
        with stores.views_engine_write.begin() as writing:
            writing.execute(text("INSERT INTO page VALUES (1)"))
        assert reading.scalar(text("SELECT count(*) FROM page")) == 0


@pytest.mark.parametrize("settings", ["sqlite"], indirect=True)
def test_views_that_are_removed_and_made_again_are_seen_by_those_who_were_reading(stores, open_again):
    for value in (1, 2):
        with open_again().make_views_store().begin() as connection:
            connection.execute(text("CREATE TABLE page (position integer)"))
            connection.execute(text(f"INSERT INTO page VALUES ({value})"))
        with stores.views_engine_read.connect() as reading:
            assert reading.scalar(text("SELECT position FROM page")) == value
        for file in stores.views_file.parent.glob("views.db*"):
            file.unlink()
        with pytest.raises(ViewsMissing):
            _ = stores.views_engine_read


def test_a_session_that_read_its_account_does_not_keep_a_command_from_being_recorded(stores, casebook):
    from tests.contracts.notebook import ANNE, WriteNote

    with stores.session() as session:
        assert session.execute(text("SELECT count(*) FROM account")).scalar() == 0
        assert casebook.handle(
            "1", WriteNote(note_id="n", words="words"), ANNE, command_id="command-1"
        ).recorded
        session.execute(text("INSERT INTO store_mark VALUES ('after', 'yes')"))
        session.commit()
    assert stores.mark("after") == "yes"


@pytest.mark.parametrize("settings", ["postgres"], indirect=True)
def test_the_application_role_of_postgres_needs_no_right_but_select_and_insert(settings, stores):
    from application.recorder_postgres import PostgresRecord
    from tests.contracts.test_record import append

    with stores.record_engine.begin() as connection:
        connection.execute(text("DROP ROLE IF EXISTS casebook_writer"))
        connection.execute(text("CREATE ROLE casebook_writer"))
        connection.execute(text("GRANT USAGE ON SCHEMA record TO casebook_writer"))
        connection.execute(
            text("GRANT SELECT, INSERT ON record.stored_events, record.command TO casebook_writer")
        )
    joiner = "&" if "?" in settings.database_url else "?"
    recorder = PostgresRecord(
        f"{settings.database_url}{joiner}options=-c%20role%3Dcasebook_writer", stores.codec
    )
    assert [fact.version for fact in append(recorder, "notebook-1", 1, 2)] == [1, 2]
    recorder.close()
    with stores.record_engine.begin() as connection:
        connection.execute(text("DROP OWNED BY casebook_writer"))
        connection.execute(text("DROP ROLE casebook_writer"))
