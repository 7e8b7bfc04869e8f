"""Which facts are looked for by their words: what kind each is of, what it is called more closely, and which fields hold them."""

from __future__ import annotations

from typing import Literal, get_args

from domain.practice import events as e
from domain.rules import Fact

Kind = Literal["conversation", "intelligence", "flag", "action", "tier", "contract", "document"]
KINDS: tuple[Kind, ...] = get_args(Kind)
"""What a reader may choose among, beside practices."""

TOLD: dict[type[Fact], tuple[Kind, str, tuple[str, ...]]] = {
    e.ConversationRecorded: ("conversation", "conversation", ("subject", "said")),
    e.EntryAmended: ("conversation", "amendment", ("said", "reason")),
    e.EntryDisputed: ("conversation", "dispute", ("reason",)),
    e.IntelligenceRecorded: ("intelligence", "intelligence", ("summary",)),
    e.FlagRaised: ("flag", "flag", ("note",)),
    e.FlagExplained: ("flag", "explanation", ("words",)),
    e.ActionProposed: ("action", "action", ("issue", "success_measure")),
    e.ActionProgressed: ("action", "progress", ("words",)),
    e.ExpectationSet: ("action", "expectation", ("words",)),
    e.ExpectationAnswered: ("action", "answer", ("words",)),
    e.TierProposed: ("tier", "proposal", ("rationale",)),
    e.TierDecided: (
        "tier", "decision",
        ("rationale", "asked_for", "outcome", "consulted", "no_view_because", "answered", "not_waited_because",
         "differs_because", "de_escalation", "immediate_safety", "over_dispute"),
    ),
    e.TierViewStated: ("tier", "view of the tier", ("words",)),
    e.OverrideGiven: ("tier", "override", ("reason",)),
    e.DissentRecorded: ("tier", "dissent", ("words",)),
    e.DecisionReaffirmed: ("tier", "re-affirming of a decision", ("reason",)),
    e.ThreadsJoined: ("conversation", "joining", ("reason",)),
    e.ThreadsParted: ("conversation", "parting", ("reason",)),
    e.LetterWritten: ("conversation", "letter", ("subject", "text")),
    e.PracticeTold: ("conversation", "what the practice was told", ("told",)),
    e.PracticeResponseReceived: ("conversation", "response of the practice", ("points",)),
    e.FactualChallengeMade: ("conversation", "challenge", ("wrong", "instead")),
    e.FactualChallengeDecided: ("conversation", "decision on a challenge", ("reason",)),
    e.QualitySurveillanceGroupReferred: ("conversation", "referral", ("group", "reason")),
    e.ContractReviewHeld: ("conversation", "review of the contract", ("scope", "evidence_seen", "findings")),
    e.BreachIdentified: ("contract", "breach", ("provision", "provision_words", "what", "remediable_because")),
    e.BreachHandledInformally: ("contract", "breach handled informally", ("reason", "instead")),
    e.LocalResolutionAttempted: ("contract", "attempt to settle", ("took_part", "words")),
    e.RemedialNoticeDrafted: ("contract", "remedial notice", ("provision", "steps", "withholds", "shorter_words", "reasons")),
    e.BreachNoticeDrafted: ("contract", "breach notice", ("provision", "withholds", "reasons")),
    e.SanctionProposed: (
        "contract", "sanction",
        ("provision", "obligations", "sum_withheld", "effect", "cumulative_effect", "shorter_words", "reasons"),
    ),
    e.TerminationNoticeDrafted: (
        "contract", "termination notice",
        ("provision", "clause", "patients", "cumulative_effect", "shorter_words", "reasons"),
    ),
    e.NoticeIssued: (
        "contract", "issue of a notice",
        ("answered", "not_waited_because", "not_consulted_because", "proportionality"),
    ),
    e.NoticeSatisfied: ("contract", "notice satisfied", ("reason",)),
    e.NoticeNotSatisfied: ("contract", "notice not satisfied", ("reason",)),
    e.NoticeWithdrawn: ("contract", "notice withdrawn", ("reason",)),
    e.SanctionImposed: ("contract", "sanction imposed", ("despite_words",)),
    e.SanctionLifted: ("contract", "sanction lifted", ("reason",)),
    e.ContractorSuspended: ("contract", "suspension", ("cover",)),
    e.ContractorNoticeGiven: ("contract", "contractor’s notice", ("reason",)),
    e.ContractorNoticeWithdrawn: ("contract", "contractor’s notice withdrawn", ("reason",)),
    e.ContractTerminated: ("contract", "end of a contract", ("reason", "patients", "despite_words")),
    e.DisputeReferred: ("contract", "dispute over a step", ("reference", "words")),
    e.DisputeDetermined: ("contract", "dispute determined", ("words",)),
    e.DisputeWithdrawn: ("contract", "dispute withdrawn", ("reason",)),
    e.DocumentAttached: ("document", "document", ("title", "file_name")),
}  # fmt: skip
"""The facts that are told in words: their kind, what each is called more closely, and the fields that are sought."""
