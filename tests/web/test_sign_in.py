"""Signing in and out, the first password, a changed one, and what a stranger at the door can learn."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from application.accounts import Account, make_link
from application.tables import access_log
from tests.support import factories as a
from tests.web.conftest import PASSWORD
from tests.web.person import Person


def sign_in(person, who="caseworker", password=PASSWORD, address="/sign-in"):
    return person.open(address).form("Sign in").send(email=f"{who}@example.org", password=password)


def logged(stores):
    with stores.record_engine.connect() as connection:
        return [
            (row.person, row.what, row.name, row.subject, row.rule)
            for row in connection.execute(select(access_log).order_by(access_log.c.id))
        ]


def test_somebody_signs_in_and_out(nobody):
    assert sign_in(nobody).location == "/"
    account = nobody.open("/account")
    assert "Amira Khan" in account.text
    assert "North Moor area team" in account.text
    out = nobody.post("/sign-out", {"csrf_token": account.form_of_header()})
    assert out.location == "/sign-in"
    assert nobody.open("/account").location == "/sign-in?next=/account"


def test_signing_out_ends_the_session_for_whoever_copied_its_cookie(nobody, app):
    sign_in(nobody)
    copied, elsewhere = Person(app), Person(app)
    copied.client.set_cookie("casebook", nobody.client.get_cookie("casebook").value)
    sign_in(elsewhere)
    assert "Amira Khan" in copied.open("/account").text
    account = nobody.open("/account")
    out = nobody.post("/sign-out", {"csrf_token": account.form_of_header()})
    assert "You are signed out, here and wherever else you were signed in" in nobody.follow(out).text
    assert copied.open("/account").location == "/sign-in?next=/account"
    assert elsewhere.open("/account").location == "/sign-in?next=/account"
    assert sign_in(nobody).location == "/"
    assert nobody.open("/account").status == 200


def test_signing_out_of_a_session_that_has_ended_keeps_nothing(people):
    person = people.caseworker
    csrf = person.open("/account").form_of_header()
    person.post("/sign-out", {"csrf_token": csrf})
    page = person.post("/sign-out", {"csrf_token": csrf})
    assert page.heading == "Sign in"
    assert "What you typed is kept" not in page.text


def test_signing_out_needs_the_page_that_offers_it(people):
    assert people.caseworker.post("/sign-out", {}).status == 400
    assert people.caseworker.open("/sign-out").status == 405
    assert people.caseworker.open("/account").status == 200


@pytest.mark.parametrize(
    ("email", "password"),
    [("caseworker@example.org", "wrong wrong wrong"), ("nobody@example.org", PASSWORD), ("", ""), ("a\0b", "x" * 5000),
     ("caseworker@example.org", PASSWORD + "\0"), ("'; drop table account --", PASSWORD)],
)  # fmt: skip
def test_a_wrong_address_and_a_wrong_password_are_told_alike(nobody, email, password):
    page = nobody.open("/sign-in").form("Sign in").send(email=email, password=password)
    assert page.status == 422
    assert page.errors == {"#email": "Enter the e-mail address and password of your account"}
    assert "password" not in {
        name for name, value in page.form().fields.items() if value == password and value
    }
    assert nobody.open("/account").location is not None


def test_a_wrong_address_costs_as_much_work_as_a_wrong_password(nobody, monkeypatch):
    from web.account import routes

    worked = []

    def verify(password, account):
        worked.append("verified")
        return False

    monkeypatch.setattr(routes, "hash_password", lambda password: worked.append("hashed"))
    monkeypatch.setattr(routes, "verify", verify)
    sign_in(nobody, "nobody")
    sign_in(nobody, "caseworker", "wrong wrong wrong")
    assert worked == ["hashed", "verified"]


@pytest.mark.parametrize(
    ("length", "work"), [(200, ["hashed", "verified"]), (201, []), (300, []), (5000, [])]
)
def test_a_long_password_tells_no_more_of_an_address_than_a_short_one(nobody, monkeypatch, length, work):
    from web.account import routes

    worked = []
    monkeypatch.setattr(routes, "hash_password", lambda password: worked.append("hashed"))
    monkeypatch.setattr(routes, "verify", lambda password, account: worked.append("verified"))
    answers = [sign_in(nobody, who, "x" * length) for who in ("nobody", "caseworker")]
    assert worked == work
    assert [answer.status for answer in answers] == [422, 422]
    assert answers[0].errors == answers[1].errors


def test_the_case_of_an_address_does_not_matter(nobody):
    page = nobody.open("/sign-in").form("Sign in").send(email=" Caseworker@Example.ORG ", password=PASSWORD)
    assert page.location == "/"


def test_an_account_without_a_password_or_not_active_signs_in_nobody(nobody, stores):
    with stores.session() as session:
        session.scalar(select(Account).where(Account.email == "lead@example.org")).password = None
        session.scalar(select(Account).where(Account.email == "manager@example.org")).active = False
        session.commit()
    assert sign_in(nobody, "lead", "").status == 422
    assert sign_in(nobody, "manager").status == 422


def test_an_account_that_is_ended_ends_its_sessions(people, stores):
    assert people.manager.open("/account").status == 200
    with stores.session() as session:
        session.scalar(select(Account).where(Account.email == "manager@example.org")).active = False
        session.commit()
    assert people.manager.open("/account").location == "/sign-in?next=/account"


def test_somebody_is_taken_where_they_wanted_to_go(nobody):
    wanted = nobody.open(f"/practices/{a.CODE}/raise-flag?indicator=PE03")
    assert wanted.status == 303
    assert (
        sign_in(nobody, address=wanted.location).location == f"/practices/{a.CODE}/raise-flag?indicator=PE03"
    )


@pytest.mark.parametrize(
    "elsewhere",
    ["https://example.com/", "//example.com", "/\\example.com", "\\\\example.com", "javascript:alert(1)", "/\t/example.com",
     "/%0d%0aSet-Cookie:x", "http:example.com", "example.com", "/ok\r\nx"],
)  # fmt: skip
def test_nobody_is_taken_to_another_site(nobody, elsewhere):
    form = nobody.open("/sign-in").form("Sign in")
    page = form.fill(next=elsewhere).send(email="caseworker@example.org", password=PASSWORD)
    assert page.status == 303
    assert page.location == "/" or page.location.startswith("/%0d")


@pytest.mark.parametrize("no_page", ["/sign-out", "/sign-out?x=1", "/%73ign-out", "/sign-out#x", "/nowhere"])
def test_nobody_is_taken_to_what_is_no_page(nobody, no_page):
    form = nobody.open("/sign-in").form("Sign in")
    page = form.fill(next=no_page).send(email="caseworker@example.org", password=PASSWORD)
    assert page.location == "/"
    assert nobody.open(f"/sign-in?next={no_page}").location == "/"


@pytest.mark.parametrize(
    "wanted", ["/account", "/practices?q=a%20b", f"/practices/{a.CODE}/raise-flag", "/people"]
)
def test_somebody_is_taken_to_what_is_a_page(nobody, wanted):
    form = nobody.open("/sign-in").form("Sign in")
    page = form.fill(next=wanted).send(email="caseworker@example.org", password=PASSWORD)
    assert page.location == wanted


def test_a_session_from_before_is_not_the_session_after(nobody):
    nobody.open("/sign-in")
    before = nobody.client.get_cookie("casebook").value
    with nobody.client.session_transaction() as session:
        session["planted"] = "by somebody else"
    sign_in(nobody)
    with nobody.client.session_transaction() as session:
        assert "planted" not in session
    assert nobody.client.get_cookie("casebook").value != before


def test_the_cookie_is_kept_from_scripts_and_other_sites(nobody, app):
    nobody.open("/sign-in").form("Sign in")
    header = (
        nobody.client.post("/sign-in", data={}).headers.get("Set-Cookie")
        or nobody.open("/sign-in").headers["Set-Cookie"]
    )
    assert "HttpOnly" in header
    assert "SameSite=Lax" in header
    assert "Secure" not in header
    app.config["SESSION_COOKIE_SECURE"] = True
    assert "Secure" in Person(app).open("/sign-in").headers["Set-Cookie"]


# --- the first password ---------------------------------------------------------------------------------------


@pytest.fixture
def link(stores, clock):
    token = make_link(stores, "person-colleague", at=clock(), lasts=timedelta(days=7))
    return f"/first-password/{token}"


def test_a_link_sets_a_password_once(nobody, link, stores):
    page = nobody.open(link)
    assert "colleague@example.org" in page.text
    landed = page.form().send(password="a whole new password", again="a whole new password")
    assert landed.location == "/"
    assert "Jo Park" in nobody.open("/account").text
    assert ("person-colleague", "used", "SignInLink", None, None) in logged(stores)
    again = nobody.open(link)
    assert again.status == 410
    assert "no longer works" in again.text


@pytest.mark.parametrize(
    ("password", "again", "where"),
    [("short", "short", "#password"), ("", "", "#password"), ("x" * 201, "x" * 201, "#password"),
     ("long enough password", "another password", "#again")],
)  # fmt: skip
def test_a_password_that_will_not_do_is_said_and_the_link_lives(nobody, link, password, again, where):
    page = nobody.open(link).form().send(password=password, again=again)
    assert page.status == 422
    assert list(page.errors) == [where]
    assert nobody.open(link).status == 200


def test_a_link_lapses(nobody, link, clock):
    clock.at += timedelta(days=7, seconds=1)
    assert nobody.open(link).status == 410


def test_a_link_that_nobody_made_is_over(nobody):
    assert nobody.open("/first-password/guess").status == 410


def test_a_newer_link_ends_the_older(nobody, link, stores, clock):
    make_link(stores, "person-colleague", at=clock(), lasts=timedelta(days=7))
    assert nobody.open(link).status == 410


def test_a_changed_password_ends_the_other_sessions(people, app, stores):
    other = Person(app)
    sign_in(other, "caseworker")
    page = people.caseworker.open("/account/password").form()
    assert page.send(now="wrong", password="a whole new password", again="a whole new password").errors == {
        "#now": "Enter the password you have now"
    }
    changed = page.send(now=PASSWORD, password="a whole new password", again="a whole new password")
    assert changed.location == "/account"
    assert people.caseworker.open("/account").status == 200
    assert other.open("/account").location == "/sign-in?next=/account"
    assert sign_in(Person(app), "caseworker").status == 422
    assert sign_in(Person(app), "caseworker", "a whole new password").location == "/"
    assert ("person-caseworker", "changed", "Password", None, None) in logged(stores)


# --- a demonstration ------------------------------------------------------------------------------------------


@pytest.fixture
def demonstration(stores, settings, casebook):
    from projections.catch_up import Views
    from web import create_app

    stores.set_mark("demonstration", "2026-11-20")
    return create_app(casebook, Views(stores), settings)


def test_a_demonstration_says_so_and_what_day_it_is_there(demonstration):
    page = Person(demonstration).open("/sign-in")
    assert (
        "Demonstration. Everyone and everything here is made up, and today is 20 November 2026." in page.text
    )


@pytest.mark.parametrize(
    ("environ", "taken"),
    [
        ({"REMOTE_ADDR": "127.0.0.1"}, True),
        ({"REMOTE_ADDR": "::1"}, True),
        ({"REMOTE_ADDR": "192.0.2.1"}, False),
        ({"REMOTE_ADDR": "127.0.0.1", "HTTP_X_FORWARDED_FOR": "192.0.2.1"}, False),
        ({"REMOTE_ADDR": "nonsense"}, False),
    ],
)
def test_demonstration_accounts_sign_in_at_the_machine_only(demonstration, environ, taken):
    person = Person(demonstration)
    form = person.open("/sign-in").form("Sign in").fill(email="caseworker@example.org", password=PASSWORD)
    page = person.post("/sign-in", form.fields, environ_overrides=environ)
    assert (page.status == 303) == taken
    if not taken:
        assert "only at the machine" in page.errors["#email"]


def test_a_demonstration_session_is_of_no_use_elsewhere(demonstration):
    person = Person(demonstration)
    sign_in(person)
    assert person.open("/account").status == 200
    assert person.open("/account", environ_overrides={"REMOTE_ADDR": "192.0.2.1"}).status == 403


# --- too many wrong passwords ---------------------------------------------------------------------------------


def fail(app, who="caseworker", times=5, **options):
    for _ in range(times):
        person = Person(app)
        form = person.open("/sign-in").form("Sign in")
        page = person.post(
            "/sign-in", {**form.fields, "email": f"{who}@example.org", "password": "wrong"}, **options
        )
    return page


def test_an_account_waits_after_five_wrong_passwords_whether_it_is_there_or_not(app, stores, clock):
    pages = [fail(app, who) for who in ("caseworker", "nobody-of-this-name")]
    assert {page.status for page in pages} == {429}
    assert [page.errors for page in pages] == [
        {"#email": "There were too many tries. Wait 1 minute and try again, or ask an administrator"}
    ] * 2
    assert sign_in(Person(app)).status == 429
    clock.at += timedelta(minutes=1)
    assert sign_in(Person(app)).location == "/"


def test_while_an_account_waits_no_password_is_looked_at(app, monkeypatch):
    from web.account import routes

    fail(app)
    fail(app, "nobody-of-this-name")
    worked = []
    monkeypatch.setattr(routes, "hash_password", lambda password: worked.append("hashed"))
    monkeypatch.setattr(routes, "verify", lambda password, account: worked.append("verified"))
    pages = [sign_in(Person(app), who) for who in ("caseworker", "nobody-of-this-name")]
    assert worked == []
    assert pages[0].errors == pages[1].errors


def test_wrong_passwords_are_noted_without_what_was_typed(app, stores):
    fail(app)
    fail(app, "stranger-who-typed-this", times=1)
    sign_in(Person(app), "manager")
    wrong = ("refused", "SignIn", "from-127.0.0.1", "the-password-is-the-accounts")
    assert logged(stores) == [
        *[("person-caseworker", *wrong)] * 4,
        ("person-caseworker", "refused", "SignIn", "from-127.0.0.1", "who-tries-too-often-waits"),
        ("nobody", *wrong),
        ("person-manager01", "signed-in", "SignIn", "from-127.0.0.1", None),
    ]


def test_a_network_address_that_tries_many_accounts_waits(app):
    for number in range(30):
        fail(app, f"guess-{number}", times=1, environ_overrides={"REMOTE_ADDR": "203.0.113.9"})
    elsewhere = {"environ_overrides": {"REMOTE_ADDR": "203.0.113.9"}}
    assert fail(app, "another", times=1, **elsewhere).status == 429
    assert sign_in(Person(app)).location == "/"


@pytest.mark.parametrize(
    ("remote", "forwarded", "counted"),
    [
        ("8.8.4.4", None, "8.8.4.4"),
        ("8.8.4.4", "203.0.113.9", "8.8.4.4"),
        ("127.0.0.1", "198.51.100.1, 203.0.113.9", "203.0.113.9"),
        ("10.0.0.2", "203.0.113.9", "203.0.113.9"),
        ("127.0.0.1", "nonsense", ""),
        ("2001:4860::1:2:3:4", None, "2001:4860::/64"),
    ],
)
def test_where_somebody_comes_from_is_told_by_the_nearest_proxy_only(app, remote, forwarded, counted):
    from web.auth import came_from

    headers = {"X-Forwarded-For": forwarded} if forwarded else {}
    with app.test_request_context("/", headers=headers, environ_base={"REMOTE_ADDR": remote}):
        assert came_from() == counted


def test_an_administrator_sees_who_waits_and_lets_them_try(app, people, stores):
    assert "Nobody is locked out." in people.administrator.open("/people/locked-out").text
    fail(app)
    fail(app, "nobody-of-this-name")
    page = people.administrator.open(people.administrator.open("/people/").links["Who is locked out"])
    assert "Amira Khan 5 21 November 2026, 10:01am GMT" in page.text
    assert "An account that nobody has 5" in page.text
    done = people.administrator.follow(
        page.form("Let them try again: Amira Khan").send("Let them try again: Amira Khan")
    )
    assert "Amira Khan can try to sign in again" in done.text
    assert sign_in(Person(app)).location == "/"
    assert ("person-admin001", "cleared", "LockOut", "person-caseworker", None) in logged(stores)
    again = page.form("Let them try again: Amira Khan").send("Let them try again: Amira Khan")
    assert "They wait no longer" in people.administrator.follow(again).text


def test_a_new_password_by_a_link_ends_the_wait(app, nobody, link):
    fail(app, "colleague")
    nobody.open(link).form().send(password="a whole new password", again="a whole new password")
    assert sign_in(Person(app), "colleague", "a whole new password").location == "/"


def test_the_password_one_has_cannot_be_guessed_by_changing_it(people):
    form = people.caseworker.open("/account/password").form()
    answers = {"password": "a whole new password", "again": "a whole new password"}
    for _ in range(5):
        form.send(now="wrong", **answers)
    assert "too many tries" in form.send(now=PASSWORD, **answers).errors["#now"]


def test_a_password_longer_than_any_is_not_the_one_that_somebody_has(people):
    form = people.caseworker.open("/account/password").form()
    page = form.send(now="a" * 5_000, password="a whole new password", again="a whole new password")
    assert (page.status, page.errors) == (422, {"#now": "Enter the password you have now"})


def test_a_person_sees_when_and_from_where_they_signed_in_before(app, clock):
    first, second = Person(app), Person(app)
    sign_in(first)
    assert "Before thatNever: this is the first time" in first.open("/account").text
    sign_in(second)
    assert "from 127.0.0.1 Before that" in second.open("/account").text
    assert "Never:" not in second.open("/account").text


def test_the_cookie_from_before_is_of_no_use_after(nobody, app):
    nobody.open("/sign-in")
    planted = nobody.client.get_cookie("casebook").value
    sign_in(nobody)
    copied = Person(app)
    copied.client.set_cookie("casebook", planted)
    assert copied.open("/account").location == "/sign-in?next=/account"


@pytest.mark.parametrize(
    "elsewhere", ["https://example.com/", "//example.com", "/\\example.com", "/%5cexample.com//"]
)
def test_somebody_signed_in_is_not_sent_elsewhere_either(people, elsewhere):
    page = people.caseworker.client.get("/sign-in", query_string={"next": elsewhere})
    assert page.location == "/"
