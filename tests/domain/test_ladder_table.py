"""The contract's ladder: for every state and every step, whether the step may be taken or which rule refuses it.

The table is typed by hand from the escalation ladder (domain reference 2.4), and never read from the rules.
"""

from datetime import date
from typing import Any, NamedTuple

import pytest

from domain.practice.contract_kinds import DisputeOutcome, Entitlement, TerminatedBecause
from tests.support import factories as a
from tests.support.given import MANAGER, By, Story, by, given

CONTRACT, BREACH = "contract-ladder01", "breach-ladder01"
NOTICE, OTHER = "notice-ladder01", "notice-ladder02"
SANCTION, TERMINATION, DISPUTE = "sanction-ladder01", "termination-ladder01", "dispute-ladder01"
NOBODY = "notice-00000000"

LATER = date(2027, 1, 31)
"""A day for which there is still time to give notice."""
PASSED = date(2026, 11, 12)
"""A day for which notice was given, and that has come."""
OCTOBER = date(2026, 10, 14)


class State(NamedTuple):
    """What happened, which notices there are for a later step to rest on, and which notice the next step is about."""

    facts: tuple[Any, ...]
    rests_on: tuple[str, ...] = ()
    notice: str = NOBODY

    def and_then(self, *facts: Any, notice: str = "") -> "State":
        return State((*self.facts, *facts), self.rests_on, notice or self.notice)


def issued(notice: str, day: date = date(2026, 9, 3)) -> By:
    return by(MANAGER, a.notice_issued(notice_id=notice, consulted_on=day, occurred_on=day))


def served(notice: str, day: date) -> Any:
    return a.notice_served(notice_id=notice, occurred_on=day, deemed_on=day)


SIGNED = State((a.contract_signed(contract_id=CONTRACT),))
IDENTIFIED = SIGNED.and_then(a.breach_identified(breach_id=BREACH, contract_id=CONTRACT))
NEVER = SIGNED.and_then(a.breach_identified(breach_id=BREACH, contract_id=CONTRACT, remediable=False))
DRAFT = a.remedial_notice_drafted(notice_id=NOTICE, contract_id=CONTRACT, breaches=(BREACH,))
DRAFTED = State((*IDENTIFIED.facts, DRAFT), (NOTICE,), NOTICE)
ISSUED = DRAFTED.and_then(issued(NOTICE))
RUN_OUT = ISSUED.and_then(served(NOTICE, date(2026, 9, 5)))
UNMET = RUN_OUT.and_then(by(MANAGER, a.notice_not_satisfied(notice_id=NOTICE)))
BREACH_DRAFT = a.breach_notice_drafted(notice_id=NOTICE, contract_id=CONTRACT, breaches=(BREACH,))
BREACH_DRAFTED = State((*NEVER.facts, BREACH_DRAFT), (NOTICE,), NOTICE)
BREACH_ISSUED = BREACH_DRAFTED.and_then(issued(NOTICE))


def sanction(from_on: date) -> State:
    fact = a.sanction_proposed(
        notice_id=OTHER, sanction_id=SANCTION, contract_id=CONTRACT, rests_on=(NOTICE,), from_on=from_on
    )
    return UNMET.and_then(fact, notice=OTHER)


def termination(effective_on: date) -> State:
    fact = a.termination_notice_drafted(
        notice_id=OTHER,
        termination_id=TERMINATION,
        contract_id=CONTRACT,
        rests_on=(NOTICE,),
        effective_on=effective_on,
    )
    return UNMET.and_then(fact, notice=OTHER)


def disputed(state: State, *more: Any) -> State:
    fact = a.dispute_referred(dispute_id=DISPUTE, subject=OTHER, occurred_on=date(2026, 10, 20))
    return state.and_then(fact, *more)


