"""What rests on an earlier fact, which is therefore not withdrawn before it."""

from __future__ import annotations

from domain.practice import events
from domain.practice.decided import anew
from domain.practice.state import Practice
from domain.rules import Fact, Recorded, RuleBroken, refuse_unless

_ALL_THAT_FOLLOWS = (
    events.FlagRaised,
    events.FlagCleared,
    events.FlagWithdrawn,
    events.FlagReopened,
    events.IntelligenceRecorded,
    events.IntelligenceCorroborated,
    events.IntelligenceDiscounted,
    events.ActionProposed,
    events.ActionCompleted,
    events.ActionEvidenceAccepted,
    events.ActionSentBack,
    events.ActionCancelled,
    events.ActionReopened,
    events.ContractSigned,
    events.TierProposed,
    events.TierDecided,
    events.RegulatoryActionRecorded,
    events.DeclarationAskedFor,
    events.DeclarationSubmitted,
    *events.lists.FACTS,
    *events.mergers.FACTS,
    events.BreachIdentified,
    events.RemedialNoticeDrafted,
    events.BreachNoticeDrafted,
    events.SanctionProposed,
    events.TerminationNoticeDrafted,
    events.NoticeIssued,
    events.NoticeServed,
    events.NoticeSatisfied,
    events.NoticeNotSatisfied,
    events.NoticeWithdrawn,
    events.SanctionImposed,
    events.ContractorSuspended,
    events.ContractorNoticeGiven,
    events.DisputeReferred,
    events.ExpectationSet,
    events.ExpectationMoved,
    events.ClockStopped,
    events.ClockRestarted,
)
"""Every later fact about the same thing rests on one of these."""

_WORK = (events.ActionProgressed, events.ActionCompleted)
_ANSWERS = (events.ExplanationAccepted, events.ExplanationNotAccepted)
_OF_A_THING = (
    "flag_id",
    "intelligence_id",
    "action_id",
    "contract_id",
    "proposal_id",
    "decision_id",
    "regulatory_id",
    "declaration_year",
    "application_id",
    "branch_id",
    "merger_id",
    "breach_id",
    "notice_id",
    "sanction_id",
    "suspension_id",
    "termination_id",
    "dispute_id",
    "expectation_id",
)
_OF_THE_LADDER = (*events.ladder.FACTS, *events.notices.FACTS, *events.sanctions.FACTS)
_NAMES_ANOTHER = ("breaches", "rests_on", "repeats", "subject")
"""Where a step of the ladder names what it rests on."""

TAKEN_WHILE_CLOSED = (
    events.ConversationRecorded,
    events.DocumentAttached,
    events.IntelligenceRecorded,
    events.InspectionReported,
    events.PracticesMerged,
    events.RegulatoryActionRecorded,
    events.LocalResolutionAttempted,
    events.NoticeServed,
    events.NoticeReceiptReturned,
    events.SuspensionEnded,
    events.ContractTerminated,
    events.DisputeReferred,
    events.DisputeDetermined,
    events.DisputeWithdrawn,
    events.CorrectionRequested,
    events.CorrectionDeclined,
    events.FactCorrected,
    events.FactWithdrawn,
    events.DecisionReviewAsked,
    events.DecisionChecked,
    events.DecisionReaffirmed,
    events.ExpectationAnswered,
    events.ExpectationWithdrawn,
    events.EntryAgreed,
    events.EntryDisputed,
    events.EntryAmended,
    events.PositionStated,
    events.ThreadsParted,
    events.PracticeTold,
    events.PracticeResponseReceived,
    events.FactualChallengeMade,
    events.FactualChallengeDecided,
    *events.visibility.FACTS,
)
"""What a closed practice's record takes too, so that it needs no reopening: what the index lets through after a closure,
but flags that are settled, since a flag of an open practice is ended by the same facts.
"""


