"""What the practice's page says of the contract today: the regulator, the declaration, the list, branches, mergers."""

from datetime import date

from domain.practice.kinds import Rating, RegulatoryActionKind
from tests.support import factories as a
from tests.support.given import MANAGER, by, given
from web.practices.beside_contract import lines

ACTION, ONE, BRANCH, MERGER = "regulatory-00aa", "application-00aa", "branch-00aa", "merger-00aa"


def told(*facts, today=a.TODAY):
    return [one.text for one in lines(given(*facts).practice(), today)]


def test_of_nothing_nothing_is_said():
    assert told() == []


def test_the_latest_inspection_is_said_and_what_stands_of_what_the_regulator_did():
    older = a.inspection_reported(rating=Rating.INADEQUATE, inspected_on=date(2025, 1, 7))
    acted = a.regulatory_action_recorded(
        regulatory_id=ACTION, kind=RegulatoryActionKind.WARNING_NOTICE, comply_by=date(2026, 12, 1)
    )
    good = "CQC: Good, inspected 15 September 2026"
    assert told(a.inspection_reported(), older, acted) == [
        good,
        "CQC: warning notice from 1 October 2026, to be met by 1 December 2026",
    ]
    assert told(older, a.inspection_reported(), acted, a.regulatory_action_ended(regulatory_id=ACTION)) == [
        good
    ]


def test_a_declaration_is_due_until_its_last_day_and_overdue_from_the_next_until_it_comes():
    asked = a.declaration_asked_for()
    assert told(asked, today=date(2026, 12, 4)) == ["Declaration 2026-27: due 4 December 2026"]
    late = "Declaration 2026-27: overdue 1 day, due 4 December 2026"
    assert told(asked, today=date(2026, 12, 5)) == [late]
    assert [one.late for one in lines(given(asked).practice(), date(2026, 12, 5))] == [True]
    submitted = a.declaration_submitted()
    assert told(asked, submitted) == ["Declaration 2026-27: submitted 3 November 2026"]


def test_a_list_is_said_to_be_closed_until_the_day_it_opens():
    applied = a.list_closure_applied_for(application_id=ONE)
    approved = by(MANAGER, a.list_closure_approved(application_id=ONE))
    assert told(applied) == ["Closure of the list asked for on 1 October 2026: waits for a decision"]
    closed = "List to new patients: closed, open again from 1 May 2027"
    assert told(applied, approved, today=date(2027, 4, 30)) == [closed]
    assert told(applied, approved, today=date(2027, 5, 1)) == []
    assert told(applied, approved, today=date(2026, 10, 31)) == [
        "List to new patients: closes on 1 November 2026, open again from 1 May 2027"
    ]
    assert told(applied, by(MANAGER, a.list_closure_refused(application_id=ONE))) == []


def test_a_branch_and_a_merger_are_said_before_and_after_their_day():
    applied = a.branch_closure_applied_for(branch_id=BRANCH)
    approved = by(MANAGER, a.branch_closure_approved(branch_id=BRANCH))
    assert told(applied) == ["Brookside branch: closure asked for on 1 October 2026, waits for a decision"]
    assert told(applied, approved, today=date(2027, 3, 31)) == ["Brookside branch: closes on 31 March 2027"]
    assert told(applied, approved, today=date(2027, 4, 1)) == ["Brookside branch: closed on 31 March 2027"]
    merges = by(MANAGER, a.merger_approved(merger_id=MERGER, survives=False))
    assert told(merges) == ["Merges with X90002 from 1 November 2026: this practice ceases"]
    assert told(merges, by(MANAGER, a.practices_merged(merger_id=MERGER, survives=False))) == [
        "Merged with X90002 on 2 November 2026"
    ]