SANCTION_RUN = sanction(PASSED).and_then(issued(OTHER, OCTOBER), served(OTHER, OCTOBER))
IMPOSED = SANCTION_RUN.and_then(by(MANAGER, a.sanction_imposed(sanction_id=SANCTION, notice_id=OTHER)))
TERMINATION_RUN = termination(PASSED).and_then(issued(OTHER, OCTOBER), served(OTHER, OCTOBER))
LOST = a.dispute_determined(dispute_id=DISPUTE, outcome=DisputeOutcome.FOR_CONTRACTOR)

STATES: dict[str, State] = {
    "signed": SIGNED,
    "identified": IDENTIFIED,
    "never": NEVER,
    "informal": IDENTIFIED.and_then(a.breach_handled_informally(breach_id=BREACH)),
    "drafted": DRAFTED,
    "issued": ISSUED,
    "running": ISSUED.and_then(served(NOTICE, date(2026, 11, 10))),
    "run_out": RUN_OUT,
    "met": RUN_OUT.and_then(by(MANAGER, a.notice_satisfied(notice_id=NOTICE))),
    "unmet": UNMET,
    "withdrawn": RUN_OUT.and_then(by(MANAGER, a.notice_withdrawn(notice_id=NOTICE))),
    "b_drafted": BREACH_DRAFTED,
    "b_issued": BREACH_ISSUED,
    "b_served": BREACH_ISSUED.and_then(served(NOTICE, date(2026, 9, 5))),
    "two": State(
        (
            *UNMET.facts,
            a.breach_identified(
                breach_id="breach-ladder02",
                contract_id=CONTRACT,
                remediable=False,
                breached_on=date(2026, 9, 6),
                occurred_on=date(2026, 9, 7),
            ),
            a.breach_notice_drafted(
                notice_id=OTHER,
                contract_id=CONTRACT,
                breaches=("breach-ladder02",),
                occurred_on=date(2026, 9, 8),
            ),
            issued(OTHER, date(2026, 9, 9)),
            served(OTHER, date(2026, 9, 9)),
        ),
        (NOTICE, OTHER),
        OTHER,
    ),
    "s_proposed": sanction(LATER),
    "s_issued": sanction(LATER).and_then(issued(OTHER, OCTOBER)),
    "s_waiting": sanction(PASSED).and_then(issued(OTHER, OCTOBER), served(OTHER, date(2026, 11, 10))),
    "s_run": SANCTION_RUN,
    "s_disputed": disputed(SANCTION_RUN),
    "s_lost": disputed(SANCTION_RUN, LOST),
    "s_imposed": IMPOSED,
    "s_lifted": IMPOSED.and_then(by(MANAGER, a.sanction_lifted(sanction_id=SANCTION))),
    "t_drafted": termination(LATER),
    "t_waiting": termination(LATER).and_then(issued(OTHER, OCTOBER), served(OTHER, OCTOBER)),
    "t_run": TERMINATION_RUN,
    "t_disputed": disputed(TERMINATION_RUN),
    "ended": TERMINATION_RUN.and_then(
        by(
            MANAGER,
            a.contract_terminated(
                contract_id=CONTRACT,
                termination_id=TERMINATION,
                notice_id=OTHER,
                because=TerminatedBecause.HOLDER_NOTICE,
            ),
        )
    ),
}

