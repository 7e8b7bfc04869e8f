"""An installation with one practice and one person of each role, made once and copied for each test."""

import shutil
from datetime import UTC, date, datetime
from types import SimpleNamespace

import pytest
from flask_security.utils import hash_password
from jinja2 import FileSystemBytecodeCache
from werkzeug.datastructures import ImmutableDict
from werkzeug.routing import Rule

from application.accounts import Account
from application.casebook import Casebook
from application.first_rules import record_first_rules
from application.init import init
from application.key_set import record_key_set
from application.settings import Settings
from application.stores import open_stores
from domain.access.commands import AddPerson, NameOrganisation
from domain.access.roles import Role
from domain.practice.commands import DecideTier, RegisterPractice
from domain.practice.visible import Withheld
from domain.reading import OpenEntries
from domain.rules import operator
from projections.catch_up import Views
from tests.support import factories as a
from tests.web.person import Person
from web import create_app
from web.templating import Pages

NOW = datetime(2026, 11, 21, 10, 0, tzinfo=UTC)
PASSWORD = "three blue paper boats"

PEOPLE = {
    "caseworker": ("person-caseworker", "Amira Khan", Role.CASEWORKER, a.HOLDER),
    "colleague": ("person-colleague", "Jo Park", Role.CASEWORKER, a.HOLDER),
    "manager": ("person-manager01", "Martin Lee", Role.MANAGER, a.HOLDER),
    "other_manager": ("person-manager02", "Helen Ford", Role.MANAGER, a.HOLDER),
    "adviser": ("person-adviser1", "Ines Moor", Role.ADVISER, a.HOLDER),
    "lead": ("person-lead0001", "Priya Shah", Role.LEAD, a.COMMISSIONER),
    "auditor": ("person-auditor1", "Ruth Bell", Role.AUDITOR, None),
    "administrator": ("person-admin001", "Sam Okoro", Role.ADMINISTRATOR, None),
    "stranger": ("person-stranger", "Una Strand", Role.CASEWORKER, "Q88"),
}


class Clock:
    def __init__(self) -> None:
        self.at = NOW

    def __call__(self):
        return self.at


@pytest.fixture(scope="session", autouse=True)
def templates_compiled_once(shared):
    """Compiling the templates anew for each test's application was two thirds of the time of these tests."""
    folder = shared / "templates"
    folder.mkdir(exist_ok=True)
    Pages.jinja_options["bytecode_cache"] = FileSystemBytecodeCache(str(folder))


@pytest.fixture(scope="session", autouse=True)
def addresses_compiled_once():
    """Werkzeug writes code for each address of an application: for each test's anew, it was most of making one."""
    written = {}
    write = Rule._compile_builder

    def once(rule, append_unknown=True):
        if rule.defaults:
            return write(rule, append_unknown)
        key = (rule.rule, *rule._trace, append_unknown)
        if key not in written:
            written[key] = write(rule, append_unknown)
        return written[key]

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Rule, "_compile_builder", once)
        yield


@pytest.fixture(scope="session", autouse=True)
def passwords_cost_little():
    """Argon2 as it is, at the least that it may cost: what tests see of it is that it is asked, not for how long."""
    least = {"argon2__time_cost": 1, "argon2__memory_cost": 8, "argon2__parallelism": 1}
    costs = {"SECURITY_PASSWORD_HASH_PASSLIB_OPTIONS": least}
    Pages.default_config = ImmutableDict({**Pages.default_config, **costs})


@pytest.fixture(scope="session")
def made_once(tmp_path_factory):
    home = tmp_path_factory.mktemp("made") / "home"
    stores = init(Settings(home=home), make_views=lambda stores: Views(stores).make())
    casebook = Casebook(stores, clock=Clock(), ids=a.new_id)
    tell(casebook, a.register_practice(code=a.CODE, opened_on=date(2001, 4, 1), list_size=8412), a.CODE)
    for code, name, kind, label, part_of in (
        ("Y99", "Northern Fells region", "region", "region", None),
        (a.HOLDER, "North Moor area team", "area_team", "area team", "Y99"),
        ("Q88", "South Moor area team", "area_team", "area team", "Y88"),
        (a.COMMISSIONER, "Larkdale CCG", "ccg", "CCG", a.HOLDER),
    ):
        named = NameOrganisation(
            code=code, name=name, kind=kind, label=label, part_of=part_of, from_on=date(2013, 4, 1)
        )
        tell(casebook, named, code)
    app = create_app(casebook, Views(stores), stores.settings)
    with app.app_context(), stores.session() as session:
        hashed = hash_password(PASSWORD)
        for who, (person_id, name, role, organisation) in PEOPLE.items():
            email = f"{who}@example.org"
            added = AddPerson(
                person_id=person_id, name=name, email=email, role=role, organisation=organisation
            )
            tell(casebook, added, person_id)
            session.add(
                Account(email=email, password=hashed, fs_uniquifier=f"uniquifier-{who}", person_id=person_id)
            )
        session.commit()
    record_key_set(casebook)
    record_first_rules(casebook)
    Views(stores).catch_up()
    stores.close()
    return home


def tell(casebook, command, code):
    return casebook.handle(code, command, operator(NOW), command_id=a.new_id("command"))


def opens_all(casebook, code, asked):
    """Somebody is shown everything of a practice, as on its page: whoever signs a decision has opened what it cites."""
    shown = casebook.seen(code, asked).history
    versions = tuple(entry.version for entry in shown if not isinstance(entry.fact, Withheld))
    command = OpenEntries(code=code, versions=versions)
    return casebook.handle(code, command, asked, command_id=a.new_id("command"))


@pytest.fixture
def settings(made_once, tmp_path):
    home = tmp_path / "home"
    shutil.copytree(made_once, home)
    return Settings(home=home)


@pytest.fixture
def stores(settings):
    stores = open_stores(settings)
    yield stores
    stores.close()


@pytest.fixture
def clock():
    return Clock()


@pytest.fixture
def casebook(stores, clock):
    return Casebook(stores, clock=clock, ids=a.new_id, patience=0.5)


@pytest.fixture
def app(casebook, stores, settings):
    app = create_app(casebook, Views(stores), settings)
    app.config["TESTING"] = True
    return app


@pytest.fixture
def nobody(app):
    return Person(app)


@pytest.fixture
def sign_in(app):
    """Somebody who is signed in, without the wait that a password is meant to cost."""

    def signed_in(who):
        person = Person(app, who)
        with person.client.session_transaction() as session:
            session["_user_id"] = f"uniquifier-{who}"
            session["_fresh"] = True
        return person

    return signed_in


@pytest.fixture
def people(sign_in):
    """Everybody, signed in when first asked for: `people.caseworker`."""

    class Everybody(SimpleNamespace):
        def __getattr__(self, who):
            person = sign_in(who)
            setattr(self, who, person)
            return person

    return Everybody()


@pytest.fixture
def asked(casebook):
    return lambda who: casebook.asked_as(PEOPLE[who][0])


@pytest.fixture
def record(casebook, asked):
    """Have somebody record something, not over HTTP: `record("caseworker", a.raise_flag())`."""

    def recorded(who, command, code=None):
        code = code or (command.code if isinstance(command, RegisterPractice) else a.CODE)
        if isinstance(command, DecideTier):
            opens_all(casebook, code, asked(who))
        return casebook.handle(code, command, asked(who), command_id=a.new_id("command"))

    return recorded


@pytest.fixture
def history(casebook):
    """The facts of the practice that follow its registration."""
    return lambda: [entry.fact for entry in casebook.history(f"practice-{a.CODE}")[2:]]
