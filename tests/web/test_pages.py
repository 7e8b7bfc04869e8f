"""What every page is: its headers, its menu, its errors, its escaping, and its static files."""

import re

import pytest
from sqlalchemy.exc import OperationalError

from application.casebook import Casebook
from application.recording import DiskFull
from application.schema import ViewsMissing
from projections.catch_up import Views
from tests.support import factories as a
from tests.web.person import Person

CONVERSATION = f"/practices/{a.CODE}/record-conversation"


def test_nothing_of_a_page_comes_from_elsewhere_and_nothing_of_it_runs(people):
    headers = people.caseworker.open(CONVERSATION).headers
    policy = headers["Content-Security-Policy"]
    assert "default-src 'none'" in policy
    assert "unsafe" not in policy
    assert "script-src" not in policy
    assert "frame-ancestors 'none'" in policy
    assert "form-action 'self'" in policy
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["X-Frame-Options"] == "DENY"
    assert headers["Referrer-Policy"] == "same-origin"
    assert headers["Cache-Control"] == "no-store"
    assert "Strict-Transport-Security" not in headers


@pytest.mark.parametrize(
    "address", ["/practices/X9\0", "/practices?contract_holder=\0", "/?\0=1", "/sign-in?next=\0"]
)
def test_no_page_is_called_by_a_character_that_no_database_takes(people, address):
    assert people.caseworker.open(address.replace("\0", "%00")).status == 404


def test_stylesheets_name_nothing_that_is_elsewhere_or_missing(nobody, app):
    page = nobody.open("/sign-in")
    sheets = [one.get("href") for one in page.all("link", rel="stylesheet")]
    assert len(sheets) == 3
    for sheet in sheets:
        found = nobody.open(sheet)
        assert found.status == 200
        assert "http" not in found.html.replace("http://www.w3.org", "")
        for named in re.findall(r"url\(([^)]+)\)", found.html):
            assert (
                named.startswith("data:") or nobody.open(sheet.rpartition("/")[0] + "/" + named).status == 200
            )


@pytest.mark.parametrize(
    ("who", "menu"),
    [
        ("caseworker", ["My work", "Practices", "Meetings", "Indicators", "Framework"]),
        (
            "auditor",
            [
                "Today",
                "Practices",
                "Insight",
                "Meetings",
                "Indicators",
                "Framework",
                "Records",
                "Access log",
                "People",
            ],
        ),
        ("administrator", ["People"]),
    ],
)
def test_the_menu_has_what_the_person_may_open(people, who, menu):
    page = getattr(people, who).open("/account")
    [found] = page.all("nav", aria_label="Menu")
    assert ["".join(link.itertext()).strip() for link in found.iter("a")] == menu
    for link in found.iter("a"):
        assert getattr(people, who).open(link.get("href")).status in {200, 303}


def test_no_nhs_logo_unless_the_installation_has_a_right_to_it(nobody):
    assert "NHS" not in nobody.open("/sign-in").text


def test_a_name_is_shown_as_the_words_it_is(people, record, casebook, app):
    name = "<script>alert('x')</script> & “Surgery”"
    record("caseworker", a.change_details(name=name))
    page = people.caseworker.open(CONVERSATION)
    assert name in page.heading
    assert "<script>alert" not in page.html


@pytest.mark.parametrize(
    ("address", "status", "heading"),
    [
        ("/no-such-page", 404, "There is no such page"),
        ("/practices/X90001/grant-role", 404, "There is no such page"),
        ("/people/", 403, "This is not yours to see or do"),
        ("/sign-out", 405, "This page cannot be used like that"),
    ],
)
def test_an_error_is_a_page_like_any_other(people, address, status, heading):
    page = people.caseworker.open(address)
    assert (page.status, page.heading) == (status, heading)
    assert "Amira Khan" in page.text


def test_a_wrong_method_says_which_are_right(people):
    assert "POST" in people.caseworker.open("/sign-out").headers["Allow"]


@pytest.mark.parametrize(
    ("who", "offered", "href"),
    [("caseworker", "My work", "/"), ("auditor", "Today", "/"), ("administrator", "People", "/people/")],
)
def test_where_there_is_no_page_one_that_the_role_has_is_offered(people, who, offered, href):
    page = getattr(people, who).open("/no-such-page")
    assert page.status == 404
    assert page.links[f"Go to {offered}"] == href
    assert getattr(people, who).open(href).status == 200


def test_a_page_that_nobody_signed_in_asks_for_is_not_told_of(nobody):
    assert nobody.open("/no-such-page").status == 404


@pytest.mark.parametrize(
    ("problem", "heading"),
    [
        (OperationalError("", {}, Exception("locked")), "Casebook is busy just now"),
        (ViewsMissing(), "The pages are being made"),
    ],
)
def test_a_store_that_does_not_answer_is_said_so(people, monkeypatch, problem, heading):
    def fail(*_args, **_kwargs):
        raise problem

    monkeypatch.setattr(Views, "catch_up", fail)
    page = people.caseworker.open(CONVERSATION)
    assert (page.status, page.heading) == (503, heading)
    assert page.headers["Retry-After"]


def test_a_full_disk_is_said_so_wherever_it_is_met(people, monkeypatch):
    def fail(*_args, **_kwargs):
        raise DiskFull

    monkeypatch.setattr(Views, "catch_up", fail)
    page = people.caseworker.open(CONVERSATION)
    assert (page.status, page.heading) == (507, "Casebook has no room to record anything")
    assert "Nothing was recorded" in page.text
    assert "Tell an administrator" in page.text
    assert "Retry-After" not in page.headers


def test_what_nobody_foresaw_is_a_page_without_a_word_of_it(people, app, monkeypatch, caplog):
    app.config["TESTING"] = False
    monkeypatch.setattr(Casebook, "seen", lambda *_args, **_kwargs: 1 / 0)
    page = people.caseworker.open(CONVERSATION)
    assert (page.status, page.heading) == (500, "Something went wrong")
    assert "ZeroDivision" not in page.html
    assert "unforeseen" in caplog.text


def test_a_form_that_is_far_too_large_is_refused(people):
    csrf = people.caseworker.open("/account").form_of_header()
    page = people.caseworker.post(CONVERSATION, {"csrf_token": csrf, "said": "x" * 600_000})
    assert page.status == 413


def test_health_says_ok_to_anybody(app):
    page = Person(app).open("/health")
    assert (page.status, page.html) == (200, "ok\n")
