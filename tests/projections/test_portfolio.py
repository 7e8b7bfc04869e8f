"""The timeline of many practices: which acts, in which order, from any place on, and how many in each week."""

from datetime import date, timedelta

import pytest

from domain.access.permissions import Scope
from domain.practice.kinds import Visibility
from projections import portfolio
from projections.portfolio import Among, Filters, Place
from tests.projections.conftest import registered
from tests.support import factories as a
from tests.support.given import CASEWORKER, LEAD, MANAGER, by
from tests.support.readers import COMMISSIONER, EVERYBODY, HOLDER

OTHER, THIRD = "X90002", "X90003"
CODES = frozenset({a.CODE, OTHER, THIRD})
SOME, ALL = Among(codes=CODES), Among()


def talk(on, visibility=Visibility.BOTH):
    return a.conversation_recorded(occurred_on=on, visibility=visibility)


@pytest.fixture
def told(record, views):
    def of(facts):
        record(*(registered(*each, code=code) for code, each in facts.items()))
        assert views.catch_up() == []
        return views

    return of


@pytest.fixture
def pages(views):
    """Every place, page after page: going back in time, and then forward again from the last page."""

    def of(which=SOME, reader=EVERYBODY, filters=Filters(), size=4):  # noqa: B008
        with views.reading() as reading:
            page = portfolio.older(reading, which, reader, filters, a.TODAY, page_size=size)
            back = [page.places]
            assert not page.newer
            while page.older:
                last = page.places[-1]
                page = portfolio.older(reading, which, reader, filters, a.TODAY, last, size)
                assert page.newer
                back.append(page.places)
            forward = [back[-1]]
            while len(forward) < len(back):
                first = forward[-1][0]
                forward.append(portfolio.newer(reading, which, reader, filters, a.TODAY, first, size).places)
            assert forward[::-1] == back
            return [place for each in back for place in each]

    return of


@pytest.fixture
def many(monkeypatch):
    """The plan for very many practices, of three."""
    monkeypatch.setattr(portfolio, "MANY", 2)


WHOLE = {
    a.CODE: [talk(date(2026, 11, day)) for day in (2, 2, 9, 1)],
    OTHER: [talk(date(2026, 11, 9)), talk(date(2024, 3, 1)), a.flag_raised(occurred_on=date(2026, 10, 30))],
    THIRD: [talk(date(2020, 1, 2))],
}
"""Of several practices: acts of one day, of later versions with earlier days, and far from all others."""


def test_pages_have_every_act_of_every_practice_once_the_newest_first_by_each_plan(
    told, pages, many, monkeypatch
):
    told(WHOLE)
    found = pages(ALL)
    assert len(found) == len(set(found)) == 8 + 3 * 2
    assert found == sorted(found, reverse=True)
    assert [(one.on, one.code, one.act) for one in found[:3]] == [
        (date(2026, 11, 9), OTHER, 3),
        (date(2026, 11, 9), a.CODE, 5),
        (date(2026, 11, 2), a.CODE, 4),
    ]
    of_many, first = pages(SOME), SOME.plan
    monkeypatch.setattr(portfolio, "MANY", 500)
    of_some, then = pages(SOME), SOME.plan
    assert (first, then) == ("many", "some")
    assert of_many == of_some == found
    assert pages(Among(recused=frozenset({OTHER}))) == [one for one in found if one.code != OTHER]


def test_any_day_is_reached_directly(told, views):
    told(WHOLE)
    with views.reading() as reading:
        begin = Place(date(2026, 11, 2), "", 0)
        found = portfolio.older(reading, SOME, EVERYBODY, Filters(), a.TODAY, begin)
        assert found.places[0] == Place(date(2026, 11, 1), a.CODE, 6)
        assert (found.newer, found.older) == (True, False)