STEPS: dict[str, Any] = {
    "identify a breach": lambda s: a.identify_breach(contract_id=CONTRACT),
    "handle it informally": lambda s: a.handle_breach_informally(breach_id=BREACH),
    "try to settle it": lambda s: a.attempt_local_resolution(breach_id=BREACH),
    "draft a remedial notice": lambda s: a.draft_remedial_notice(breaches=(BREACH,)),
    "draft a breach notice": lambda s: a.draft_breach_notice(breaches=(BREACH,)),
    "issue": lambda s: a.issue_notice(notice_id=s.notice),
    "serve": lambda s: a.serve_notice(notice_id=s.notice),
    "receipt": lambda s: a.record_notice_receipt(notice_id=s.notice),
    "find satisfied": lambda s: a.find_notice_satisfied(notice_id=s.notice),
    "find not satisfied": lambda s: a.find_notice_not_satisfied(notice_id=s.notice),
    "withdraw": lambda s: a.withdraw_notice(notice_id=s.notice),
    "propose a sanction": lambda s: a.propose_sanction(
        contract_id=CONTRACT, rests_on=s.rests_on or (NOBODY,), from_on=LATER
    ),
    "propose one for repeats": lambda s: a.propose_sanction(
        contract_id=CONTRACT,
        rests_on=s.rests_on,
        from_on=LATER,
        entitlement=Entitlement.REPEATED,
        cumulative_effect="Patients cannot rely on the practice.",
    ),
    "draft a termination notice": lambda s: a.draft_termination_notice(
        contract_id=CONTRACT, rests_on=s.rests_on or (NOBODY,), effective_on=LATER
    ),
    "draft one for serious risk": lambda s: a.draft_termination_notice(
        contract_id=CONTRACT, rests_on=(), entitlement=Entitlement.SERIOUS_RISK, effective_on=a.TODAY
    ),
    "impose": lambda s: a.impose_sanction(sanction_id=SANCTION),
    "lift": lambda s: a.lift_sanction(sanction_id=SANCTION),
    "end the contract": lambda s: a.terminate_contract(
        contract_id=CONTRACT, because=TerminatedBecause.HOLDER_NOTICE
    ),
    "dispute": lambda s: a.refer_dispute(subject=s.notice),
    "determine the dispute": lambda s: a.determine_dispute(dispute_id=DISPUTE),
    "withdraw the dispute": lambda s: a.withdraw_dispute(dispute_id=DISPUTE),
}

NO_NOTICE = "signed identified never informal"
REMEDIAL = "drafted issued running run_out met"
B = "b_drafted b_issued b_served"
S = "s_proposed s_issued s_waiting s_run s_disputed s_lost s_imposed s_lifted"
T = "t_drafted t_waiting t_run t_disputed"
S_SERVED = "s_waiting s_run s_disputed s_lost s_imposed s_lifted"
T_SERVED = "t_waiting t_run t_disputed"
DRAFTS = "drafted b_drafted s_proposed t_drafted"

