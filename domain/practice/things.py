"""Which things a fact or a command answers for, so that two people's answers to one thing are told apart.

Two conversations commute; two answers to the same flag, explanation, action, piece of intelligence, tier, contract, details,
caseworker, episode, request or joining do not. A correction answers for what it corrects. What a judgement *rests on* is
found in `domain/practice/rests_on.py`, and whether two conflict in `domain/practice/at_once.py`.
"""

from __future__ import annotations

from typing import Any

from domain.practice import commands, events
from domain.practice.kinds import ONE_OPEN_OF_A_KIND, RecommendedBecause
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
    "asking_id",
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
    events.TierViewStated: "view",
    commands.StateTierView: "view",
}

_ONE_FOR_EACH: dict[type, tuple[str, str]] = {
    commands.StatePosition: ("position", "concern"),
    events.PositionStated: ("position", "concern"),
    commands.JoinThreads: ("joining", "concern"),
    events.ThreadsJoined: ("joining", "concern"),
    commands.ReferDispute: ("disputing", "subject"),
    events.DisputeReferred: ("disputing", "subject"),
    commands.RecordDissent: ("dissent", "decision_id"),
    events.DissentRecorded: ("dissent", "decision_id"),
    commands.MakeFactualChallenge: ("challenging", "about"),
    events.FactualChallengeMade: ("challenging", "about"),
    commands.DraftTerminationNotice: ("ending", "contract_id"),
    events.TerminationNoticeDrafted: ("ending", "contract_id"),
    commands.RecordContractorNotice: ("ending", "contract_id"),
    events.ContractorNoticeGiven: ("ending", "contract_id"),
}
"""What there is one of for each concern, notice, decision, entry or contract: what it is called, and the field that says."""

_CHANGES_WORDS = (
    commands.CorrectFact,
    commands.WithdrawFact,
    commands.RequestCorrection,
    commands.AmendEntry,
    commands.DisputeEntry,
    events.FactCorrected,
    events.FactWithdrawn,
    events.CorrectionRequested,
    events.EntryAmended,
    events.EntryDisputed,
)
"""What has an entry say something else, or says that it should: who rests on the entry would read it again."""

OF_ACCESS = (
    commands.RequestAccess,
    commands.TakeEmergencyAccess,
    events.AccessRequested,
    events.AccessGranted,
    events.AccessDeclined,
    events.EmergencyAccessTaken,
    events.EmergencyAccessReviewed,
)

_LETS_IN = (commands.TakeEmergencyAccess, events.EmergencyAccessTaken, events.AccessGranted)


def things(told: Any) -> frozenset[str]:
    """The things that a fact or command of a practice answers for, such as `flag-0123abcd` or `tier`."""
    found = {value for name in _IDS if (value := getattr(told, name, None))}
    found.update(getattr(told, "action_ids", ()))
    found.update(getattr(told, "breaches", ()))
    found.update(one.flag_id for one in getattr(told, "signals", ()))
    touched = _TOUCHED_BY.get(type(told)) or getattr(told, "TOUCHES", None)
    if touched:
        found.add(touched)
    found.update(_of_an_entry(told))
    if year := getattr(told, "declaration_year", None):
        found.add(f"declaration-{year}")
    if indicator := getattr(told, "indicator", None):
        found.add(f"{indicator}-{told.kind}")
    return frozenset(found | _one_at_a_time(told))


def _of_an_entry(told: Any) -> set[str]:
    """Who may see an entry, what it says, and what else is said of it. Each person asks to see it for themselves."""
    entry = getattr(told, "corrects", None) or getattr(told, "version", None)
    if not entry:
        return set()
    if isinstance(told, OF_ACCESS):
        return {sight_of(entry)} if isinstance(told, _LETS_IN) else set()
    if isinstance(told, commands.ChangeVisibility | events.VisibilityChanged):
        return {f"fact-{entry}", sight_of(entry)}
    return {f"fact-{entry}", words_of(entry)} if isinstance(told, _CHANGES_WORDS) else {f"fact-{entry}"}


def _one_at_a_time(told: Any) -> set[str]:
    """What there is one of: a position on a concern, an open action of some kinds, a recommendation; and what the practice
    says is wrong.
    """
    found = set()
    if one := _ONE_FOR_EACH.get(type(told)):
        found.add(f"{one[0]}-{getattr(told, one[1])}")
    if isinstance(told, events.FactualChallengeMade):
        found.add(words_of(str(told.about).rpartition("/")[2]))
    if isinstance(told, commands.ProposeAction | events.ActionProposed) and told.kind in ONE_OPEN_OF_A_KIND:
        found.add(f"open-{told.kind}")
    if isinstance(told, events.TierRecommended) and told.because == RecommendedBecause.FACTS_CHANGED:
        found.add("recommendation")
    return found


def words_of(version: int | str) -> str:
    """What an entry says, for whoever rests on it. That it was agreed, or who may see it, is another thing."""
    return f"words-{version}"


def sight_of(version: int) -> str:
    """Who may see an entry."""
    return f"sight-{version}"


def things_through(told: Any, history: list[Recorded]) -> frozenset[str]:
    """The same, with what is found through the history: of what is corrected, and of how the thing began that is meant."""
    found = things(told)
    for name, began in BEGAN.items():
        if meant := getattr(told, name, None):
            of = (one.fact for one in history if isinstance(one.fact, began))
            found = found.union(*(things(one) for one in of if getattr(one, name) == meant))
    corrected = _corrected(told, history)
    return found.union(*(things(one.fact) for one in history if one.version in corrected))


BEGAN: dict[str, tuple[type, ...]] = {
    "flag_id": (events.FlagRaised,),
    "explanation_id": (events.FlagExplained,),
    "action_id": (events.ActionProposed,),
    "challenge_id": (events.FactualChallengeMade,),
    "sanction_id": (events.SanctionProposed,),
    "join_id": (events.ThreadsJoined,),
}
"""Things whose beginning answers for something else too: an explanation for its flag, a flag for its indicator."""

CORRECTING = (
    events.FactCorrected,
    events.FactWithdrawn,
    commands.CorrectFact,
    commands.WithdrawFact,
    commands.RequestCorrection,
    commands.AuthoriseCorrection,
)


def _corrected(told: Any, history: list[Recorded]) -> set[int]:
    """The facts that are corrected: it answers for all that they do."""
    if isinstance(told, commands.AuthoriseCorrection):
        asked = (one.fact for one in history if isinstance(one.fact, events.CorrectionRequested))
        return {one.version for one in asked if one.request_id == told.request_id}
    if isinstance(told, CORRECTING):
        fact: Any = told
        return {getattr(fact, "corrects", None) or fact.version}
    return set()
