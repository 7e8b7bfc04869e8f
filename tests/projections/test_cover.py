"""Whoever covers for a caseworker has that work under their own, marked; and views know who covers for whom."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from domain.rules import Sealed
from projections import looked_after, mywork, people, practice
from tests.projections.conftest import registered
from tests.projections.test_people import added, stream
from tests.support import factories as a
from tests.support.given import CASEWORKER, MANAGER, OTHER_CASEWORKER, by

LATE = a.TODAY - timedelta(days=3)
MINE = by(MANAGER, a.caseworker_named(caseworker=CASEWORKER.person))
THEIRS = by(MANAGER, a.caseworker_named(caseworker=OTHER_CASEWORKER.person))
COVERS = replace(OTHER_CASEWORKER, covers=frozenset({CASEWORKER.person}))


@pytest.fixture
def work(record, views):
    record(
        registered(MINE, a.action_proposed(due_on=LATE), code="X90001"),
        registered(THEIRS, a.action_proposed(due_on=LATE), code="X90002"),
        registered(MINE, a.conversation_recorded(next_contact_on=LATE), code="X90003"),
    )
    assert views.catch_up() == []

    def of(asked):
        with views.reading() as reading:
            return mywork.find(reading, asked, a.TODAY)

    return of


def test_the_work_of_whom_one_covers_for_stands_under_ones_own_and_is_marked(work):
    alone, covering = work(OTHER_CASEWORKER), work(COVERS)
    assert {(one.code, one.covered) for one in alone.late} == {("X90002", None)}
    assert {(one.code, one.covered) for one in covering.late} == {
        ("X90001", CASEWORKER.person),
        ("X90002", None),
        ("X90003", CASEWORKER.person),
    }
    assert alone.practices == covering.practices == 1


def test_whoever_is_away_keeps_their_work_in_sight(work):
    assert {one.code for one in work(CASEWORKER).late} == {"X90001", "X90003"}


def test_what_each_caseworker_looks_after_is_listed_by_code_and_closed_practices_are_not(record, views, work):
    record(registered(MINE, a.practice_closed(closed_on=LATE), code="X90004"))
    assert views.catch_up() == []
    with views.reading() as reading:
        found = looked_after.by_caseworker(reading, MANAGER, a.TODAY)
        elsewhere = looked_after.by_caseworker(reading, replace(MANAGER, organisation="Q88"), a.TODAY)
    assert found == {CASEWORKER.person: ["X90001", "X90003"], OTHER_CASEWORKER.person: ["X90002"]}
    assert elsewhere == {}


def test_a_practice_that_is_handed_over_is_its_new_caseworkers_since_that_day(record, views):
    handed = a.practice_handed_over(caseworker=OTHER_CASEWORKER.person, from_on=date(2026, 11, 16))
    record(registered(MINE, handed, code="X90005"))
    assert views.catch_up() == []
    with views.reading() as reading:
        assert looked_after.by_caseworker(reading, MANAGER, a.TODAY) == {OTHER_CASEWORKER.person: ["X90005"]}
        details = practice.details(reading, "X90005")
    assert details is not None
    assert (details.caseworker, details.caseworker_since) == (OTHER_CASEWORKER.person, date(2026, 11, 16))


def test_who_covers_on_a_day_is_known_by_name(record, views):
    jo = OTHER_CASEWORKER.person
    arranged = a.cover_arranged(
        cover_id="cover-0000aaaa", person_id=jo, absent=CASEWORKER.person, note=Sealed("Ask the deputy.")
    )
    record(stream(jo, added(jo, "Jo Park"), arranged))
    assert views.catch_up() == []
    with views.reading() as reading:
        (row,) = people.covers(reading)
        assert (row.absent, row.note, row.to_on) == (CASEWORKER.person, "Ask the deputy.", date(2026, 12, 4))
        assert people.covering(reading, CASEWORKER.person, a.TODAY) == ["Jo Park"]
        assert people.covering(reading, CASEWORKER.person, date(2026, 12, 5)) == []
        assert people.covering(reading, None, a.TODAY) == []
    record(
        stream(jo, added(jo, "Jo Park"), arranged, a.cover_ended(cover_id="cover-0000aaaa", person_id=jo))[2:]
    )
    assert views.catch_up() == []
    with views.reading() as reading:
        assert people.covering(reading, CASEWORKER.person, a.TODAY) == []