def test_acts_are_found_by_kind_person_organisation_and_day(told, pages):
    told(
        {
            a.CODE: [by(LEAD, talk(date(2026, 11, 3))), by(MANAGER, talk(date(2026, 11, 4)))],
            OTHER: [by(CASEWORKER, a.flag_raised(occurred_on=date(2026, 11, 5)))],
        }
    )

    def found(**filters):
        return [(one.code, one.act) for one in pages(filters=Filters(**filters))]

    assert found(facets=("conversation",)) == [(a.CODE, 4), (a.CODE, 3)]
    assert found(person=MANAGER.person) == [(a.CODE, 4)]
    assert found(organisation=a.COMMISSIONER) == [(a.CODE, 3)]
    assert found(organisation=a.HOLDER, facets=("flag",)) == [(OTHER, 3)]
    assert found(since=date(2026, 11, 4), until=date(2026, 11, 4)) == [(a.CODE, 4)]
    assert found(person=MANAGER.person, facets=("flag",)) == []


def test_what_is_internal_is_not_there_and_who_recorded_what_is_restricted_is_not_told(told, views, pages):
    internal, restricted = Visibility.INTERNAL, Visibility.RESTRICTED
    told({a.CODE: [talk(date(2026, 11, 3), internal), talk(date(2026, 11, 4), restricted)]})
    since = Filters(since=date(2026, 11, 1))
    theirs = Filters(since=date(2026, 11, 1), person=CASEWORKER.person)
    assert [one.act for one in pages(reader=HOLDER, filters=since)] == [4, 3]
    assert [one.act for one in pages(reader=HOLDER, filters=theirs)] == [4, 3]
    assert [one.act for one in pages(reader=COMMISSIONER, filters=since)] == [4]
    assert pages(reader=COMMISSIONER, filters=theirs) == []
    first, last = date(2026, 11, 2), date(2026, 11, 8)
    with views.reading() as reading:
        for reader, acts, people in ((HOLDER, 2, {CASEWORKER.person}), (COMMISSIONER, 1, set())):
            assert portfolio.weeks(reading, SOME, reader, Filters(), first, last) == {first: acts}
            assert portfolio.people(reading, SOME, reader, Filters(), first, last) == people
        places = portfolio.older(reading, SOME, EVERYBODY, since, a.TODAY).places
        told_to_lead = portfolio.entries(reading, COMMISSIONER, places)
        assert {place.act: versions for place, versions in told_to_lead.items()} == {4: [4], 3: []}


def test_weeks_count_acts_and_begin_on_mondays(told, views):
    told({a.CODE: [talk(date(2026, 11, 8)), talk(date(2026, 11, 9))], OTHER: [talk(date(2026, 11, 9))]})
    with views.reading() as reading:
        given = (reading, SOME, EVERYBODY, Filters(), date(2026, 11, 2), date(2026, 11, 15))
        assert portfolio.weeks(*given) == {date(2026, 11, 2): 1, date(2026, 11, 9): 2}


def test_practices_are_those_in_scope_and_of_one_organisation_where_it_is_asked_for(told, views, monkeypatch):
    told(WHOLE)
    mine, theirs = Scope(contract_holders=frozenset({a.HOLDER})), Scope(contract_holders=frozenset({"Q88"}))
    with views.reading() as reading:
        assert portfolio.among_practices(reading, mine, a.TODAY).codes == CODES
        assert portfolio.among_practices(reading, theirs, a.TODAY).codes == frozenset()
        everything = Scope(everything=True, recused=frozenset({OTHER}))
        assert portfolio.among_practices(reading, everything, a.TODAY).codes == CODES - {OTHER}
        of = portfolio.among_practices(reading, everything, a.TODAY, {a.COMMISSIONER})
        assert of.codes == CODES - {OTHER}
        assert portfolio.among_practices(reading, mine, a.TODAY, {"Q88"}).codes == frozenset()
        monkeypatch.setattr(portfolio, "MANY", 1)
        assert portfolio.among_practices(reading, everything, a.TODAY) == Among(recused=frozenset({OTHER}))


def test_a_filter_that_little_passes_finds_what_lies_years_back(told, pages):
    told({a.CODE: [talk(a.TODAY - timedelta(days=days)) for days in (1, 40, 200, 1_000, 3_000)]})
    assert len(pages(filters=Filters(facets=("conversation",)), size=2)) == 5
