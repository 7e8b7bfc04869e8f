"""What else may be recorded about a practice, in groups: a long list is found through by its headings."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from web.practices.ladder_offers import ABOUT_A_CONTRACT
from web.practices.offers import Offer

CONTRACT = "The contract"
STEPS = "Breaches, notices and disputes"
REST = "The record"
GROUPS = {
    "What was said and agreed": (
        "RecordIntelligence",
        "WriteLetter",
        "AttachDocument",
        "ProposeAction",
        "RaiseFlag",
        "SetExpectation",
        "TellPractice",
        "ReceivePracticeResponse",
        "MakeFactualChallenge",
        "ReferToQualitySurveillanceGroup",
    ),
    "The tier": ("ProposeTier", "DecideTier"),
    "The regulator, and declarations": (
        "RecordInspection",
        "RecordRegulatoryAction",
        "AskForDeclaration",
    ),
    STEPS: tuple(command for _, command in ABOUT_A_CONTRACT),
    REST: ("NameCaseworker", "ChangeDetails", "ClosePractice", "ReopenPractice"),
}
"""Under which heading each command stands. All others are of the contract."""


class Group(NamedTuple):
    heading: str
    offers: list[Offer]


def grouped(offers: Iterable[Offer]) -> list[Group]:
    """The offers under their headings, each in the order in which it was offered; the record itself comes last."""
    heading_of = {command: heading for heading, commands in GROUPS.items() for command in commands}
    found: dict[str, list[Offer]] = {}
    for offer in offers:
        found.setdefault(heading_of.get(offer.command, CONTRACT), []).append(offer)
    order = [*(one for one in GROUPS if one not in {STEPS, REST}), CONTRACT, STEPS, REST]
    return [Group(heading, found[heading]) for heading in order if heading in found]
