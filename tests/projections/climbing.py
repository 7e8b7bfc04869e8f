"""What people ask for on the contract's ladder in random histories: mostly the step that comes next."""

from datetime import timedelta

from domain.practice.contract_kinds import TerminatedBecause
from domain.practice.contract_state import NoticeStatus
from domain.practice.kinds import ShorterBecause
from tests.support import factories as a

NOTHING = "nothing-0000"


def _one(chance, things):
    return chance.choice(list(things)) if things else NOTHING


def breach(chance, practice, today):
    return a.identify_breach(
        contract_id=_one(chance, practice.contracts), breached_on=today, remediable=chance.random() < 0.7
    )


def tried(chance, practice, today):
    return a.attempt_local_resolution(breach_id=_one(chance, practice.breaches))


def informal(chance, practice, today):
    return a.handle_breach_informally(breach_id=_one(chance, practice.breaches))


def draft(chance, practice, today):
    found = _one(chance, practice.breaches)
    if found != NOTHING and not practice.breaches[found].remediable:
        return a.draft_breach_notice(breaches=(found,))
    short = {"shorter_because": ShorterBecause.PATIENT_SAFETY, "shorter_words": "Vaccines."}
    return a.draft_remedial_notice(breaches=(found,), period_days=3, **short)


_NEXT = {
    NoticeStatus.DRAFT: lambda notice, today: a.issue_notice(notice_id=notice, consulted_on=today),
    NoticeStatus.ISSUED: lambda notice, today: a.serve_notice(notice_id=notice, deemed_on=today),
    NoticeStatus.SATISFIED: lambda notice, today: a.record_notice_receipt(notice_id=notice),
    NoticeStatus.NOT_SATISFIED: lambda notice, today: a.record_notice_receipt(notice_id=notice),
    NoticeStatus.WITHDRAWN: lambda notice, today: a.refer_dispute(subject=notice),
}


def go_on(chance, practice, today):
    """The next step of a notice."""
    found = _one(chance, practice.notices)
    if found == NOTHING:
        return a.withdraw_notice(notice_id=NOTHING)
    notice = practice.notices[found]
    if notice.status == NoticeStatus.SERVED:
        assess = chance.choice((a.find_notice_satisfied, a.find_notice_not_satisfied))
        return assess(notice_id=found)
    return _NEXT[notice.status](found, today)


def withdraw(chance, practice, today):
    return a.withdraw_notice(notice_id=_one(chance, practice.notices)) if chance.random() < 0.3 else None


def step(chance, practice, today):
    """A sanction or the end of the contract, urgent or in its time."""
    unmet = [one for one in practice.notices.values() if one.status == NoticeStatus.NOT_SATISFIED]
    given = {
        "contract_id": unmet[0].contract_id if unmet else _one(chance, practice.contracts),
        "rests_on": tuple(one.notice_id for one in unmet[:1]),
        "shorter_because": ShorterBecause.FINANCIAL_LOSS,
        "shorter_words": "Paid for and not given.",
    }
    if chance.random() < 0.8:
        return a.propose_sanction(**given, from_on=today)
    return a.draft_termination_notice(
        **given, effective_on=today + timedelta(days=1), evidence=(f"{practice.code}/1",)
    )


def take_effect(chance, practice, today):
    if chance.random() < 0.7:
        sanction = _one(chance, practice.sanctions)
        return chance.choice((a.impose_sanction, a.impose_sanction, a.lift_sanction))(sanction_id=sanction)
    return a.terminate_contract(
        contract_id=_one(chance, practice.contracts), because=chance.choice(list(TerminatedBecause))
    )


def dispute(chance, practice, today):
    if practice.disputes and chance.random() < 0.5:
        end = chance.choice((a.determine_dispute, a.withdraw_dispute))
        return end(dispute_id=_one(chance, practice.disputes))
    return a.refer_dispute(subject=_one(chance, practice.notices))


def of_itself(chance, practice, today):
    """What the contractor does, or what befalls it."""
    contract = _one(chance, practice.contracts)
    return chance.choice(
        (
            a.suspend_contractor(contract_id=contract),
            a.end_suspension(suspension_id=_one(chance, practice.suspensions)),
            a.record_contractor_notice(contract_id=contract, effective_on=today + timedelta(days=190)),
            a.withdraw_contractor_notice(termination_id=_one(chance, practice.terminations)),
        )
    )


CLIMBING = (
    breach,
    tried,
    informal,
    draft,
    go_on,
    go_on,
    go_on,
    withdraw,
    step,
    take_effect,
    dispute,
    of_itself,
)
