"""What may be done next from a flag and its explanations."""

from __future__ import annotations

from domain.practice.explained import answer_of
from domain.practice.kinds import ActionKind
from domain.practice.state import Flag
from web.practices.offers import Offer, Offers
from web.practices.offers.conversation import on_concern

_NOT_ANSWERED = frozenset({"none", "not accepted"})
"""How the explanations of a flag stand whose question is still to be asked."""


def on_flag(offers: Offers, flag_id: str) -> list[Offer]:
    flag = offers.practice.flags.get(flag_id)
    if flag is None or offers.closed:
        return []
    given: dict[str, str | int] = {"flag_id": flag_id}
    if not flag.open:
        return list(offers.allowed(Offer("Reopen", "ReopenFlag", given)))
    return list(
        offers.allowed(
            Offer("Explain", "ExplainFlag", given, main=answer_of(offers.practice, flag_id) in _NOT_ANSWERED),
            *_validation(offers, flag),
            Offer("Clear", "ClearFlag", given),
            Offer("Withdraw", "WithdrawFlag", given),
        )
    ) + on_concern(offers, flag_id, flag.version)


def _validation(offers: Offers, flag: Flag) -> list[Offer]:
    """To validate the data with the practice, which is what a flag is first followed by: once, and again after an
    explanation was not accepted.
    """
    answer = answer_of(offers.practice, flag.flag_id)
    of_it = (
        one
        for one in offers.practice.actions.values()
        if one.kind == ActionKind.DATA_VALIDATION and flag.flag_id in one.about_flags
    )
    if answer not in _NOT_ANSWERED or any(answer == "none" or not one.ended for one in of_it):
        return []
    given: dict[str, str | int] = {"kind": "data_validation", "about_flags": flag.flag_id}
    return [Offer("Validate the data", "ProposeAction", given)]


def on_explanation(offers: Offers, explanation_id: str) -> list[Offer]:
    """To say of another person's explanation whether it holds, while its flag is open."""
    one = offers.practice.explanations.get(explanation_id)
    flag = offers.practice.flags.get(one.flag_id) if one else None
    if one is None or flag is None or not flag.open or offers.closed:
        return []
    if one.status != "waiting" or one.explained_by == offers.asked.person:
        return []
    given: dict[str, str | int] = {"explanation_id": explanation_id}
    return list(
        offers.allowed(
            Offer("Accept", "AcceptExplanation", given, main=True),
            Offer("Do not accept", "DeclineExplanation", given),
        )
    )
