"""What may be done next from what the regulator did, a declaration, a closure applied for, or a merger."""

from __future__ import annotations

from domain.practice.changes_state import Asked as Was
from web.practices.offers import Offer, Offers


def on_regulatory_action(offers: Offers, regulatory_id: str) -> list[Offer]:
    """To say that it ended."""
    action = offers.practice.regulatory_actions.get(regulatory_id)
    if action is None or offers.closed or action.ended is not None:
        return []
    return list(offers.allowed(Offer("It ended", "EndRegulatoryAction", {"regulatory_id": regulatory_id})))


def on_declaration(offers: Offers, year: str) -> list[Offer]:
    """To say that it was submitted, and what was changed in it later."""
    declaration = offers.practice.declarations.get(year)
    if declaration is None or offers.closed:
        return []
    given: dict[str, str | int] = {"declaration_year": year}
    if declaration.submitted is None:
        return list(offers.allowed(Offer("Submitted", "RecordDeclaration", given, main=True)))
    return list(offers.allowed(Offer("Amended", "AmendDeclaration", given)))


def on_list_closure(offers: Offers, application_id: str) -> list[Offer]:
    """To decide an application; and to extend a closure that runs, or end it early."""
    closure = offers.practice.list_closures.get(application_id)
    if closure is None or offers.closed:
        return []
    given: dict[str, str | int] = {"application_id": application_id}
    if closure.status == Was.WAITING:
        approve = Offer("Approve", "ApproveListClosure", given, main=True)
        return list(offers.allowed(approve, Offer("Refuse", "RefuseListClosure", given)))
    if closure.opens_on is None or closure.opens_on <= offers.asked.on or closure.reopened_on:
        return []
    found = [Offer("Extend", "ExtendListClosure", given)]
    if closure.closed(offers.asked.on):
        found.append(Offer("Opened early", "ReopenList", given))
    return list(offers.allowed(*found))


def on_branch_closure(offers: Offers, branch_id: str) -> list[Offer]:
    """To decide an application."""
    branch = offers.practice.branch_closures.get(branch_id)
    if branch is None or offers.closed or branch.status != Was.WAITING:
        return []
    given: dict[str, str | int] = {"branch_id": branch_id}
    approve = Offer("Approve", "ApproveBranchClosure", given, main=True)
    return list(offers.allowed(approve, Offer("Refuse", "RefuseBranchClosure", given)))


def on_merger(offers: Offers, merger_id: str) -> list[Offer]:
    """To say that it has taken effect, once it may have."""
    merger = offers.practice.mergers.get(merger_id)
    if merger is None or merger.merged is not None or merger.effective_on > offers.asked.on:
        return []
    return list(offers.allowed(Offer("They merged", "MergePractices", {"merger_id": merger_id}, main=True)))
