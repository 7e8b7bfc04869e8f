"""What happens to a contract beside its ladder, which chance alone hardly ever brings about: each step after the one before."""

from dataclasses import replace
from datetime import timedelta

from domain.clocks.counting import months_after
from domain.practice.kinds import RegulatoryActionKind
from tests.support import factories as a
from tests.support.given import CASEWORKER, MANAGER

OTHER = "X90099"


def contract_changed(ask, practice, at):
    """Inspections, a declaration, the list closed and opened, a branch, a merger. `ask` gives the practice after each."""
    day = at.date()
    signed = a.sign_contract()
    closure, refused = a.new_id("application"), a.new_id("application")
    branch, other_branch = a.new_id("branch"), a.new_id("branch")
    action, merger = a.new_id("regulatory"), a.new_id("merger")
    now = {"occurred_on": day}
    warning = {"kind": RegulatoryActionKind.WARNING_NOTICE, "requirement": "Regulation 12", "comply_by": day}
    practice = _climbed(ask, ask(practice, signed, replace(MANAGER, at=at)), signed.contract_id, at)
    for command in (
        a.change_contractor_composition(contract_id=signed.contract_id, effective_on=day, **now),
        a.change_practice_boundary(contract_id=signed.contract_id, effective_on=day, **now),
        a.hold_contract_review(**now),
        a.record_inspection(inspected_on=day - timedelta(days=20), **now),
        a.record_regulatory_action(regulatory_id=action, from_on=day, **warning, **now),
        a.end_regulatory_action(regulatory_id=action, **now),
        a.ask_for_declaration(due_on=day + timedelta(days=42), **now),
        a.record_declaration(**now),
        a.amend_declaration(**now),
        a.apply_for_list_closure(application_id=closure, **now),
        a.approve_list_closure(application_id=closure, closes_on=day, reopens_on=months_after(day, 6), **now),
        a.extend_list_closure(application_id=closure, asked_on=day, reopens_on=months_after(day, 9), **now),
        a.reopen_list(application_id=closure, **now),
        a.apply_for_list_closure(application_id=refused, **now),
        a.refuse_list_closure(application_id=refused, **now),
        a.apply_for_branch_closure(branch_id=branch, public_involvement="Two meetings.", **now),
        a.approve_branch_closure(branch_id=branch, closes_on=day, **now),
        a.apply_for_branch_closure(branch_id=other_branch, **now),
        a.refuse_branch_closure(branch_id=other_branch, **now),
        a.approve_merger(merger_id=merger, other=OTHER, effective_on=day, **now),
        a.merge_practices(merger_id=merger, other=OTHER, **now),
    ):
        practice = ask(practice, command, replace(MANAGER, at=at))
    return practice


def _climbed(ask, practice, contract, at):
    """Remedial notices satisfied and not, disputes over them, a termination notice taken back, and a sanction imposed and
    lifted: drafted by one person, issued by another.
    """
    breach, notice = a.new_id("breach"), a.new_id("notice")
    sanctioned, sanction = a.new_id("notice"), a.new_id("sanction")
    again, unmet, ending = a.new_id("breach"), a.new_id("notice"), a.new_id("notice")
    won, taken_back = a.new_id("dispute"), a.new_id("dispute")

    def on(days):
        return (at - timedelta(days=days)).date()

    said = {"consulted_on": on(85)}
    for asked, command in (
        (
            CASEWORKER,
            a.identify_breach(breach_id=breach, contract_id=contract, breached_on=on(95), occurred_on=on(90)),
        ),
        (CASEWORKER, a.draft_remedial_notice(notice_id=notice, breaches=(breach,), occurred_on=on(88))),
        (MANAGER, a.issue_notice(notice_id=notice, occurred_on=on(80), **said)),
        (CASEWORKER, a.serve_notice(notice_id=notice, deemed_on=on(78), occurred_on=on(80))),
        (
            MANAGER,
            a.find_notice_satisfied(notice_id=notice, evidence=(f"{practice.code}/1",), occurred_on=on(40)),
        ),
        (CASEWORKER, a.record_notice_receipt(notice_id=notice, occurred_on=on(76))),
        (CASEWORKER, a.refer_dispute(dispute_id=taken_back, subject=notice, occurred_on=on(75))),
        (MANAGER, a.withdraw_dispute(dispute_id=taken_back, occurred_on=on(70))),
        (
            CASEWORKER,
            a.identify_breach(breach_id=again, contract_id=contract, breached_on=on(60), occurred_on=on(60)),
        ),
        (CASEWORKER, a.draft_remedial_notice(notice_id=unmet, breaches=(again,), occurred_on=on(60))),
        (MANAGER, a.issue_notice(notice_id=unmet, consulted_on=on(60), occurred_on=on(60))),
        (CASEWORKER, a.serve_notice(notice_id=unmet, deemed_on=on(60), occurred_on=on(60))),
        (CASEWORKER, a.refer_dispute(dispute_id=won, subject=unmet, occurred_on=on(59))),
        (MANAGER, a.determine_dispute(dispute_id=won, occurred_on=on(50))),
        (MANAGER, a.find_notice_not_satisfied(notice_id=unmet, occurred_on=on(30))),
        (
            CASEWORKER,
            a.draft_termination_notice(
                notice_id=ending,
                contract_id=contract,
                rests_on=(unmet,),
                evidence=(f"{practice.code}/1",),
                effective_on=on(-40),
            ),
        ),
        (MANAGER, a.withdraw_notice(notice_id=ending)),
        (
            CASEWORKER,
            a.propose_sanction(
                notice_id=sanctioned,
                sanction_id=sanction,
                contract_id=contract,
                entitlement="serious_risk",
                rests_on=(),
                evidence=(f"{practice.code}/1",),
                from_on=on(20),
                occurred_on=on(70),
            ),
        ),
        (MANAGER, a.issue_notice(notice_id=sanctioned, occurred_on=on(65), **said)),
        (CASEWORKER, a.serve_notice(notice_id=sanctioned, deemed_on=on(63), occurred_on=on(65))),
        (MANAGER, a.impose_sanction(sanction_id=sanction, occurred_on=on(20))),
        (MANAGER, a.lift_sanction(sanction_id=sanction, occurred_on=on(5))),
    ):
        practice = ask(practice, command, replace(asked, at=at))
    return practice
