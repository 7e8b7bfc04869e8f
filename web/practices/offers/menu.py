"""What else may be recorded about a practice."""

from __future__ import annotations

from domain.practice.handing_over import may_name_anew
from domain.practice.kinds import ContractorKind, Tier
from web.practices.ladder_offers import to_begin
from web.practices.offers import Offer, Offers

OF_GENERAL_PRACTICES = frozenset({"RecordInspection", "RecordRegulatoryAction", "ApplyForBranchClosure"})
"""What is not offered about a pharmacy or an optician: another regulator inspects them, and each has one site."""


AFTER_CLOSURE = (
    ("Soft intelligence about an earlier day", "RecordIntelligence"),
    ("A document of an earlier day", "AttachDocument"),
    ("What the practice was told on an earlier day", "TellPractice"),
    ("The practice’s response", "ReceivePracticeResponse"),
    ("That the practice says an entry is wrong", "MakeFactualChallenge"),
    ("That the practice is open again", "ReopenPractice"),
)

ALWAYS = (
    ("Soft intelligence", "RecordIntelligence"),
    ("A letter", "WriteLetter"),
    ("What the practice was told", "TellPractice"),
    ("The practice’s response", "ReceivePracticeResponse"),
    ("That the practice says an entry is wrong", "MakeFactualChallenge"),
    ("A referral to the Quality Surveillance Group", "ReferToQualitySurveillanceGroup"),
    ("A document", "AttachDocument"),
    ("An action", "ProposeAction"),
    ("Something asked for by a day", "SetExpectation"),
    ("A flag", "RaiseFlag"),
    ("A proposal for the tier", "ProposeTier"),
    ("A decision on the tier", "DecideTier"),
    ("Your organisation’s view on the tier", "StateTierView"),
    ("The caseworker’s name", "NameCaseworker"),
    ("Changed details", "ChangeDetails"),
    ("A contract", "SignContract"),
    ("The provider", "NameProvider"),
    ("A CQC inspection", "RecordInspection"),
    ("Something else that CQC did", "RecordRegulatoryAction"),
    ("An annual declaration asked for", "AskForDeclaration"),
    ("A review of the contract", "HoldContractReview"),
    ("An application to close a branch", "ApplyForBranchClosure"),
    ("A merger with another practice", "ApproveMerger"),
    ("That it closed", "ClosePractice"),
)
"""What may be recorded of any practice, before what hangs on its contracts, its kind and its tier."""


def menu(offers: Offers) -> list[Offer]:
    """What else may be recorded about the practice."""
    if offers.closed:
        return list(offers.allowed(*(Offer(text, command, {}) for text, command in AFTER_CLOSURE)))
    found = [Offer(text, command, {}) for text, command in ALWAYS]
    if offers.practice.contracts:
        found.insert(-1, Offer("A variation of the contract", "VaryContract", {}))
        found[-1:-1] = [Offer(text, command, {}) for text, command in to_begin(offers.practice)]
        found.insert(-1, Offer("A change of who the contractor is", "ChangeContractorComposition", {}))
    if offers.practice.kind == ContractorKind.GENERAL_PRACTICE:
        found.insert(-1, Offer("An application to close the list", "ApplyForListClosure", {}))
        if offers.practice.contracts:
            found.insert(-1, Offer("A change of the practice area", "ChangePracticeBoundary", {}))
    else:
        found = [offer for offer in found if offer.command not in OF_GENERAL_PRACTICES]
    if offers.practice.tier_on(offers.asked.on) != Tier.CAUSE_FOR_CONCERN:
        found.insert(-1, Offer("An override, before a shared conversation", "GiveOverride", {}))
    if any(one.status == "open" for one in offers.practice.proposals.values()):
        found = [offer for offer in found if offer.command not in {"ProposeTier", "DecideTier"}]
    if not may_name_anew(offers.practice, offers.asked):
        found = [offer for offer in found if offer.command != "NameCaseworker"]
    return list(offers.allowed(*found))
