"""The contract page: each breach and notice, where it stands, what may come next, and what may not yet and why."""

from datetime import date

import pytest

from domain.practice import commands as c
from domain.rules import RuleBroken
from tests.support import factories as a
from tests.web.sent import (
    BREACH,
    CONTRACT,
    DISPUTE,
    LATER,
    NOTICE,
    SANCTION,
    breached,
    contract,
    drafted,
    imposed,
    notice_issued,
    notice_served,
    sanction_served,
    unmet,
)

PAGE = f"/practices/{a.CODE}/contract"

ASSESSED = a.find_notice_not_satisfied(notice_id=NOTICE)
TOO_SOON = a.draft_remedial_notice(notice_id=NOTICE, breaches=(BREACH,))


def long_served():
    """Served, with its period still to run."""
    draft = a.draft_remedial_notice(
        notice_id=NOTICE, breaches=(BREACH,), period_days=28, occurred_on=date(2026, 11, 2)
    )
    issued = a.issue_notice(notice_id=NOTICE, occurred_on=date(2026, 11, 3))
    served = a.serve_notice(notice_id=NOTICE, occurred_on=date(2026, 11, 3), deemed_on=date(2026, 11, 5))
    before = breached(occurred_on=date(2026, 9, 1))
    return (*before, ("colleague", draft), ("manager", issued), ("colleague", served))


def disputed_sanction():
    sanction = next(command for _, command in sanction_served() if isinstance(command, c.ProposeSanction))
    disputed = a.refer_dispute(dispute_id=DISPUTE, subject=sanction.notice_id, occurred_on=date(2026, 9, 14))
    return (*sanction_served(), ("colleague", disputed))


CASES = [
    (
        breached(),
        "a remedial notice is first",
        "a-breach-notice-is-of-what-cannot-be-put-right",
        a.draft_breach_notice(notice_id=NOTICE, breaches=(BREACH,)),
    ),
    (
        breached(remediable=False),
        "it cannot be put right",
        "a-remedial-notice-is-of-what-can-be-put-right",
        TOO_SOON,
    ),
    (
        drafted(),
        "there is a notice of it already",
        "one-notice-of-a-breach-at-a-time",
        a.draft_remedial_notice(breaches=(BREACH,)),
    ),
    (drafted(), "it is issued first", "a-draft-is-issued-first", a.serve_notice(notice_id=NOTICE)),
    (notice_issued(), "it is served first: its period runs from then", "a-notice-is-served-first", ASSESSED),
    (
        long_served(),
        "its period has not passed: from 4 December 2026",
        "a-period-passes-before-its-notice-is-not-satisfied",
        ASSESSED,
    ),
    (
        disputed_sanction(),
        "a dispute that was referred in time stays it",
        "a-timely-dispute-stays-action",
        a.impose_sanction(sanction_id=SANCTION),
    ),
    (
        imposed(),
        "its sanction was imposed",
        "an-imposed-sanction-is-lifted",
        a.withdraw_notice(notice_id=LATER),
    ),
]


@pytest.fixture
def given(record):
    def give(told):
        for who, command in told:
            record(who, command)

    return give


@pytest.mark.parametrize(("told", "why", "rule", "refused"), CASES)
def test_what_the_page_says_may_not_come_yet_is_refused(people, given, record, told, why, rule, refused):
    given(told)
    page = people.other_manager.open(PAGE)
    assert why in page.text
    with pytest.raises(RuleBroken) as broken:
        record("other_manager", refused)
    assert broken.value.rule == rule


def test_what_may_come_next_stands_as_a_button_and_is_taken(people, given, record):
    given(drafted())
    page = people.manager.open(PAGE)
    (issue,) = [href for words, href in page.links.items() if words.startswith("Issue it")]
    assert people.manager.open(issue).status == 200
    given(notice_served()[len(drafted()) :])
    buttons = {words.partition(":")[0] for words in people.manager.open(PAGE).links}
    assert {"Satisfied", "Not satisfied", "The letter"} <= buttons
    assert "Issue it" not in buttons


def test_the_drafter_is_told_that_another_issues(people, given):
    given(breached(occurred_on=date(2026, 9, 1)))
    given(
        [
            (
                "manager",
                a.draft_remedial_notice(notice_id=NOTICE, breaches=(BREACH,), occurred_on=date(2026, 9, 2)),
            )
        ]
    )
    page = people.manager.open(PAGE)
    assert "you drafted it: another manager issues it" in page.text
    assert not any(words.startswith("Issue it") for words in page.links)
    assert any(words.startswith("Issue it") for words in people.other_manager.open(PAGE).links)


def test_what_a_sanction_could_rest_on_is_said(people, given):
    given(notice_served())
    assert "they cannot rest on one" in people.manager.open(PAGE).text
    given(unmet()[len(notice_served()) :])
    assert "A remedial notice was found not satisfied: they may rest on it." in people.manager.open(PAGE).text


def test_a_practice_leads_to_its_contract_page_and_one_without_a_contract_says_so(people, given):
    assert "No contract is recorded yet." in people.lead.open(PAGE).text
    given((contract(),))
    assert PAGE in people.lead.open(f"/practices/{a.CODE}").links.values()
    assert "No breach or notice is recorded." in people.lead.open(PAGE).text
    assert people.lead.open(f"/practices/{a.CODE.lower()}/contract").status == 301
    assert people.stranger.open(PAGE).status in {403, 404}


