"""What may be done next from a proposal, a decision, a review of one, or an episode."""

from __future__ import annotations

from domain.access.roles import SIDE_OF
from domain.practice.episodes import open_episode
from domain.practice.handing_over import looks_after
from domain.practice.reviews import may_answer
from web.practices.offers import Offer, Offers


def on_proposal(offers: Offers, proposal_id: str) -> list[Offer]:
    proposal = offers.practice.proposals.get(proposal_id)
    if proposal is None or offers.closed or proposal.status != "open":
        return []
    if proposal.proposed_by == offers.asked.person:
        return []  # another person answers it
    given: dict[str, str | int] = {"proposal_id": proposal_id}
    decide = Offer("Decide", "DecideTier", given, main=True)
    return list(offers.allowed(decide, Offer("Decline", "DeclineTierProposal", given)))


def on_decision(offers: Offers, decision_id: str) -> list[Offer]:
    """An organisation that does not agree says so, once, and by somebody else than whoever decided."""
    said = any(
        one.decision_id == decision_id and one.side == SIDE_OF.get(offers.asked.role)
        for one in offers.practice.dissents.values()
    )
    own = any(
        one.decision_id == decision_id and one.decided_by == offers.asked.person
        for one in offers.practice.decisions
    )
    if offers.closed or said or own:
        return []
    return list(offers.allowed(Offer("Record dissent", "RecordDissent", {"decision_id": decision_id})))


def on_review(offers: Offers, asking_id: str) -> list[Offer]:
    """To re-affirm a decision, or to revise it by deciding anew: for whoever did not record what it is asked for."""
    review = offers.practice.reviews.get(asking_id)
    if review is None or not may_answer(review, offers.asked):
        return []
    given: dict[str, str | int] = {"asking_id": asking_id}
    found = [Offer("Re-affirm", "ReaffirmDecision", given, main=True)]
    if not offers.closed:
        found.append(Offer("Revise", "DecideTier", given))
    return list(offers.allowed(*found))


def on_episode(offers: Offers) -> list[Offer]:
    """To close the episode that is open and hand over what is one's own, or to reopen the last that was closed."""
    last = offers.practice.episodes[-1] if offers.practice.episodes else None
    if offers.closed:
        return []
    if open_episode(offers.practice) is None:
        found = []
        if last and last.closing_id:
            found = [Offer("Reopen", "ReopenEpisode", {"closing_id": last.closing_id})]
    else:
        found = [Offer("Close the episode", "CloseEpisode", {})]
    if not looks_after(offers.practice, offers.asked):
        found = [offer for offer in found if offer.command != "CloseEpisode"]
    else:
        found.append(Offer("Hand over", "HandOverPractice", {}))
    return list(offers.allowed(*found))
