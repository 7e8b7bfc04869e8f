"""Which things a fact or a command answers for, so that two people's answers to one thing are told apart.

Two conversations commute; two answers to the same flag, explanation, action, piece of intelligence, tier, contract, details,
caseworker, episode, request or joining do not. A correction answers for what it corrects, and issuing a notice for all that
its letter says: nobody signs words that were changed while they read.
"""

from __future__ import annotations

from typing import Any

from domain.practice import commands, events
from domain.rules import Recorded

_IDS = (
    "flag_id",
    "action_id",
    "intelligence_id",
    "request_id",
    "access_id",
    "join_id",
    "explanation_id",
    "challenge_id",
    "regulatory_id",
    "breach_id",
    "notice_id",
    "sanction_id",
    "suspension_id",
    "termination_id",
    "dispute_id",
    "application_id",
    "branch_id",
    "merger_id",
    "expectation_id",
)

_TOUCHED_BY: dict[type, str] = {
    events.PracticeRegistered: "details",
    events.DetailsChanged: "details",
    events.PracticeClosed: "details",
    events.PracticeReopened: "details",
    events.ResponsibilityAssigned: "responsibility",
    events.CaseworkerNamed: "caseworker",
    events.PracticeHandedOver: "caseworker",
    events.EpisodeClosed: "episode",
    events.EpisodeReopened: "episode",
    events.ContractSigned: "contract",
    events.ContractVaried: "contract",
    events.ProviderNamed: "provider",
    events.ContractTerminated: "contract",
    events.ContractorCompositionChanged: "contract",
    events.PracticeBoundaryChanged: "contract",
    events.ListClosureAppliedFor: "list",
    events.TierProposed: "tier",
    events.TierProposalDeclined: "tier",
    events.TierDecided: "tier",
    events.OverrideGiven: "override",
}


def things(told: Any) -> frozenset[str]:
    """The things that a fact or command of a practice answers for, such as `flag-0123abcd` or `tier`."""
    found = {value for name in _IDS if (value := getattr(told, name, None))}
    found.update(getattr(told, "action_ids", ()))
    touched = _TOUCHED_BY.get(type(told)) or getattr(told, "TOUCHES", None)
    if touched:
        found.add(touched)
    corrected = getattr(told, "corrects", None) or getattr(told, "version", None)
    if corrected:
        found.add(f"fact-{corrected}")
    if year := getattr(told, "declaration_year", None):
        found.add(f"declaration-{year}")
    if indicator := getattr(told, "indicator", None):
        found.add(f"{indicator}-{told.kind}")
    return frozenset(found)


def things_through(told: Any, history: list[Recorded]) -> frozenset[str]:
    """The same, with what is found through the history: of what a correction corrects, and of what a notice is made."""
    found = things(told)
    if isinstance(told, events.FactCorrected | events.FactWithdrawn):
        return found.union(*(things(one.fact) for one in history if one.version == told.corrects))
    if isinstance(told, commands.IssueNotice):
        return found.union(*(_said_by(one) for one in history if _drafts(one.fact, told.notice_id)))
    return found


_DRAFTS = (
    events.RemedialNoticeDrafted,
    events.BreachNoticeDrafted,
    events.SanctionProposed,
    events.TerminationNoticeDrafted,
)


def _drafts(fact: Any, notice_id: str) -> bool:
    return isinstance(fact, _DRAFTS) and fact.notice_id == notice_id


def _said_by(draft: Recorded) -> frozenset[str]:
    """What a notice's letter is made of: its draft, its breaches, what it rests on, its evidence, and whom it is sent to."""
    fact: Any = draft.fact
    evidence = {f"fact-{cited.rpartition('/')[2]}" for cited in getattr(fact, "evidence", ())}
    named = {*getattr(fact, "breaches", ()), *getattr(fact, "rests_on", ())}
    return (
        things(fact) | named | evidence | {f"fact-{draft.version}", "contract", "details", "responsibility"}
    )
