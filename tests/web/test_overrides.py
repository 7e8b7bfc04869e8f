"""The page of overrides: each with why it could not wait, and whether a tier still rests on it."""

from datetime import date, timedelta

import pytest

from domain.practice.kinds import Tier
from projections.overrides import OverrideRow
from tests.support import factories as a
from tests.web.test_export_found import file_of
from web.practices.overrides import stands_as

WHY = "The next shared meeting is three weeks away."


def test_where_there_is_none_the_page_says_so(people):
    assert "No override was given" in people.manager.open("/overrides").text
    assert "/overrides" in people.manager.open("/practices").links.values()


def test_an_override_is_told_to_whoever_may_read_its_practice(people, record):
    record("adviser", a.give_override())
    for who in ("manager", "adviser", "lead", "auditor", "caseworker"):
        text = getattr(people, who).open("/overrides").text
        assert "1 override, newest first" in text
        assert "Ines Moor, North Moor area team" in text
        assert WHY in text
        assert "Holds" in text
        assert "until 19 December 2026" in text
    assert "No override was given" in people.stranger.open("/overrides").text
    assert people.administrator.open("/overrides").status == 403


def test_a_decision_that_rests_on_it_is_linked(people, record):
    record("adviser", a.give_override())
    record("caseworker", a.record_conversation())
    record("manager", a.decide_tier(tier=Tier.CAUSE_FOR_CONCERN, inputs=(f"{a.CODE}/4",)))
    page = people.auditor.open("/overrides")
    assert "In use" in page.text
    assert page.links["The decision of 21 November 2026"] == f"/practices/{a.CODE}/decisions/1"


def test_overrides_are_in_a_file(people, record):
    record("adviser", a.give_override(reason="=It cannot wait."))
    _, columns, (row,) = file_of(people.auditor, "/overrides.csv")
    assert columns[:5] == ["Practice", "Code", "Override", "Date", "By"]
    assert row == [
        *(
            "Larkfield Road Surgery",
            a.CODE,
            "Given by the medical or quality lead",
            "2026-11-21",
            "Ines Moor",
        ),
        *("North Moor area team", "'=It cannot wait.", "Holds: for one decision, until 19 December 2026", ""),
    ]
    assert file_of(people.stranger, "/overrides.csv")[2] == []


ON = date(2026, 9, 1)


@pytest.mark.parametrize(
    ("decision", "again", "after", "state"),
    [
        (None, None, 28, "Holds"),
        (None, None, 29, "Ran out"),
        (7, None, 400, "In use"),
        (7, date(2026, 10, 1), 30, "Spent"),
    ],
)
def test_how_an_override_stands(decision, again, after, state):
    one = OverrideRow(
        code=a.CODE,
        practice="A practice",
        version=3,
        kind="given",
        stands_from=ON,
        given_on=ON,
        given_by="person-1",
        given_for=None,
        holds_until=ON + timedelta(days=28),
        decision=decision,
        decision_number=decision and 1,
        decided_on=decision and ON,
        decided_again_on=again,
        reason="Why.",
    )
    assert stands_as(one, ON + timedelta(days=after))[0] == state