MAY = "may"
TABLE: dict[str, dict[str, str]] = {
    "identify a breach": {
        MAY: f"{NO_NOTICE} {REMEDIAL} unmet withdrawn {B} two {S} {T}",
        "a-terminated-contract-takes-no-new-steps": "ended",
    },
    "handle it informally": {
        "a-breach-is-of-this-practice": "signed",
        MAY: "identified never withdrawn",
        "a-breach-is-handled-informally-once": "informal",
        "no-formal-step-stands-over-what-is-handled-informally": f"{REMEDIAL} unmet {B} two {S} {T}",
        "a-terminated-contract-takes-no-new-steps": "ended",
    },
    "try to settle it": {
        "a-breach-is-of-this-practice": "signed",
        MAY: f"identified never informal {REMEDIAL} unmet withdrawn {B} two {S} {T}",
        "a-terminated-contract-takes-no-new-steps": "ended",
    },
    "draft a remedial notice": {
        "a-breach-is-of-this-practice": "signed",
        # A further remedial notice after one that was not satisfied is the lesser step beside a sanction.
        MAY: f"identified informal withdrawn unmet two {S} {T}",
        "a-remedial-notice-is-of-what-can-be-put-right": "never",
        "one-notice-of-a-breach-at-a-time": f"{REMEDIAL} {B}",
        "a-terminated-contract-takes-no-new-steps": "ended",
    },
    "draft a breach notice": {
        "a-breach-is-of-this-practice": "signed",
        MAY: "never",
        "a-breach-notice-is-of-what-cannot-be-put-right": f"identified informal withdrawn unmet two {S} {T}",
        "one-notice-of-a-breach-at-a-time": f"{REMEDIAL} {B}",
        "a-terminated-contract-takes-no-new-steps": "ended",
    },
    "issue": {
        "a-notice-is-of-this-practice": NO_NOTICE,
        MAY: DRAFTS,
        "a-notice-is-issued-once": f"issued running run_out met unmet b_issued b_served two s_issued {S_SERVED} {T_SERVED} ended",
        "a-withdrawn-notice-takes-no-steps": "withdrawn",
    },
    "serve": {
        "a-notice-is-of-this-practice": NO_NOTICE,
        "a-draft-is-issued-first": DRAFTS,
        MAY: "issued b_issued s_issued",
        "a-notice-is-served-once": f"running run_out met unmet b_served two {S_SERVED} {T_SERVED} ended",
        "a-withdrawn-notice-takes-no-steps": "withdrawn",
    },
    "receipt": {
        "a-notice-is-of-this-practice": NO_NOTICE,
        "a-draft-is-issued-first": DRAFTS,
        "a-notice-is-served-first": "issued b_issued s_issued",
        MAY: f"running run_out met unmet b_served two {S_SERVED} {T_SERVED}",
        "a-withdrawn-notice-takes-no-steps": "withdrawn",
        "a-terminated-contract-takes-no-new-steps": "ended",
    },
    "find satisfied": {
        "a-notice-is-of-this-practice": NO_NOTICE,
        "a-draft-is-issued-first": DRAFTS,
        "a-notice-is-served-first": "issued b_issued s_issued",
        MAY: "running run_out",
        "a-notice-is-assessed-once": "met unmet",
        "only-a-remedial-notice-is-assessed": f"b_served two {S_SERVED} {T_SERVED} ended",
        "a-withdrawn-notice-takes-no-steps": "withdrawn",
    },
    "find not satisfied": {
        "a-notice-is-of-this-practice": NO_NOTICE,
        "a-draft-is-issued-first": DRAFTS,
        "a-notice-is-served-first": "issued b_issued s_issued",
        "a-period-passes-before-its-notice-is-not-satisfied": "running",
        MAY: "run_out",
        "a-notice-is-assessed-once": "met unmet",
        "only-a-remedial-notice-is-assessed": f"b_served two {S_SERVED} {T_SERVED} ended",
        "a-withdrawn-notice-takes-no-steps": "withdrawn",
    },
    "withdraw": {
        "a-notice-is-of-this-practice": NO_NOTICE,
        MAY: f"drafted issued running run_out {B} two s_proposed s_issued s_waiting s_run s_disputed s_lost {T}",
        "an-assessed-notice-is-not-withdrawn": "met unmet",
        "an-imposed-sanction-is-lifted": "s_imposed s_lifted",
        "a-withdrawn-notice-takes-no-steps": "withdrawn",
        "a-terminated-contract-takes-no-new-steps": "ended",
    },
    "propose a sanction": {
        "a-step-rests-on-notices-that-stand": f"{NO_NOTICE} drafted b_drafted issued b_issued withdrawn",
        "the-holder-is-entitled-to-end-the-contract": "running run_out met b_served",
        MAY: f"unmet two {S} {T}",
        "a-terminated-contract-takes-no-new-steps": "ended",
    },
    "propose one for repeats": {
        "a-step-rests-on-notices-that-stand": "drafted b_drafted issued b_issued withdrawn",
        "a-repeat-follows-two-notices": f"{NO_NOTICE} running run_out met unmet b_served {S} {T}",
        MAY: "two",
        "a-terminated-contract-takes-no-new-steps": "ended",
    },
    "draft a termination notice": {
        "a-step-rests-on-notices-that-stand": f"{NO_NOTICE} drafted b_drafted issued b_issued withdrawn",
        "the-holder-is-entitled-to-end-the-contract": "running run_out met b_served",
        MAY: f"unmet two {S}",
        "one-notice-ends-a-contract": T,
        "a-terminated-contract-takes-no-new-steps": "ended",
    },
    "draft one for serious risk": {
        MAY: f"{NO_NOTICE} {REMEDIAL} unmet withdrawn {B} two {S}",
        "one-notice-ends-a-contract": T,
        "a-terminated-contract-takes-no-new-steps": "ended",
    },
    "impose": {
        "a-sanction-is-of-this-practice": f"{NO_NOTICE} {REMEDIAL} unmet withdrawn {B} two {T} ended",
        "a-sanction-follows-its-notice": "s_proposed s_issued",
        "a-step-waits-its-notice": "s_waiting",
        MAY: "s_run",
        "a-timely-dispute-stays-action": "s_disputed",
        "what-was-determined-for-the-contractor-is-not-done": "s_lost",
        "a-sanction-is-imposed-once": "s_imposed s_lifted",
    },
    "lift": {
        "a-sanction-is-of-this-practice": f"{NO_NOTICE} {REMEDIAL} unmet withdrawn {B} two {T} ended",
        "only-an-imposed-sanction-is-lifted": "s_proposed s_issued s_waiting s_run s_disputed s_lost",
        MAY: "s_imposed",
        "a-sanction-is-lifted-once": "s_lifted",
    },
    "end the contract": {
        "a-contract-ends-by-a-notice-that-was-given": f"{NO_NOTICE} {REMEDIAL} unmet withdrawn {B} two {S} t_drafted",
        "a-step-waits-for-its-day": "t_waiting",
        MAY: "t_run",
        "a-timely-dispute-stays-action": "t_disputed",
        "a-terminated-contract-takes-no-new-steps": "ended",
    },
    "dispute": {
        "what-is-cited-is-of-this-practice": NO_NOTICE,
        "what-is-disputed-was-decided": DRAFTS,
        # Disputes are taken after the contract ended (6.5 item 10), and over a notice that was withdrawn.
        MAY: "issued running run_out met unmet withdrawn b_issued b_served two s_issued s_waiting s_run s_lost s_imposed s_lifted "
        "t_waiting t_run ended",
        "one-dispute-of-a-route-at-a-time": "s_disputed t_disputed",
    },
    "determine the dispute": {
        "a-dispute-is-of-this-practice": f"{NO_NOTICE} {REMEDIAL} unmet withdrawn {B} two s_proposed s_issued s_waiting s_run "
        "s_imposed s_lifted t_drafted t_waiting t_run ended",
        MAY: "s_disputed t_disputed",
        "a-dispute-ends-once": "s_lost",
    },
    "withdraw the dispute": {
        "a-dispute-is-of-this-practice": f"{NO_NOTICE} {REMEDIAL} unmet withdrawn {B} two s_proposed s_issued s_waiting s_run "
        "s_imposed s_lifted t_drafted t_waiting t_run ended",
        MAY: "s_disputed t_disputed",
        "a-dispute-ends-once": "s_lost",
    },
}


def story(name: str) -> Story:
    return given(*STATES[name].facts)


def test_the_table_says_one_thing_of_every_state_and_step() -> None:
    assert set(TABLE) == set(STEPS)
    for step, says in TABLE.items():
        named = [state for states in says.values() for state in states.split()]
        assert sorted(named) == sorted(STATES), step


CELLS = [
    (state, step, rule)
    for step, says in TABLE.items()
    for rule, states in says.items()
    for state in states.split()
]


@pytest.mark.parametrize(("state", "step", "rule"), CELLS, ids=lambda part: part)
def test_every_step_from_every_state_is_taken_or_refused_by_its_rule(state, step, rule) -> None:
    found = story(state).when(STEPS[step](STATES[state]), MANAGER)
    if rule == MAY:
        assert found.broken is None, found.broken
        assert len(found.facts) == 1
    else:
        found.then_refused(rule)
        assert found.facts == []


@pytest.mark.parametrize("state", STATES)
def test_in_every_state_of_the_table_nothing_comes_before_what_it_follows(state) -> None:
    for notice in story(state).practice().notices.values():
        days = [notice.drafted_on, notice.issued_on, notice.served_on, notice.assessed_on]
        known = [day for day in days if day is not None]
        assert known == sorted(known)
