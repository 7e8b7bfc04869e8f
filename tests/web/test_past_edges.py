"""The edges of the past: what is a moment, what links and redirects take along, and that every way in answers the same."""

import re
from datetime import date, timedelta

import pytest

from domain.practice import commands as c
from domain.practice.kinds import Visibility
from domain.practice.moment import Moment
from tests.support import factories as a
from tests.web.conftest import NOW, tell
from tests.web.test_past import PRACTICE, last, then

__all__ = ["last"]

SCREEN = {"as-seen-by": a.COMMISSIONER}
ENTRIES = re.compile(r"Entries in the record Changed First moment: (\d+) Second moment: (\d+)")


@pytest.mark.parametrize(
    "path", [f"/practices/{a.CODE.lower()}", f"{PRACTICE}/replay?step=1", f"{PRACTICE}/replay?on=2026-11-21"]
)
def test_a_redirect_of_the_past_leads_to_the_past(people, last, path):
    location = people.auditor.open(then(path, last(), **SCREEN)).location
    assert f"as-recorded-by={last()}&as-seen-by={a.COMMISSIONER}" in location
    assert people.auditor.open(location).status == 200


def test_what_is_compared_in_the_past_counts_what_there_was(people, record, last):
    moments = []
    for said in ({"said": "first"}, {"said": "second"}):
        record("lead", a.record_conversation(**said))
        moments.append(last())
    record("caseworker", a.record_conversation(said="Hidden", visibility=Visibility.RESTRICTED))
    compared = PRACTICE + "/compared?from={}&to={}".format(*moments)
    today, was = (people.lead.open(one) for one in (compared, then(compared, last())))
    assert ENTRIES.findall(was.text) == ENTRIES.findall(today.text) != []


def test_leave_that_had_not_ended_then_lets_in_to_that_day_whoever_asks_for_it(
    people, record, casebook, clock, last
):
    hidden = a.record_conversation(said="Zanzibar", visibility=Visibility.RESTRICTED)
    version = record("caseworker", hidden).recorded[0].version
    asks = c.RequestAccess(access_id="access-0000aaaa", version=version, reason="Need it.")
    record("lead", asks)
    record(
        "manager", c.GrantAccess(access_id="access-0000aaaa", until_on=date(2026, 11, 25), reason="It is so.")
    )
    position = last()
    clock.at = NOW + timedelta(days=30)
    record("caseworker", c.ChangeVisibility(version=version, visibility=Visibility.BOTH, reason="Because."))
    moment = Moment(position, date(2026, 11, 21))
    seen = casebook.seen_at(a.CODE, casebook.asked_as("person-lead0001"), moment)
    assert "Zanzibar" in people.lead.open(then(PRACTICE, position, "2026-11-21")).text
    assert any(type(one.fact).__name__ == "ConversationRecorded" for one in seen.history)


@pytest.mark.parametrize("path", ["/practices", PRACTICE, "/insight/", f"{PRACTICE}/brief"])
@pytest.mark.parametrize("asked", ["as-recorded-by=0001-01-01T00:00:00Z", "as-happened-on=1899-12-31"])
def test_before_1900_there_is_no_past(people, path, asked):
    page = people.auditor.open(f"{path}?{asked}")
    assert page.status == 400
    [said] = page.errors.values()
    assert "must not be before 1 January 1900" in said


@pytest.mark.parametrize(
    ("path", "said"),
    [
        ("as-happened-on=1900-01-01", ""),
        ("as-recorded-by=9999-12-31T23:59:59-05:00", "with its zone"),
        ("as-happened-on=9999-12-31", "must not be still to come"),
    ],
)
def test_the_ends_of_the_calendar_are_answered_plainly(people, path, said):
    page = people.auditor.open(f"{PRACTICE}?{path}")
    assert (page.status, said in page.text) == (400 if said else 200, True)


def test_a_comparison_begins_in_no_other_century_and_at_no_position_that_there_is_not(people, last):
    for typed, problem in (
        ("0001-01-01T00:00:00Z", "must not be before 1 January 1900"),
        ("1899-12-31", "must not be before 1 January 1900"),
        (f"{last() + 1}", f"must be a position of the record, from 1 to {last()}"),
    ):
        [said] = people.auditor.open(f"{PRACTICE}/compared?from={typed}").errors.values()
        assert problem in said


@pytest.mark.parametrize(
    "path",
    [
        "/timeline?before=0001-01-01.X.0",
        "/timeline?after=9999-12-31.X.0",
        "/access-log?from=0001-01-01&to=9999-12-31",
    ],
)
def test_a_list_from_an_end_of_the_calendar_is_there(people, path):
    assert people.auditor.open(path).status == 200


def test_the_brief_of_the_past_is_there_where_the_page_is(people, casebook, last):
    position = last()
    tell(casebook, a.assign_responsibility(contract_holder="Q88", from_on=date(2026, 11, 21)), a.CODE)
    paths = (then(PRACTICE + path, position, "2026-11-20") for path in ("", "/brief", "/brief.html"))
    assert [people.stranger.open(path).status for path in paths] == [200, 200, 200]


def test_whose_screen_it_is_goes_along_to_pages_of_the_practice_alone(people, last):
    page = people.auditor.open(then(PRACTICE, last(), **SCREEN))
    kept = {path for path in page.links.values() if path and "as-seen-by=" in path}
    assert kept
    assert [path for path in kept if not path.startswith((PRACTICE, "?"))] == []
    assert page.links["Practices"] == f"/practices?as-recorded-by={last()}"
    assert people.auditor.open(page.links["Practices"]).status == 200


def test_a_page_whose_clock_was_mistyped_keeps_its_own_questions(people):
    page = people.auditor.open("/search?words=rota&as-happened-on=soon")
    assert page.links["Go to the page as it is today"] == "/search?words=rota"


@pytest.mark.parametrize(
    ("typed", "problem"),
    [
        ("0001-01-01T00:00:00Z", "must not be before 1 January 1900"),
        ("9999-12-31", "must not be still to come"),
        ("20260503", "must be a position of the record"),
    ],
)
def test_a_clock_is_not_set_where_there_is_no_past(people, typed, problem):
    page = people.auditor.open(f"/as-it-was?page={PRACTICE}&as-recorded-by={typed}")
    assert page.status == 400
    assert problem in page.errors["#as-recorded-by"]
    assert page.by_id("as-recorded-by").get("value") == typed


def test_on_a_day_before_it_was_registered_a_practice_is_said_to_be_registered_later(people):
    says = "This practice was registered later, on "
    assert says in people.auditor.open(f"{PRACTICE}?as-happened-on=1999-01-01").text
    assert says not in people.auditor.open(PRACTICE).text
