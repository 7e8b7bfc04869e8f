"""A branch that the contractor asks to close: not before the public was involved."""

from datetime import date

from domain.practice import events as e
from domain.rules import Sealed
from tests.support import factories as a
from tests.support.given import CASEWORKER, LEAD, MANAGER, by, given

BRANCH = "branch-0000aaaa"
APPLIED = a.branch_closure_applied_for(branch_id=BRANCH)
HEARD = a.branch_closure_applied_for(branch_id=BRANCH, public_involvement=Sealed("Two meetings, a survey."))
APPROVED = by(MANAGER, a.branch_closure_approved(branch_id=BRANCH))
REFUSED = by(MANAGER, a.branch_closure_refused(branch_id=BRANCH))


def approve(**fields):
    return a.approve_branch_closure(branch_id=BRANCH, **fields)


def test_an_application_is_recorded_with_or_without_how_the_public_was_involved() -> None:
    given().when(a.apply_for_branch_closure(branch_id=BRANCH)).then(APPLIED)
    involved = a.apply_for_branch_closure(branch_id=BRANCH, public_involvement="Two meetings, a survey.")
    given().when(involved).then(HEARD)


def test_it_is_not_approved_before_the_public_was_involved() -> None:
    given(APPLIED).when(approve(), MANAGER).then_refused(
        "the-public-is-involved-before-a-branch-closes", "public_involvement"
    )
    given(HEARD).when(approve(), MANAGER).then_a(e.BranchClosureApproved, public_involvement=None)
    given(APPLIED).when(approve(public_involvement="A meeting."), MANAGER).then_a(
        e.BranchClosureApproved, public_involvement=Sealed("A meeting.")
    )


def test_it_closes_no_earlier_than_it_is_decided() -> None:
    given(HEARD).when(approve(closes_on=date(2026, 11, 20)), MANAGER).then_refused(
        "an-end-is-not-before-its-start", "closes_on"
    )
    given(HEARD).when(approve(closes_on=a.TODAY), MANAGER).then_a(e.BranchClosureApproved)


def test_it_is_decided_once_by_a_manager_and_is_of_this_practice() -> None:
    for command in (approve(public_involvement="A meeting."), a.refuse_branch_closure(branch_id=BRANCH)):
        for decided in (APPROVED, REFUSED):
            given(APPLIED, decided).when(command, MANAGER).then_refused(
                "an-application-is-decided-once", "branch_id"
            )
        given().when(command, MANAGER).then_refused("a-branch-closure-is-of-this-practice", "branch_id")
        given(APPLIED).when(command, CASEWORKER).then_refused("the-role-may-do-this")
        given(APPLIED).when(command, LEAD).then_refused("the-role-may-do-this")


def test_what_became_of_it_is_known() -> None:
    def status(*facts):
        return given(*facts).practice().branch_closures[BRANCH].status.value

    assert [status(APPLIED), status(APPLIED, APPROVED), status(APPLIED, REFUSED)] == [
        "waiting",
        "approved",
        "refused",
    ]


def test_it_may_be_asked_for_again_after_a_refusal() -> None:
    given(APPLIED, REFUSED).when(a.apply_for_branch_closure()).then_a(e.BranchClosureAppliedFor)
