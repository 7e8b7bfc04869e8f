"""Views on SQLite and on a real PostgreSQL, and facts to give them: recorded as they are, whatever rules would say."""

import contextlib
import shutil

import pytest
from sqlalchemy import select

from application.init import init
from application.recording import Sent
from application.settings import Settings
from application.stores import open_stores
from domain.rules import Sealed
from projections.all import READ_MODELS
from projections.catch_up import Views
from projections.checkpoints import CHECKPOINT
from tests.support import factories as a
from tests.support.given import OPERATOR, by, recorded
from tests.support.postgres import fresh_database

KEY = bytes(range(32))


@pytest.fixture(scope="session")
def made_home(tmp_path_factory):
    """Made stores with empty views, to be copied."""
    home = tmp_path_factory.mktemp("made") / "home"
    make(Settings(home=home, key=KEY, secret="s" * 40))
    return home


@pytest.fixture(scope="session")
def made_database(postgres_url, tmp_path_factory):
    """The name of a database with made stores and empty views, to be copied."""
    with fresh_database(postgres_url) as url:
        home = tmp_path_factory.mktemp("made-postgres") / "home"
        make(Settings(home=home, database_url=url, key=KEY, secret="s" * 40))
        yield url.rpartition("/")[2]


def make(settings):
    init(settings, make_views=lambda stores: Views(stores).make()).close()


@pytest.fixture(params=["sqlite", "postgres"])
def settings(request, tmp_path):
    home, url = tmp_path / "home", None
    if request.param == "sqlite":
        shutil.copytree(request.getfixturevalue("made_home"), home)
    else:
        new_database = request.getfixturevalue("new_postgres_database")
        url = new_database(request.getfixturevalue("made_database"))
        home.mkdir()
    return Settings(home=home, database_url=url, key=KEY, secret="s" * 40)


@pytest.fixture
def open_again(settings):
    """Opens the made stores, each time as another process would."""
    with contextlib.ExitStack() as stack:

        def opened():
            return stack.enter_context(contextlib.closing(open_stores(settings)))

        yield opened


@pytest.fixture
def stores(open_again):
    return open_again()


@pytest.fixture
def views(stores):
    return Views(stores)


@pytest.fixture
def record(stores):
    """Records histories, or what comes after some versions of them, in one commit."""

    def recorded_in(*histories, after=0):
        facts = [entry for history in histories for entry in history if entry.version > after]
        sent = [Sent(f"{entry.stream}/{entry.version}", b"digest", 1) for entry in facts]
        return stores.recorder.append(facts, sent)

    return recorded_in


@pytest.fixture
def given(record, views):
    """Facts of one practice, after its registration, recorded and taken in by every view."""

    def facts_given(*facts, code=a.CODE):
        record(registered(*facts, code=code))
        assert views.catch_up() == []
        return views

    return facts_given


def registered(*facts, code=a.CODE, name="Larkfield Road Surgery"):
    """The history of a practice: registered, with Q99 responsible and 99A its commissioner, and these facts after."""
    practice = a.practice_registered(code=code, name=Sealed(name))
    return recorded(by(OPERATOR, practice), by(OPERATOR, a.responsibility_assigned()), *facts, code=code)


def dump(views, models=READ_MODELS):
    """Every row of every view as the database gives it, in order."""
    with views.reading() as reading:
        return {
            table.name: [tuple(row) for row in reading.execute(select(table).order_by(*table.primary_key))]
            for model in models
            for table in model.tables
        }


def checkpoints(views):
    with views.reading() as reading:
        rows = reading.execute(select(CHECKPOINT.c.view, CHECKPOINT.c.position, CHECKPOINT.c.note))
        return {view: (position, note) for view, position, note in rows}
