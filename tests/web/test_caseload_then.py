"""The caseload as it was, on its page and in its file, and compared between two days."""

import csv
import io
from datetime import timedelta

import pytest

from domain.rules import operator
from tests.support import factories as a
from tests.web.conftest import NOW, tell
from tests.web.test_reading_pages import words_of

SCREENS = ("caseworker", "lead", "auditor", "stranger")


LATER = NOW + timedelta(days=20)
"""Today, in these tests: what came before has a past."""


def days_ago(days):
    return LATER.date() - timedelta(days=days)


@pytest.fixture
def in_time(clock, record):
    """Has somebody record something some days before today."""
    clock.at = LATER

    def recorded(days, who, command, code=None):
        clock.at = LATER - timedelta(days=days)
        outcome = record(who, command, code)
        clock.at = LATER
        return outcome.recorded[-1]

    return recorded


def shown(page):
    """What the caseload says: its figures, its rows and its filters."""
    assert page.status == 200, page.text
    rows = [words_of(row) for row in page.all("tr")]
    boxes = [words_of(one) for one in page.all("li") if "cb-figures__box" in one.get("class", "")]
    return rows, boxes, [words_of(one) for one in page.all("option")]


def then(path, fact):
    return f"{path}?as-recorded-by={fact.position}"


def test_what_the_caseload_showed_it_shows_of_that_moment_ever_after(clock, record, people):
    showed, at = [], NOW
    for who, command in (
        ("caseworker", a.record_conversation()),
        ("caseworker", a.raise_flag()),
        ("caseworker", a.propose_action(action_id="action-00000001")),
        ("manager", a.decide_tier(inputs=(f"{a.CODE}/3",))),
        ("caseworker", a.raise_flag(indicator="PS01")),
    ):
        fact = record(who, command).recorded[-1]
        showed.append((fact, {one: shown(getattr(people, one).open("/practices")) for one in SCREENS}))
    clock.at = at + timedelta(days=400)
    for fact, screens in showed:
        for who, page in screens.items():
            assert shown(getattr(people, who).open(then("/practices", fact))) == page, (fact, who)


def test_a_practice_that_is_no_longer_theirs_is_not_shown_them_of_the_past(in_time, people, casebook, clock):
    before = in_time(3, "caseworker", a.raise_flag())
    assert "1 practice" in people.lead.open(then("/practices", before)).text
    tell(casebook, a.assign_responsibility(local_commissioner="99B", from_on=LATER.date()), a.CODE)
    assert "No practice" in people.lead.open(then("/practices", before)).text
    assert a.CODE in people.caseworker.open(then("/practices", before)).text


def test_the_file_of_the_caseload_as_it_was_has_the_rows_of_its_page(in_time, people):
    before = in_time(3, "caseworker", a.raise_flag())
    in_time(2, "caseworker", a.raise_flag(indicator="PS01"))
    text = people.caseworker.client.get(then("/practices.csv", before)).get_data(as_text=True)
    [_, _, row] = csv.reader(io.StringIO(text))
    assert "1 alert" in row
    assert sum("alert" in cell for cell in row) == 1


# --- compared between two days --------------------------------------------------------------------------------


def compared(person, days=10, **asked):
    question = "&".join(f"{name}={value}" for name, value in asked.items())
    return person.open(f"/practices/compared?from={days_ago(days)}&{question}")


def rows(page):
    return [words_of(row) for row in page.all("tr")[1:]]


def moved(in_time):
    """A decision, five days before today."""
    in_time(15, "caseworker", a.record_conversation())
    in_time(5, "manager", a.decide_tier(inputs=(f"{a.CODE}/3",), effective_on=days_ago(5)))


def test_a_tier_that_moved_is_told_struck_through_beside_the_new(in_time, people):
    moved(in_time)
    page = compared(people.caseworker)
    [row] = rows(page)
    assert "To more concern" in row
    assert "Was Assurance based" in row
    assert "now Room for improvement" in row
    assert "Assurance based" in [words_of(one).removeprefix("Was ") for one in page.all("del")]
    assert rows(compared(people.caseworker, days=4)) == []
    assert "Nothing changed between the two days" in compared(people.caseworker, days=4).text


def test_practices_that_came_and_went_are_told_with_how(in_time, people, casebook, clock):
    clock.at = LATER - timedelta(days=5)
    for code, command in (
        ("X90002", a.register_practice(code="X90002", name="Alder Lane Surgery")),
        (a.CODE, a.close_practice(closed_on=days_ago(5))),
    ):
        casebook.handle(code, command, operator(clock.at), command_id=a.new_id("command"))
    clock.at = LATER
    page = compared(people.caseworker)
    assert [("Added" in row, "Registered" in row) for row in rows(page) if "Alder Lane" in row] == [
        (True, True)
    ]
    assert ["Closed on 6 December 2026" in row for row in rows(page) if "Larkfield" in row] == [True]
    assert [row[:10] for row in rows(compared(people.caseworker, kind="added"))] == ["Alder Lane"]
    assert rows(compared(people.stranger)) == []


def test_what_was_known_then_and_what_is_known_now_are_two_comparisons(in_time, people):
    late = days_ago(10)
    in_time(10, "caseworker", a.raise_flag(flag_id="flag-0000000a"))
    in_time(1, "caseworker", a.clear_flag(flag_id="flag-0000000a", occurred_on=late))
    asked = {"to": days_ago(5)}
    assert ["1 alert" in row for row in rows(compared(people.caseworker, 12, **asked))] == [True]
    assert rows(compared(people.caseworker, 12, known="now", **asked)) == []


def test_the_file_has_the_rows_of_the_page(in_time, people):
    moved(in_time)
    address = f"/practices/compared.csv?from={days_ago(10)}"
    [_, heads, row] = csv.reader(io.StringIO(people.auditor.client.get(address).get_data(as_text=True)))
    assert dict(zip(heads, row, strict=True))["Tier before"] == "Assurance based"
    assert dict(zip(heads, row, strict=True))["Tier after"] == "Room for improvement"


@pytest.mark.parametrize(
    ("days", "said"),
    [
        ("from=2026-13-01", "The first day must be a real date"),
        ("from=2026-11-10&to=2026-11-01", "The last day must be on or after 10 November 2026"),
        ("to=2027-01-01", "The last day must be today or in the past"),
    ],
)
def test_days_that_cannot_be_compared_are_named_and_kept(people, days, said):
    page = people.caseworker.open(f"/practices/compared?{days}")
    assert page.status == 400
    assert page.text.count(said) == 2
    name, _, typed = days.split("&")[-1].partition("=")
    assert page.by_id(name).get("value") == typed


def test_two_days_are_compared_for_one_caseworker_and_the_caseloads_filters_are_kept(in_time, people):
    moved(in_time)
    in_time(3, "manager", a.name_caseworker(caseworker="person-caseworker"))
    mine = compared(people.caseworker, caseworker="person-caseworker")
    assert ["Its caseworker changed" in row for row in rows(mine)] == [True]
    assert rows(compared(people.caseworker, days=2, caseworker="none")) == []
    listed = people.caseworker.open("/practices?caseworker=person-caseworker&words=lark")
    assert listed.links["Compare two days"] == "/practices/compared?caseworker=person-caseworker"
    assert "caseworker=person-caseworker" in mine.links["The last year"]


def test_a_day_before_the_record_begins_says_so(people):
    said = "The record begins on "
    assert said in people.caseworker.open("/practices/compared?from=2014-01-01").text
    assert said not in people.caseworker.open("/practices/compared?from=2014-01-01&known=now").text
