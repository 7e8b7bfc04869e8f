"""The same pages on PostgreSQL: somebody is added, chooses a password, signs in, and records."""

from datetime import date, timedelta

from application.accounts import add_account, make_link
from application.casebook import Casebook
from application.init import init
from application.settings import Settings, settings_from
from domain.access.commands import AddPerson
from domain.access.roles import Role
from domain.practice.events import ConversationRecorded
from projections.catch_up import Views
from tests.support import factories as a
from tests.web.conftest import PASSWORD, Clock, tell
from tests.web.person import Person
from web import create_app


def on_postgres(url, home) -> Settings:
    return settings_from({"CASEBOOK_HOME": str(home), "CASEBOOK_DATABASE_URL": url})


def test_somebody_new_signs_in_and_records(postgres_database, tmp_path):
    settings, clock = on_postgres(postgres_database, tmp_path / "home"), Clock()
    stores = init(settings, make_views=lambda stores: Views(stores).make())
    try:
        casebook = Casebook(stores, clock=clock, ids=a.new_id)
        tell(casebook, a.register_practice(opened_on=date(2001, 4, 1)), a.CODE)
        added = AddPerson(
            person_id="person-caseworker",
            name="Amira Khan",
            email="a@example.org",
            role=Role.CASEWORKER,
            organisation=a.HOLDER,
        )
        tell(casebook, added, "person-caseworker")
        add_account(stores, email="a@example.org", person_id="person-caseworker")
        token = make_link(stores, "person-caseworker", at=clock(), lasts=timedelta(days=7))
        app = create_app(casebook, Views(stores), settings)
        Person(app).open(f"/first-password/{token}").form().send(password=PASSWORD, again=PASSWORD)
        person = Person(app)
        landed = person.open("/sign-in").form("Sign in").send(email="a@example.org", password=PASSWORD)
        assert landed.location == "/"
        landed = person.open(f"/practices/{a.CODE}/record-conversation").form().send(said="Said 👩🏽‍⚕️.")
        assert landed.location == f"/practices/{a.CODE}#entry-3"
        assert "Said 👩🏽‍⚕️." in person.follow(landed).text
        assert isinstance(casebook.history(f"practice-{a.CODE}")[2].fact, ConversationRecorded)
        # PostgreSQL takes no text with this character in it.
        for address in ("practices/%00", "practices?caseworker=%00", "cover/%00/arrange-cover"):
            assert person.open(f"/{address}").status == 404
        token_of_form = person.open("/account").form_of_header()
        sent = {"csrf_token": token_of_form, "about": "\0"}
        assert person.post("/drafts/discard", sent).location == "/drafts"
        assert Person(app).open(f"/first-password/{token}").status == 410
    finally:
        stores.close()
