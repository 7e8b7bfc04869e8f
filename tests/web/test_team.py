"""My team, as a manager and a lead see it."""

from datetime import timedelta

import pytest

from tests.support import factories as a
from tests.web.conftest import PEOPLE

ISSUE = "Answer the telephone"


@pytest.fixture
def late(record, clock):
    record("caseworker", a.name_caseworker(caseworker=PEOPLE["caseworker"][0]))
    record("caseworker", a.propose_action(issue=ISSUE, due_on=a.TODAY + timedelta(days=2)))
    clock.at += timedelta(days=5)


@pytest.mark.parametrize("who", ["manager", "lead"])
def test_what_is_late_is_there_by_caseworker_with_what_has_been_late_longest(people, late, who):
    person = getattr(people, who)
    page = person.open(person.open("/").links["My team"])
    assert page.status == 200
    assert "1 practice, 1 thing late" in page.text
    assert page.links[ISSUE] == f"/practices/{a.CODE}/entries/4"
    assert "Due 23 November 2026, 3 days ago" in page.text
    found = person.open(page.links["Amira Khan"])
    assert "1 practice that matches" in found.text
    assert "1 practice that matches" in person.open(page.links["1"]).text


def test_the_file_has_the_pages_rows(people, late):
    page = people.manager.open("/my-team.csv")
    first, columns, line = page.html.lstrip("\ufeff").strip().split("\r\n")
    assert first.startswith('"My team as at ')
    assert columns.startswith("Caseworker,Practices,Cause for concern")
    assert line == f"Amira Khan,1,0,0,1,1,1,0,0,0,{ISSUE},Larkfield Road Surgery,{a.CODE},2026-11-23"


def test_a_practice_without_a_caseworker_is_nobodys(people):
    page = people.manager.open("/my-team")
    assert "No caseworker" in page.text
    assert "1 practice that matches" in people.manager.open(page.links["No caseworker"]).text


@pytest.mark.parametrize("who", ["caseworker", "adviser", "auditor", "administrator"])
def test_nobody_else_sees_a_team(people, who):
    person = getattr(people, who)
    assert person.open("/my-team").status == 403
    assert person.open("/my-team.csv").status == 403
    assert "My team" not in person.open("/account").links
