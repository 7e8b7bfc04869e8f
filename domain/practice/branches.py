"""Branches that the contractor asks to close: the public is involved before the contract holder lets one close."""

from __future__ import annotations

from collections.abc import Iterator

from domain.practice.changes_state import Asked as Was
from domain.practice.changes_state import BranchClosure
from domain.practice.commands import ApplyForBranchClosure, ApproveBranchClosure, RefuseBranchClosure
from domain.practice.dates import day_of, day_since, in_full, in_order
from domain.practice.events import BranchClosureAppliedFor, BranchClosureApproved, BranchClosureRefused
from domain.practice.state import Practice
from domain.rules import Asked, Fact, Recorded, RuleBroken, Sealed, refuse_unless, sealed


def apply_for_branch_closure(practice: Practice, command: ApplyForBranchClosure, asked: Asked) -> list[Fact]:
    """What the contractor asked, in its own words."""
    day = day_of(command, asked)
    in_order(day, command.closes_on, "closes_on")
    return [
        BranchClosureAppliedFor(
            branch_id=command.branch_id,
            site_name=Sealed(command.site_name),
            site_code=command.site_code,
            reason=Sealed(command.reason),
            public_involvement=sealed(command.public_involvement),
            closes_on=command.closes_on,
            occurred_on=day,
        )
    ]


def approve_branch_closure(practice: Practice, command: ApproveBranchClosure, asked: Asked) -> list[Fact]:
    """A branch is let close only when it is recorded how the public was involved."""
    branch = _waiting(practice, command.branch_id)
    day = day_since(branch.asked_on, command, asked)
    in_order(day, command.closes_on, "closes_on")
    refuse_unless(
        branch.involved or bool(command.public_involvement),
        "the-public-is-involved-before-a-branch-closes",
        "Enter how patients and the public were involved: the application did not say",
        "public_involvement",
    )
    return [
        BranchClosureApproved(
            branch_id=command.branch_id,
            public_involvement=sealed(command.public_involvement),
            reason=Sealed(command.reason),
            closes_on=command.closes_on,
            occurred_on=day,
        )
    ]


def refuse_branch_closure(practice: Practice, command: RefuseBranchClosure, asked: Asked) -> list[Fact]:
    """A refusal has reasons."""
    branch = _waiting(practice, command.branch_id)
    day = day_since(branch.asked_on, command, asked)
    return [BranchClosureRefused(branch_id=command.branch_id, reason=Sealed(command.reason), occurred_on=day)]


def let_close_without_the_public(practice: Practice) -> Iterator[BranchClosure]:
    """Branches that were let close where neither the application nor the approval says how the public was involved."""
    for branch in practice.branch_closures.values():
        entry = practice.standing.get(branch.decided or 0)
        fact = entry.fact if entry else None
        if isinstance(fact, BranchClosureApproved) and not (branch.involved or fact.public_involvement):
            yield branch


def _waiting(practice: Practice, branch_id: str) -> BranchClosure:
    branch = practice.branch_closures.get(branch_id)
    if branch is None:
        raise RuleBroken(
            "a-branch-closure-is-of-this-practice", "Choose an application of this practice", "branch_id"
        )
    if branch.status != Was.WAITING:
        raise RuleBroken(
            "an-application-is-decided-once",
            f"This application was {branch.status} on {in_full(branch.decided_on or branch.asked_on)}",
            "branch_id",
        )
    return branch


def branch_closure_applied_for(practice: Practice, fact: BranchClosureAppliedFor, entry: Recorded) -> None:
    practice.branch_closures[fact.branch_id] = BranchClosure(
        fact.branch_id,
        fact.site_name,
        fact.occurred_on,
        entry.version,
        involved=fact.public_involvement is not None,
        closes_on=fact.closes_on,
    )


def branch_closure_approved(practice: Practice, fact: BranchClosureApproved, entry: Recorded) -> None:
    if branch := practice.branch_closures.get(fact.branch_id):
        branch.status, branch.decided_on, branch.decided = Was.APPROVED, fact.occurred_on, entry.version
        branch.closes_on = fact.closes_on


def branch_closure_refused(practice: Practice, fact: BranchClosureRefused, entry: Recorded) -> None:
    if branch := practice.branch_closures.get(fact.branch_id):
        branch.status, branch.decided_on, branch.decided = Was.REFUSED, fact.occurred_on, entry.version
