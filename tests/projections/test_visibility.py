"""What views give each organisation of what one of them keeps to itself. Given facts, then rows."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from domain.access.permissions import scope_of
from domain.practice.events import CaseworkerNamed
from domain.practice.kinds import Channel, Visibility
from projections import caseload_found, intelligence, mywork, practice, timeline
from projections.readers import reader
from tests.support import factories as a
from tests.support.given import AUDITOR, CASEWORKER, LEAD, MANAGER, OTHER_MANAGER, by
from tests.support.readers import COMMISSIONER, EVERYBODY, HOLDER

INTERNAL, RESTRICTED, BOTH = Visibility.INTERNAL, Visibility.RESTRICTED, Visibility.BOTH
DAY = timedelta(days=1)
MINE = CaseworkerNamed(
    caseworker=CASEWORKER.person, before=None, from_on=a.TODAY, note=None, occurred_on=date(2026, 1, 5)
)
OF_HOLDER = a.HOLDER


def talk(on=3, visibility=BOTH, next_contact_on=None):
    return a.conversation_recorded(
        occurred_on=date(2026, 11, on),
        visibility=visibility,
        next_contact_on=next_contact_on,
        channel=Channel.VISIT,
    )


@pytest.fixture
def told(given):
    def of(by, *facts):
        views = given(*facts)
        with views.reading() as reading:
            found = timeline.find(reading, a.CODE, by)
            listed = [entry.version for act in found.acts for entry in act.entries]
            return sorted(listed)[2:], found.facets, found.organisations

    return of


@pytest.fixture
def work(views):
    def of(asked, today=a.TODAY):
        with views.reading() as reading:
            found = mywork.find(reading, asked, today)
            return [
                (item.what, item.version, item.due_on) for item in (*found.late, *found.week, *found.waiting)
            ]

    return of


@pytest.mark.parametrize(
    ("by", "versions", "facets"),
    [
        (HOLDER, [3, 4, 5], {"conversation": 1, "intelligence": 1, "flag": 1, "details": 2}),
        (EVERYBODY, [3, 4, 5], {"conversation": 1, "intelligence": 1, "flag": 1, "details": 2}),
        (COMMISSIONER, [4, 5], {"withheld": 1, "flag": 1, "details": 2}),
    ],
)
def test_what_is_internal_is_not_in_the_timeline_and_what_is_restricted_has_no_kind(
    told, by, versions, facets
):
    seen = told(
        by, talk(visibility=INTERNAL), a.intelligence_recorded(visibility=RESTRICTED), a.flag_raised()
    )
    assert (seen[0], seen[1]) == (versions, facets)


def test_what_is_withheld_is_among_what_was_said_and_is_not_found_by_its_own_kind(given):
    views = given(talk(visibility=RESTRICTED))
    with views.reading() as reading:
        for by_whom, facets, found in (
            (HOLDER, ("conversation",), 1), (COMMISSIONER, ("conversation",), 0), (COMMISSIONER, ("withheld",), 1),
        ):  # fmt: skip
            wanted = timeline.Filters(facets=facets)
            assert timeline.find(reading, a.CODE, by_whom, wanted).total == found


def test_the_band_and_the_lists_have_what_a_reader_reads(given):
    views = given(
        talk(visibility=RESTRICTED), talk(visibility=INTERNAL), a.intelligence_recorded(visibility=RESTRICTED)
    )
    with views.reading() as reading:
        for by_whom, talks, heard in ((HOLDER, [3, 4], 1), (COMMISSIONER, [], 0), (EVERYBODY, [3, 4], 1)):
            assert [one.version for one in practice.talks(reading, a.CODE, by_whom)] == talks
            assert len(intelligence.of_practice(reading, a.CODE, by_whom)) == heard


def test_the_caseload_says_of_a_practice_what_both_organisations_know(given):
    views = given(
        talk(3), talk(10, INTERNAL), talk(12, RESTRICTED), a.intelligence_recorded(visibility=INTERNAL)
    )
    with views.reading() as reading:
        for asked in (CASEWORKER, MANAGER, LEAD, AUDITOR):
            [row] = caseload_found.find(reading, scope_of(asked), a.TODAY).rows
            assert (row.last_contact_on, row.unverified, row.facts) == (date(2026, 11, 3), 0, 6)


# --- work -----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("visibility", [INTERNAL, RESTRICTED])
def test_what_an_organisation_promised_among_itself_is_due_for_it_alone(given, work, visibility):
    given(
        MINE, talk(3, next_contact_on=a.TODAY + 2 * DAY), talk(10, visibility, next_contact_on=a.TODAY + DAY)
    )
    assert work(CASEWORKER) == [("contact_due", 5, a.TODAY + DAY)]
    of_other_side = replace(CASEWORKER, organisation="Q88")
    assert work(of_other_side) == []


def test_a_later_conversation_that_promised_nothing_ends_the_promise(given, work):
    given(MINE, talk(3, next_contact_on=a.TODAY + DAY), talk(10, INTERNAL))
    assert work(CASEWORKER) == []


def test_a_later_conversation_of_both_goes_before_an_internal_one(given, work):
    given(MINE, talk(3, INTERNAL, next_contact_on=a.TODAY), talk(10, next_contact_on=a.TODAY + DAY))
    assert work(CASEWORKER) == [("contact_due", 5, a.TODAY + DAY)]


def test_what_the_other_side_promised_among_itself_is_not_due_for_us(given, work):
    given(MINE, talk(3, next_contact_on=a.TODAY + DAY), by(LEAD, talk(10, INTERNAL, next_contact_on=a.TODAY)))
    assert work(CASEWORKER) == [("contact_due", 4, a.TODAY + DAY)]


def test_a_successor_has_what_those_before_it_promised(given, work):
    given(MINE, talk(3, INTERNAL, next_contact_on=a.TODAY), talk(4, INTERNAL, next_contact_on=a.TODAY + DAY))
    successor = replace(CASEWORKER, organisation="QNE", predecessors=frozenset({OF_HOLDER}))
    assert work(successor) == [("contact_due", 5, a.TODAY + DAY)]


ASKED = by(LEAD, a.access_requested(access_id="access-00000001", version=3, occurred_on=date(2026, 11, 20)))
TAKEN = by(
    LEAD, a.emergency_access_taken(access_id="access-00000002", version=3, review_by=date(2026, 11, 24))
)


def test_a_request_waits_for_the_organisation_whose_entry_it_is(given, work):
    given(talk(visibility=RESTRICTED), ASKED)
    assert work(MANAGER) == [("access_to_answer", 4, None)]
    for asked in (CASEWORKER, LEAD, replace(MANAGER, organisation="Q88")):
        assert work(asked) == []


@pytest.mark.parametrize(
    "answer",
    [
        by(MANAGER, a.access_granted(access_id="access-00000001", version=3, person=LEAD.person)),
        by(MANAGER, a.access_declined(access_id="access-00000001", version=3, person=LEAD.person)),
        a.visibility_changed(version=3, before=RESTRICTED, after=BOTH),
        a.visibility_changed(version=3, before=RESTRICTED, after=INTERNAL),
    ],
)
def test_an_answered_request_and_one_for_what_is_no_more_restricted_wait_no_longer(given, work, answer):
    given(talk(visibility=RESTRICTED), ASKED, answer)
    assert work(MANAGER) == []


def test_an_emergency_access_is_reviewed_by_its_day_by_a_manager_who_did_not_take_it(given, work):
    given(talk(visibility=RESTRICTED), TAKEN, by(MANAGER, a.emergency_access_taken(version=3)))
    due = date(2026, 11, 24)
    assert work(OTHER_MANAGER) == [("emergency_to_review", 4, due), ("emergency_to_review", 5, due)]
    assert work(MANAGER) == [("emergency_to_review", 4, due)]
    assert work(LEAD) == work(CASEWORKER) == []


def test_an_emergency_access_that_nobody_reviewed_is_late_and_a_reviewed_one_is_gone(given, work, views):
    reviewed = a.emergency_access_reviewed(access_id="access-00000003", version=3, person=LEAD.person)
    given(
        talk(visibility=RESTRICTED),
        TAKEN,
        by(LEAD, a.emergency_access_taken(access_id="access-00000003", version=3)),
        by(OTHER_MANAGER, reviewed),
    )
    with views.reading() as reading:
        late = mywork.find(reading, MANAGER, date(2026, 11, 25)).late
    assert [(item.what, item.version, item.days) for item in late] == [("emergency_to_review", 4, -1)]


def test_an_emergency_access_to_what_became_internal_is_not_told_to_the_other_side(given, work):
    given(
        by(LEAD, talk(visibility=RESTRICTED)),
        a.emergency_access_taken(version=3),
        by(LEAD, a.visibility_changed(version=3, before=RESTRICTED, after=INTERNAL)),
    )
    assert work(MANAGER) == []
    assert reader(MANAGER) == HOLDER


def test_what_waits_of_a_closed_practice_waits_still(given, work):
    given(talk(visibility=RESTRICTED), ASKED, TAKEN, a.practice_closed())
    assert {what for what, _, _ in work(MANAGER)} == {"access_to_answer", "emergency_to_review"}