def test_a_sanction_that_runs_is_lifted_from_the_page(people, given):
    given(imposed())
    (lift,) = [href for words, href in people.manager.open(PAGE).links.items() if words.startswith("Lift it")]
    assert people.manager.open(lift).status == 200
    given([("manager", a.lift_sanction(sanction_id=SANCTION))])
    assert not any(words.startswith("Lift it") for words in people.manager.open(PAGE).links)


def test_a_commissioner_has_no_step_of_the_contract(people, given):
    given(drafted())
    page = people.lead.open(PAGE)
    assert page.status == 200
    assert not {"Issue it", "Record a breach", "Propose a sanction"} & {
        words.partition(":")[0] for words in page.links
    }


def test_a_contract_that_ended_takes_no_steps(people, given):
    given((contract(), ("manager", a.terminate_contract(contract_id=CONTRACT))))
    page = people.manager.open(PAGE)
    assert "This contract ended on" in page.text
    assert not any(words.startswith("Record a breach") for words in page.links)


def buttons(page):
    return {words.partition(":")[0] for words in page.links}


def test_a_practice_whose_contract_ended_says_so_and_offers_no_step_of_it(people, given):
    given((contract(), ("manager", a.terminate_contract(contract_id=CONTRACT))))
    page = people.manager.open(f"/practices/{a.CODE}")
    assert "GMS contract, ended 21 November 2026" in page.links
    assert ", ended on 21 November 2026" in page.text
    assert "no end date" not in page.text
    assert not {"A breach", "A remedial notice", "A termination notice", "The end of a contract"} & {
        *page.links
    }
    form = people.manager.open(f"/practices/{a.CODE}/identify-breach")
    assert (form.status, "This contract ended on 21 November 2026" in form.text) == (409, True)


def test_a_sanction_that_a_dispute_stays_is_imposed_on_a_ground_from_the_page(people, given):
    given(disputed_sanction())
    page = people.manager.open(PAGE)
    assert {"Impose it", "It was determined", "It was withdrawn"} <= buttons(page)
    assert "but for patient safety or material financial loss" in page.text


def test_a_dispute_over_a_sanction_that_runs_stays_nothing_and_won_it_asks_to_lift_it(people, given):
    despite = {"despite": "patient_safety", "despite_words": "Vaccines."}
    given(disputed_sanction())
    given([("manager", a.impose_sanction(sanction_id=SANCTION, occurred_on=date(2026, 11, 1), **despite))])
    text = people.manager.open(PAGE).text
    assert "though a dispute was pending, on the ground of" in text
    assert "it does not stay what is done already" in text
    assert "It stays the steps" not in text
    given([("colleague", a.determine_dispute(dispute_id=DISPUTE, outcome="for_contractor"))])
    page = people.manager.open(PAGE)
    assert "The sanction still runs" in page.text
    assert "A dispute was determined for the contractor: lift its sanction" in page.text
    assert "Lift it" in buttons(page)
    given([("manager", a.lift_sanction(sanction_id=SANCTION))])
    assert "lift its sanction" not in people.manager.open(PAGE).text


def test_a_suspension_stands_on_the_page_with_its_end(people, given):
    given((contract(), ("colleague", a.suspend_contractor(contract_id=CONTRACT))))
    page = people.manager.open(PAGE)
    assert "Its end is not recorded" in page.text
    assert "It ended" in buttons(page)


def test_no_second_termination_notice_is_offered_beside_one(people, given):
    given(unmet())
    assert "Draft a termination notice" in buttons(people.manager.open(PAGE))
    given(
        [
            (
                "colleague",
                a.draft_termination_notice(
                    contract_id=CONTRACT, rests_on=(NOTICE,), evidence=(f"{a.CODE}/4",)
                ),
            )
        ]
    )
    assert "Draft a termination notice" not in buttons(people.manager.open(PAGE))


def test_a_card_says_what_happened_and_keeps_its_days_when_it_was_assessed(people, given):
    given(unmet())
    text = people.manager.open(PAGE).text
    assert "Issued on 2 September 2026, counts as given on 3 September 2026" in text
    assert "Found not satisfied on 10 September 2026" in text


def test_a_letter_that_became_too_early_by_its_service_says_from_when_the_rule_takes_it(
    people, given, record
):
    sanction = next(command for _, command in sanction_served() if isinstance(command, c.ProposeSanction))
    given(sanction_served()[:-1])
    served = a.serve_notice(
        notice_id=sanction.notice_id, occurred_on=date(2026, 10, 15), deemed_on=date(2026, 11, 10)
    )
    given([("colleague", served)])
    assert "it may be imposed from 8 December 2026" in people.manager.open(PAGE).text
    due = people.manager.open(f"/practices/{a.CODE}").text
    assert "end on 8 December 2026" in due
    with pytest.raises(RuleBroken):
        record("manager", a.impose_sanction(sanction_id=SANCTION, occurred_on=date(2026, 11, 20)))
