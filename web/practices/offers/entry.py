"""What may be done next from an entry: the button that settles it first."""

from __future__ import annotations

from typing import Any

from domain.practice import events as e
from domain.practice.visible import Withheld
from domain.rules import Recorded
from web.practices.ladder_offers import on_the_ladder
from web.practices.offers import Offer, Offers
from web.practices.offers.access import on_access, on_withheld
from web.practices.offers.actions import on_action, on_expectation
from web.practices.offers.contract import (
    on_branch_closure,
    on_declaration,
    on_list_closure,
    on_merger,
    on_regulatory_action,
)
from web.practices.offers.conversation import on_conversation, on_intelligence, on_join
from web.practices.offers.corrections import on_challenge, on_request, on_told
from web.practices.offers.flags import on_explanation, on_flag
from web.practices.offers.tier import on_decision, on_proposal, on_review


def on_entry(offers: Offers, entry: Recorded) -> list[Offer]:
    """The buttons of an entry, the one that settles it first."""
    fact: Any = entry.fact
    match fact:
        case e.FlagRaised():
            return on_flag(offers, fact.flag_id)
        case e.FlagExplained():
            return on_explanation(offers, fact.explanation_id)
        case e.ActionProposed():
            return on_action(offers, fact.action_id)
        case e.ConversationRecorded():
            return on_conversation(offers, entry.version, fact.entry_id)
        case e.IntelligenceRecorded():
            return on_intelligence(offers, fact.intelligence_id)
        case e.TierProposed():
            return on_proposal(offers, fact.proposal_id)
        case e.TierDecided():
            return on_decision(offers, fact.decision_id)
        case e.DecisionReviewAsked():
            return on_review(offers, fact.asking_id)
        case e.PracticeTold():
            return on_told(offers, fact.told_id)
        case e.FactualChallengeMade():
            return on_challenge(offers, fact.challenge_id)
        case e.CorrectionRequested():
            return on_request(offers, fact.request_id)
        case Withheld():
            return on_withheld(offers, entry.version, fact)
        case e.AccessRequested() | e.EmergencyAccessTaken():
            return on_access(offers, fact.access_id)
        case e.ThreadsJoined():
            return on_join(offers, fact.join_id)
        case e.ExpectationSet():
            return on_expectation(offers, fact.expectation_id)
        case e.RegulatoryActionRecorded():
            return on_regulatory_action(offers, fact.regulatory_id)
        case e.DeclarationAskedFor():
            return on_declaration(offers, fact.declaration_year)
        case e.ListClosureAppliedFor():
            return on_list_closure(offers, fact.application_id)
        case e.BranchClosureAppliedFor():
            return on_branch_closure(offers, fact.branch_id)
        case e.MergerApproved():
            return on_merger(offers, fact.merger_id)
        case _ if (found := on_the_ladder(offers.practice, fact, offers.asked)) and not offers.closed:
            return list(offers.allowed(*(Offer(*one) for one in found)))
    return []
