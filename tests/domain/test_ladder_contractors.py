"""Three kinds of contractor on the ladder."""

from dataclasses import replace
from datetime import date

import pytest

from domain.practice import events as e
from domain.practice.contract_kinds import Committee, NoLocalResolution, Services
from domain.practice.contractors import appeal_body, committee_name
from domain.practice.kinds import ContractorKind, DisputeRoute, SanctionKind
from tests.domain.climbing import (
    BREACH,
    CONTRACT,
    DAY,
    DRAFTED,
    IDENTIFIED,
    ISSUED,
    NOTICE,
    SERVED,
    SIGNED,
    TO_UNMET,
    kind_of,
)
from tests.support import factories as a
from tests.support.given import MANAGER


@pytest.mark.parametrize(
    ("kind", "protected", "open_to_it"),
    [
        (ContractorKind.GENERAL_PRACTICE, Services.ESSENTIAL, Services.MANDATORY),
        (ContractorKind.PHARMACY, Services.ESSENTIAL, Services.ADVANCED),
        (ContractorKind.OPHTHALMIC, Services.MANDATORY, Services.ADDITIONAL),
    ],
)
def test_each_kind_of_contractor_has_services_that_no_sanction_takes(kind, protected, open_to_it) -> None:
    command = a.propose_sanction(
        contract_id=CONTRACT,
        rests_on=(NOTICE,),
        kind=SanctionKind.END_OBLIGATIONS,
        obligations="Those of the schedule",
        services=(protected,),
    )
    story = kind_of(kind, *TO_UNMET)
    story.when(command).then_refused("protected-services-are-not-sanctioned", "services")
    story.when(replace(command, services=(open_to_it,))).then_a(e.SanctionProposed)


def test_before_a_notice_to_a_pharmacy_the_parties_try_to_settle_it() -> None:
    issue = a.issue_notice(notice_id=NOTICE)
    drafted = (SIGNED, IDENTIFIED, DRAFTED)
    pharmacy = kind_of(ContractorKind.PHARMACY, *drafted)
    pharmacy.when(issue, MANAGER).then_refused("the-parties-try-to-settle-first", "no_local_resolution")
    for why in NoLocalResolution:
        pharmacy.when(replace(issue, no_local_resolution=why), MANAGER).then_a(
            e.NoticeIssued, no_local_resolution=why
        )
    tried = a.local_resolution_attempted(breach_id=BREACH)
    kind_of(ContractorKind.PHARMACY, SIGNED, IDENTIFIED, tried, DRAFTED).when(issue, MANAGER).then_a(
        e.NoticeIssued, committee=Committee.LOCAL_PHARMACEUTICAL, appeal_route=DisputeRoute.APPEAL
    )
    kind_of(ContractorKind.OPHTHALMIC, *drafted).when(issue, MANAGER).then_a(
        e.NoticeIssued, committee=Committee.LOCAL_OPTICAL, appeal_route=DisputeRoute.NHS_DISPUTE_RESOLUTION
    )


def test_only_a_pharmacys_notice_withholds_of_itself() -> None:
    command = a.draft_remedial_notice(
        breaches=(BREACH,), withholds="The fee for the hours it was shut", period_days=30
    )
    kind_of(ContractorKind.PHARMACY, SIGNED, IDENTIFIED).when(command).then_a(e.RemedialNoticeDrafted)
    for kind in (ContractorKind.GENERAL_PRACTICE, ContractorKind.OPHTHALMIC):
        kind_of(kind, SIGNED, IDENTIFIED).when(command).then_refused(
            "a-notice-withholds-only-where-the-law-lets-it", "withholds"
        )


def test_a_remedial_notice_to_a_pharmacy_gives_thirty_days_and_to_others_twenty_eight() -> None:
    command = a.draft_remedial_notice(breaches=(BREACH,), period_days=29)
    kind_of(ContractorKind.PHARMACY, SIGNED, IDENTIFIED).when(command).then_refused(
        "a-remedial-notice-gives-its-period", "period_days"
    )
    for kind in (ContractorKind.GENERAL_PRACTICE, ContractorKind.OPHTHALMIC):
        kind_of(kind, SIGNED, IDENTIFIED).when(command).then_a(e.RemedialNoticeDrafted)


def test_a_pharmacys_notice_may_be_rescinded_even_when_it_was_assessed() -> None:
    withdraw = a.withdraw_notice(notice_id=NOTICE)
    kind_of(ContractorKind.PHARMACY, *TO_UNMET).when(withdraw, MANAGER).then_a(e.NoticeWithdrawn)
    for kind in (ContractorKind.GENERAL_PRACTICE, ContractorKind.OPHTHALMIC):
        kind_of(kind, *TO_UNMET).when(withdraw, MANAGER).then_refused("an-assessed-notice-is-not-withdrawn")


@pytest.mark.parametrize(
    ("kind", "last"),
    [
        (ContractorKind.GENERAL_PRACTICE, date(2026, 10, 3)),
        (ContractorKind.PHARMACY, date(2026, 10, 5)),
        (ContractorKind.OPHTHALMIC, date(2026, 10, 3)),
    ],
)
def test_a_dispute_is_in_time_by_the_period_of_its_kind_of_contractor(kind, last) -> None:
    for day, in_time in ((last, True), (last + DAY, False)):
        dispute = a.dispute_referred(subject=NOTICE, occurred_on=day)
        practice = kind_of(kind, SIGNED, IDENTIFIED, DRAFTED, ISSUED, SERVED, dispute).practice()
        assert practice.disputes[dispute.dispute_id].in_time is in_time


def test_who_decides_an_appeal_and_what_a_committee_is_called_are_dated() -> None:
    assert appeal_body(date(2026, 1, 1)) == "Primary Care Appeals, NHS Resolution"
    assert appeal_body(date(2014, 1, 1)) == "Family Health Services Appeal Unit, NHS Litigation Authority"
    assert appeal_body(date(1999, 1, 1)) == "Family Health Services Appeal Unit, NHS Litigation Authority"
    assert committee_name(Committee.LOCAL_MEDICAL, date(2026, 1, 1)) == "local medical committee"
    assert committee_name(Committee.LOCAL_OPTICAL, date(2026, 1, 1), short=True) == "LOC"
