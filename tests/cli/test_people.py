"""People are added from the command line, and choose their password by a link that works once."""

import re
from datetime import UTC, datetime
from hashlib import sha256

import pytest
from sqlalchemy import select

from application.accounts import Account, OneTimeLink
from application.lock_out import LockOut
from application.settings import settings_from
from application.stores import open_stores

ADD = [
    "person",
    "add",
    "Amira.Khan@example.org",
    "--name",
    "Amira Khan",
    "--role",
    "caseworker",
    "--organisation",
    "Q74",
]


@pytest.fixture
def stores(casebook):
    stores = open_stores(settings_from(casebook.environ))
    yield stores
    stores.close()


def token_of(ran):
    found = re.search(r"^http://127\.0\.0\.1:5000/first-password/(\S+)$", ran.out, re.MULTILINE)
    assert found is not None
    return found[1]


def test_the_first_person_gets_a_link_and_no_password(casebook, stores):
    ran = casebook.fine(*ADD)
    token = token_of(ran)
    account = stores.account("amira.khan@example.org")
    assert account.password is None
    with stores.session() as session:
        link = session.scalars(select(OneTimeLink)).one()
    assert link.account_id == account.id
    assert link.token_sha256 == sha256(token.encode()).hexdigest()
    assert link.used_at is None
    assert (link.expires_at - link.made_at).days == 7
    assert token.encode() not in (casebook.home / "record.db").read_bytes()


def test_that_a_person_was_added_with_a_role_is_recorded_by_the_operator(casebook, stores):
    casebook.fine(*ADD)
    person = stores.account("amira.khan@example.org").person_id
    history = stores.recorder.history(person)
    assert [entry.fact.NAME for entry in history] == [
        "access.person-added", "access.role-granted", "access.sign-in-link-made",
    ]  # fmt: skip
    assert {(entry.person, entry.role) for entry in history} == {("operator", "operator")}
    assert history[0].fact.name.words == "Amira Khan"
    assert (history[1].fact.role, history[1].fact.organisation) == ("caseworker", "Q74")
    for name in ("record.db", "record.db-wal"):
        file = casebook.home / name
        assert b"Amira Khan" not in (file.read_bytes() if file.exists() else b"")


def test_an_address_signs_in_once_in_whatever_case(casebook, stores):
    casebook.fine(*ADD)
    ran = casebook("person", "add", "AMIRA.KHAN@EXAMPLE.ORG", *ADD[3:])
    assert (ran.status, ran.out) == (1, "")
    assert "has an account already" in ran.err
    with stores.session() as session:
        assert len(session.scalars(select(Account)).all()) == 1


def test_a_new_link_ends_the_one_before(casebook, stores):
    first = token_of(casebook.fine(*ADD))
    second = token_of(casebook.fine("person", "link", "amira.khan@example.org"))
    with stores.session() as session:
        links = {link.token_sha256: link for link in session.scalars(select(OneTimeLink))}
    old, new = (links[sha256(token.encode()).hexdigest()] for token in (first, second))
    assert old.expires_at == new.made_at
    assert casebook("person", "link", "nobody@example.org").status == 1


@pytest.mark.parametrize(
    ("words", "rule"),
    [
        (["person", "add", "nobody", "--name", "N", "--role", "auditor"], "an-email-address-has-an-at-sign"),
        (
            ["person", "add", "a@example.org", "--name", " ", "--role", "auditor"],
            "what-is-asked-for-is-given",
        ),
        (
            ["person", "add", "a@example.org", "--name", "A", "--role", "lead"],
            "a-role-is-for-an-organisation",
        ),
    ],
)
def test_what_a_rule_refuses_leaves_no_account(casebook, stores, words, rule):
    ran = casebook(*words)
    assert (ran.status, ran.out) == (1, "")
    assert ran.err.startswith(f"{rule}: ")
    with stores.session() as session:
        assert session.scalars(select(Account)).all() == []


def test_an_administrator_adds_people_and_others_do_not(practice):
    words = ["person", "add", "new@example.org", "--name", "New", "--role", "auditor"]
    for role in ("caseworker", "manager", "lead", "auditor"):
        ran = practice(*words, "--as", f"{role}@example.org")
        assert (ran.status, ran.out) == (1, "")
        assert ran.err.startswith("the-role-may-do-this: ")
    assert practice(*words, "--as", "administrator@example.org").status == 0


def test_a_run_killed_before_the_account_was_made_is_simply_run_again(casebook, stores, monkeypatch):
    from web.commands import people

    def killed(*_words, **_told):
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr(people, "add_account", killed)
        assert casebook(*ADD).status == 130
    casebook.fine(*ADD)
    recorded = {entry.stream for entry in stores.recorder.facts_after(0, 100)}
    assert {stream for stream in recorded if not stream.startswith(("indicator-", "framework-"))} == {
        stores.account("amira.khan@example.org").person_id
    }


def test_who_gave_too_many_wrong_passwords_is_let_try_again(casebook, stores):
    casebook.fine(*ADD)
    lock_out = LockOut(stores.record_engine, stores.settings.session_secret())
    assert "was not locked out" in casebook.fine("person", "unlock", "amira.khan@example.org").out
    for _ in range(5):
        tried = lock_out.count("amira.khan@example.org", "", datetime.now(UTC))
    assert tried.until is not None
    assert "can try to sign in again" in casebook.fine("person", "unlock", "Amira.Khan@example.org").out
    assert lock_out.held(datetime.now(UTC)) == []
    assert "Nobody signs in as" in casebook("person", "unlock", "nobody@example.org").err