def nothing_rests_on(practice: Practice, entry: Recorded) -> None:
    """A step is not withdrawn while later steps stand on it; nor is a practice's registration."""
    only_assigned = (
        isinstance(entry.fact, events.ResponsibilityAssigned) and len(practice.responsibilities) == 1
    )
    refuse_unless(
        not (isinstance(entry.fact, events.PracticeRegistered) or only_assigned),
        "a-record-keeps-its-beginning",
        "The registration of a practice can be corrected, not withdrawn",
    )
    if isinstance(entry.fact, events.TierDecided):
        raise anew()
    resting = [
        f"{practice.code}/{version}"
        for version, later in practice.standing.items()
        if version > entry.version and (_rests(later.fact, entry.fact) or _answers(later.fact, entry.version))
    ]
    decided = [one for one in resting if _is_a_decision(practice, one)]
    if decided:
        raise RuleBroken(
            "what-others-rest-on-is-not-withdrawn",
            f"{', '.join(decided)} decided the tier and rests on it. A decision is not withdrawn: correct the words of this",
        )
    if resting:
        raise RuleBroken(
            "what-others-rest-on-is-not-withdrawn", f"Withdraw first what rests on it: {', '.join(resting)}"
        )


def _is_a_decision(practice: Practice, cited: str) -> bool:
    return isinstance(practice.standing[int(cited.rpartition("/")[2])].fact, events.TierDecided)


def _answers(later: Fact, version: int) -> bool:
    """What the other side answered or disputed is not taken from under it, nor what a decision cites as said to it."""
    if isinstance(later, events.TierDecided):
        said_to_it = (later.view, later.override)
        return any(one is not None and one.rpartition("/")[2] == str(version) for one in said_to_it)
    if isinstance(later, events.DisputeReferred):
        return "/" in later.subject and later.subject.rpartition("/")[2] == str(version)
    return isinstance(later, events.agreed.FACTS) and getattr(later, "version", None) == version


def _rests(later: Fact, on: Fact) -> bool:
    if isinstance(on, events.heard.FACTS):
        return _of_the_practices_side(later, on)
    if isinstance(on, events.PracticeClosed):
        return isinstance(later, events.PracticeReopened)
    if isinstance(on, events.PracticesMerged) and isinstance(later, events.PracticeClosed):
        return later.successor == on.other
    if isinstance(on, events.PracticeReopened):
        return not isinstance(later, TAKEN_WHILE_CLOSED)
    if isinstance(on, events.ActionAgreed):
        return isinstance(later, _WORK) and _same_thing(later, on)
    if isinstance(on, events.FlagExplained):
        return isinstance(later, _ANSWERS) and later.explanation_id == on.explanation_id
    return isinstance(on, _ALL_THAT_FOLLOWS) and (_same_thing(later, on) or _names(later, on))


def _names(later: Fact, on: Fact) -> bool:
    """A step of the ladder names the breach or the notice that it rests on."""
    if not isinstance(later, _OF_THE_LADDER):
        return False
    named: set[str] = set()
    for name in _NAMES_ANOTHER:
        value = getattr(later, name, None)
        # A letter has a subject too, which is words and names nothing.
        named.update(value if isinstance(value, tuple) else {value} if isinstance(value, str) else ())
    return not named.isdisjoint(
        {value for name in ("breach_id", "notice_id") if (value := getattr(on, name, None)) is not None}
    )


def _of_the_practices_side(later: Fact, on: Fact) -> bool:
    """A response rests on what it answers, a challenge on the response it was made in, a decision on its challenge."""
    match later, on:
        case events.PracticeResponseReceived(), events.PracticeTold():
            return later.told_id == on.told_id
        case events.FactualChallengeMade(), events.PracticeResponseReceived():
            return later.response_id == on.response_id
        case events.FactualChallengeDecided(), events.FactualChallengeMade():
            return later.challenge_id == on.challenge_id
    return False


def _same_thing(later: Fact, on: Fact) -> bool:
    return any(
        (value := getattr(on, name, None)) is not None and getattr(later, name, None) == value
        for name in _OF_A_THING
    )
