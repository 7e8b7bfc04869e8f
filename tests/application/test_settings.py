"""What an installation may be told, and how it hears that it was told wrongly."""

import base64
from pathlib import Path

import pytest

from application.settings import Settings, SettingWrong, settings_from

KEY = bytes(range(32))


def test_nothing_set_means_files_in_var():
    told = settings_from({})
    assert told == Settings(home=Path("var"))
    assert told.sqlalchemy_url is None


def test_what_is_set_is_taken():
    told = settings_from(
        {
            "CASEBOOK_HOME": "/srv/casebook",
            "CASEBOOK_DATABASE_URL": "postgres://casebook@db/casebook?sslmode=require",
            "CASEBOOK_KEY": base64.b64encode(KEY).decode(),
            "CASEBOOK_SECRET": "s" * 32,
            "CASEBOOK_URL": "https://casebook.example/",
            "CASEBOOK_NHS_IDENTITY": "yes",
        }
    )
    assert told == Settings(
        home=Path("/srv/casebook"),
        database_url="postgresql://casebook@db/casebook?sslmode=require",
        key=KEY,
        secret="s" * 32,
        base_url="https://casebook.example",
        nhs_identity=True,
    )
    assert told.sqlalchemy_url == "postgresql+psycopg://casebook@db/casebook?sslmode=require"
    assert told.key_encryption_key() == KEY


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("CASEBOOK_DATABASE_URL", "mysql://casebook:secret@db/casebook"),
        ("CASEBOOK_DATABASE_URL", "record.db"),
        ("CASEBOOK_KEY", "short"),
        ("CASEBOOK_KEY", "not base64 at all, though it has the right length"),
        ("CASEBOOK_KEY", base64.b64encode(KEY[:16]).decode()),
        ("CASEBOOK_SECRET", "short"),
        ("CASEBOOK_URL", "casebook.example"),
        ("CASEBOOK_NHS_IDENTITY", "perhaps"),
        ("POSTGRES_ENABLE_DB_FUNCTIONS", "no"),
    ],
)
def test_a_bad_setting_is_one_line_that_names_it_and_shows_no_secret(name, value):
    with pytest.raises(SettingWrong) as wrong:
        settings_from({name: value})
    assert name in str(wrong.value)
    assert "\n" not in str(wrong.value)
    assert value not in str(wrong.value) or name == "POSTGRES_ENABLE_DB_FUNCTIONS"


def test_a_missing_key_file_says_what_to_do(tmp_path):
    for read in (Settings(home=tmp_path).key_encryption_key, Settings(home=tmp_path).session_secret):
        with pytest.raises(SettingWrong, match="casebook init"):
            read()
