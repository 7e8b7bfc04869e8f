"""How an entry is put right, and what the practice said of it is answered."""

from __future__ import annotations

from domain.practice.challenges import bar_to_deciding
from domain.practice.correctable import TYPED_WITH
from domain.practice.corrections import needs_a_manager
from domain.rules import Recorded
from web.practices.offers import Offer, Offers


def to_correct(offers: Offers, entry: Recorded) -> list[Offer]:
    """How this person may have an entry put right: themselves, or by asking a manager."""
    if entry.version not in offers.practice.standing or type(entry.fact) not in TYPED_WITH:
        return []
    given: dict[str, str | int] = {"version": entry.version}
    if not needs_a_manager(entry, offers.asked):
        return list(
            offers.allowed(
                Offer("Correct", "CorrectFact", given), Offer("Entered in error", "WithdrawFact", given)
            )
        )
    if entry.version in offers.asked_about:
        return []
    return list(offers.allowed(Offer("Ask for a correction", "RequestCorrection", given)))


def on_request(offers: Offers, request_id: str) -> list[Offer]:
    request = offers.practice.requests.get(request_id)
    if request is None or request.status != "open":
        return []
    given: dict[str, str | int] = {"request_id": request_id}
    authorise = Offer("Authorise", "AuthoriseCorrection", given, main=True)
    decline = Offer("Decline", "DeclineCorrection", given)
    return list(
        offers.allowed(*((decline,) if request.requested_by == offers.asked.person else (authorise, decline)))
    )


def on_challenge(offers: Offers, challenge_id: str) -> list[Offer]:
    """To decide what the practice says is wrong, for whoever recorded neither it nor what it is about."""
    challenge = offers.practice.challenges.get(challenge_id)
    if challenge is None or not challenge.open:
        return []
    if bar_to_deciding(offers.practice, challenge, offers.asked) is not None:
        return []
    given: dict[str, str | int] = {"challenge_id": challenge_id}
    return list(offers.allowed(Offer("Decide", "DecideFactualChallenge", given, main=True)))


def on_told(offers: Offers, told_id: str) -> list[Offer]:
    """To record what the practice answered to what it was told."""
    if told_id not in offers.practice.told:
        return []
    unanswered = all(one.told_id != told_id for one in offers.practice.responses.values())
    given: dict[str, str | int] = {"told_id": told_id}
    return list(
        offers.allowed(
            Offer(
                "Practice’s response",
                "ReceivePracticeResponse",
                given,
                main=unanswered and not offers.closed,
            )
        )
    )
