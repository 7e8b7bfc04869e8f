"""The stores of a contract test: the same test runs on SQLite and on a real PostgreSQL."""

import contextlib
import dataclasses
import secrets
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from application.casebook import Casebook
from application.codec import Codec
from application.init import init
from application.recording import Recorder
from application.settings import Settings
from application.stores import Stores, open_stores
from tests.contracts.notebook import FACTS, NOTEBOOK, scripted_clock, seeded_ids
from tests.support.postgres import fresh_database

KEY = bytes(range(32))


@pytest.fixture(scope="session")
def made_home(tmp_path_factory) -> Path:
    """Made stores, to be copied."""
    home = tmp_path_factory.mktemp("made") / "home"
    init(Settings(home=home, key=KEY, secret=secrets.token_urlsafe(48))).close()
    return home


@pytest.fixture(scope="session")
def made_database(postgres_url, tmp_path_factory):
    """The name of a database with made stores, and the home that they left, to be copied."""
    home = tmp_path_factory.mktemp("made-postgres") / "home"
    with fresh_database(postgres_url) as url:
        init(Settings(home=home, database_url=url, key=KEY, secret=secrets.token_urlsafe(48))).close()
        yield url.rpartition("/")[2], home


@pytest.fixture(params=["sqlite", "postgres"])
def settings(request, tmp_path: Path) -> Settings:
    """Where the stores of one test are: made where the test asks for `stores`, else not yet."""
    made, url, home = "stores" in request.fixturenames, None, tmp_path / "home"
    if request.param == "postgres":
        template, made_at = request.getfixturevalue("made_database") if made else ("template0", None)
        url = request.getfixturevalue("new_postgres_database")(template)
    else:
        made_at = request.getfixturevalue("made_home") if made else None
    if made_at:
        shutil.copytree(made_at, home)
    return Settings(home=home, database_url=url, key=KEY, secret=secrets.token_urlsafe(48))


@pytest.fixture
def open_again(settings: Settings):
    """Opens the made stores once more, as another process would."""
    with contextlib.ExitStack() as stack:

        def opened() -> Stores:
            stores = open_stores(settings)
            stack.callback(stores.close)
            stores.codec = Codec(stores.keys, FACTS, {})
            return stores

        yield opened


@pytest.fixture
def stores(open_again: Callable[[], Stores]) -> Stores:
    return open_again()


@pytest.fixture
def recorder(stores: Stores) -> Recorder:
    return stores.recorder


@pytest.fixture
def casebook_on():
    """A Casebook of the tests' notebook aggregate on some stores."""

    def make(stores: Stores, **changed: Any) -> Casebook:
        given: dict[str, Any] = {
            "clock": scripted_clock(),
            "ids": seeded_ids(),
            "aggregates": (NOTEBOOK,),
        } | changed
        return Casebook(stores, **given)

    return make


@pytest.fixture
def casebook(stores: Stores, casebook_on) -> Casebook:
    return casebook_on(stores)


@pytest.fixture
def home(settings: Settings) -> Path:
    return settings.home


def on_other_home(settings: Settings, home: Path) -> Settings:
    return dataclasses.replace(settings, home=home)
