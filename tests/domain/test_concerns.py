"""What stands as a concern."""

from datetime import date

import pytest

from domain.practice.concerns import concerns_of
from tests.domain.deciding import FLAG, TODAY, ago, cite, flag
from tests.support import factories as a
from tests.support.given import LEAD, MANAGER, by, given


def stand(*facts, day=TODAY):
    """The kinds of what stands as a concern on a day, of all that these facts tell."""
    practice = given(*facts).practice()
    everything = [*practice.standing.values()]
    kinds = {one.version: type(one.fact).__name__ for one in everything}
    return {kinds[one.version] for one in concerns_of(practice, everything, day)}


def test_a_flag_that_was_reopened_is_a_concern_again_in_spite_of_the_explanation_before() -> None:
    of_it = {"flag_id": FLAG, "explanation_id": "explanation-deciding1"}
    explained = (
        a.flag_explained(category="data_error", occurred_on=ago(30), **of_it),
        by(LEAD, a.explanation_accepted(occurred_on=ago(29), **of_it)),
        a.flag_cleared(flag_id=FLAG, occurred_on=ago(28)),
    )
    assert stand(flag(), *explained) == set()
    assert "FlagRaised" in stand(flag(), *explained, a.flag_reopened(flag_id=FLAG, occurred_on=ago(5)))


def test_a_sanction_or_suspension_is_a_concern_until_its_last_day() -> None:
    last = ago(2)
    suspended = a.contractor_suspended(until_on=last, occurred_on=ago(60))
    of_it = {"notice_id": "notice-deciding1", "sanction_id": "sanction-deciding1"}
    sanction = (
        a.sanction_proposed(**of_it, until_on=last),
        a.sanction_imposed(**of_it, occurred_on=ago(9)),
    )
    assert stand(suspended, *sanction, day=last) == {"ContractorSuspended", "SanctionImposed"}
    assert stand(suspended, *sanction, day=ago(1)) == set()


@pytest.mark.parametrize(("outcome", "left"), [("for_holder", True), ("for_contractor", False)])
def test_what_was_determined_for_the_contractor_is_no_concern(outcome, left) -> None:
    breach = a.breach_identified(breach_id="breach-deciding1")
    notice = (
        a.breach_notice_drafted(notice_id="notice-deciding1", breaches=("breach-deciding1",)),
        by(MANAGER, a.notice_issued(notice_id="notice-deciding1", occurred_on=date(2026, 9, 3))),
    )
    of_it = {"notice_id": "notice-deciding2", "sanction_id": "sanction-deciding1"}
    sanction = (a.sanction_proposed(**of_it), a.sanction_imposed(**of_it))
    of = {"dispute_id": "dispute-deciding1"}
    for facts, subject, name in (
        ((breach,), cite(3)[0], "BreachIdentified"),
        ((breach, *notice), "notice-deciding1", "NoticeIssued"),
        (sanction, "notice-deciding2", "SanctionImposed"),
    ):
        dispute = (a.dispute_referred(subject=subject, **of), a.dispute_determined(outcome=outcome, **of))
        assert (name in stand(*facts, *dispute)) is left


def test_of_two_inspections_published_on_one_day_the_one_recorded_last_counts() -> None:
    poor = a.inspection_reported(occurred_on=ago(30), rating="inadequate")
    good = a.inspection_reported(occurred_on=ago(30))
    assert stand(poor, good) == set()
    assert stand(good, poor) == {"InspectionReported"}
