"""What the rules look at. `replay` builds it afresh from the facts; nothing else changes it."""

from __future__ import annotations

from bisect import bisect_left
from dataclasses import dataclass, field
from datetime import date
from operator import attrgetter
from typing import NamedTuple

from domain.framework.parts import Framework
from domain.indicators.definitions import Definition
from domain.practice.changes_state import BranchClosure, ListClosure, Merger
from domain.practice.contract_state import (
    Breach,
    Declaration,
    Dispute,
    Inspection,
    Notice,
    RegulatoryAction,
    Sanction,
    Suspension,
    Termination,
)
from domain.practice.events import CorrectedField, TierRecommended
from domain.practice.expectation_state import Expectation
from domain.practice.heard_state import Challenge, Referral, Response, Told
from domain.practice.kinds import (
    ActionKind,
    ContractorKind,
    ContractType,
    CorrectionKind,
    Direction,
    ExplanationCategory,
    FlagKind,
    IndicatorDomain,
    IntelligenceSource,
    Level,
    PracticeAnswer,
    Side,
    Tier,
    Visibility,
    VisitStage,
)
from domain.releases.publications import Publications
from domain.rules import Recorded, Sealed

__all__ = [
    "Action",
    "Contract",
    "Details",
    "Flag",
    "Intelligence",
    "Practice",
    "Proposal",
    "Request",
]


@dataclass(slots=True)
class Details:
    name: Sealed
    address: Sealed | None
    postcode: str | None
    telephone: Sealed | None
    list_size: int | None


@dataclass(slots=True)
class Responsibility:
    from_on: date
    contract_holder: str
    local_commissioner: str | None
    region: str | None


@dataclass(slots=True)
class Contract:
    contract_id: str
    reference: Sealed
    contract_type: ContractType
    starts_on: date
    ends_on: date | None
    varied_on: date | None = None
    area: Sealed | None = None


@dataclass(slots=True)
class Provider:
    """Whom the practice's contract is with from a day on; `version` is the fact that says so."""

    from_on: date
    name: Sealed
    code: str | None
    version: int


@dataclass(slots=True)
class Flag:
    flag_id: str
    indicator: str
    name: str
    domain: IndicatorDomain
    kind: FlagKind
    direction: Direction
    level: Level
    raised_on: date
    version: int
    status: str = "open"
    open_since: date | None = None
    ended_on: date | None = None
    reopened: int | None = None
    explanations: list[ExplanationCategory] = field(default_factory=list)

    @property
    def open(self) -> bool:
        return self.status == "open"


@dataclass(slots=True)
class Explanation:
    """Of a flag. `status` is waiting, accepted or not accepted; `answer` is the fact by which it was answered."""

    explanation_id: str
    flag_id: str
    category: ExplanationCategory
    given_by: Side
    explained_by: str
    explained_on: date
    version: int
    status: str = "waiting"
    answered_by: str | None = None
    answered_on: date | None = None
    answer: int | None = None

    def explains(self, flag: Flag) -> bool:
        """Whether it was accepted for a flag since that was last reopened: what is asked anew is explained anew."""
        accepted = self.flag_id == flag.flag_id and self.status == "accepted"
        return accepted and (self.answer or 0) > (flag.reopened or 0)


@dataclass(slots=True)
class Intelligence:
    intelligence_id: str
    source: IntelligenceSource
    recorded_by: str
    recorded_on: date
    version: int
    immediate_safety_risk: bool
    status: str = "unverified"
    verified: int | None = None


@dataclass(slots=True)
class Action:
    """`status` is proposed, agreed, completed, accepted or cancelled; `agreed_by` is side to person.

    `agreements` is side to the organisation that agreed and the day; `open_since` is the day it was proposed, or
    last sent back or reopened. `not_done` is the fact that cancelled it as not done. `out_of_turn` says that it reads
    as completed without having been agreed, which no command allows and no correction may bring about.
    """

    action_id: str
    kind: ActionKind
    issue: Sealed
    owner: Side
    due_on: date
    first_due_on: date
    plan_id: Sealed | None
    version: int
    proposed_on: date
    about_flags: tuple[str, ...]
    open_since: date
    status: str = "proposed"
    moved: int = 0
    agreed_by: dict[Side, str] = field(default_factory=dict)
    agreements: dict[Side, tuple[str, date]] = field(default_factory=dict)
    out_of_turn: bool = False
    answer: PracticeAnswer | None = None
    completed_by: str | None = None
    completed_on: date | None = None
    ended_on: date | None = None
    not_done: int | None = None
    stages: dict[VisitStage, date] = field(default_factory=dict)
    visit_on: date | None = None

    @property
    def open(self) -> bool:
        return self.status in {"proposed", "agreed"}

    @property
    def ended(self) -> bool:
        return self.status in {"accepted", "cancelled"}


@dataclass(slots=True)
class Proposal:
    proposal_id: str
    tier: Tier
    proposed_by: str
    proposed_on: date
    version: int
    status: str = "open"


@dataclass(slots=True)
class Decision:
    """`immediate_safety` says that a shared conversation was not waited for; `override` is the fact that it rests on."""

    decision_id: str
    tier: Tier
    effective_on: date
    decided_on: date
    decided_by: str
    version: int
    rationale: Sealed
    review_on: date | None
    immediate_safety: bool = False
    override: int | None = None


@dataclass(slots=True)
class View:
    """Which tier the local commissioner said it would choose, by the fact that says so."""

    organisation: str
    tier: Tier
    stated_on: date
    version: int


@dataclass(slots=True)
class Override:
    """The medical or quality lead's leave to move to cause for concern; `used` is the decision that rests on it."""

    override_id: str
    given_by: str
    given_on: date
    version: int
    used: int | None = None


@dataclass(slots=True)
class Dissent:
    """An organisation's disagreement with a decision."""

    decision_id: str
    side: Side
    organisation: str
    version: int


@dataclass(slots=True)
class Review:
    """A decision that is to be re-affirmed or revised. `status` is open, reaffirmed, revised, overtaken by one that was asked
    for more, or lapsed, where nothing of what it was asked for is left; `arrived` are the entries that it was asked for, and
    `corrector` alone recorded them, or asked for them to be recorded: empty where several people did. `given_to` is whose it is, None where any manager of the contract holder's is asked.
    """

    asking_id: str
    decision_id: str
    arrived: tuple[int, ...]
    corrector: str
    given_to: str | None
    asked_on: date
    version: int
    status: str = "open"
    answer: int | None = None


@dataclass(slots=True)
class Request:
    request_id: str
    version: int
    kind: CorrectionKind
    fields: tuple[CorrectedField, ...]
    reason: Sealed
    requested_by: str
    requested_on: date
    status: str = "open"


class Closure(NamedTuple):
    """Why a fact is not seen by all: the entry it belongs to, by version, and whose and how closed that entry is."""

    entry: int
    visibility: Visibility
    organisation: str | None


@dataclass(slots=True)
class Access:
    """Leave to read one restricted entry. `status` is asked, granted or declined; or emergency, then justified or not
    justified. `entry` and `version` are those of the entry, and of the fact that asked or was taken.
    """

    access_id: str
    entry: int
    person: str
    organisation: str | None
    asked_on: date
    version: int
    reason: Sealed
    status: str = "asked"
    until_on: date | None = None
    review_by: date | None = None


@dataclass(slots=True)
class AgreedRecord:
    """Where an entry stands between both organisations. `state` is proposed, amended, agreed or disputed.

    The text that stands is in the fact at `text_version` (the entry, an amendment or a correction), written by the side
    `text_by`; `texts` are all later ones; `answered` says that the other side ever answered. `digest` is what an agreement names, `answer_version` the fact that agreed
    or disputed.
    """

    entry: int
    text_version: int
    text_by: Side
    text: Sealed
    text_on: date
    state: str = "proposed"
    texts: list[int] = field(default_factory=list)
    answered: bool = False
    answered_by: Side | None = None
    answer_version: int | None = None
    digest: str | None = None


@dataclass(slots=True)
class Position:
    """Where an organisation says it stands on a concern."""

    organisation: str
    words: Sealed
    version: int
    stated_on: date


@dataclass(slots=True)
class Join:
    """A side's joining of the other's thread on a concern; `parted_version` is the fact that undid it, if any did."""

    join_id: str
    concern: str
    entries: tuple[int, ...]
    side: Side
    organisation: str
    joined_on: date
    joined_by: str
    version: int
    avoided_contact: bool
    reason: Sealed | None
    parted_version: int | None = None
    parted_by: Side | None = None

    @property
    def stands(self) -> bool:
        return self.parted_version is None


@dataclass(slots=True)
class Episode:
    """What was open about the practice at a time. `concerns` are its flags and intelligence: the day and the entry of
    each. `after` is the day on which the episode before it was closed; `seen_with` is the closing's `concern`.
    """

    after: date | None
    concerns: dict[str, tuple[date, int]] = field(default_factory=dict)
    closed_on: date | None = None
    closed_version: int | None = None
    closing_id: str | None = None
    seen_with: str | None = None
    reopened_on: date | None = None

    @property
    def first(self) -> str:
        """The concern that it began with."""
        return min(self.concerns, key=self.concerns.__getitem__)

    @property
    def opened_on(self) -> date:
        """The day of its first concern, but never before the episode before it was closed."""
        on = self.concerns[self.first][0]
        return max(on, self.after) if self.after else on


@dataclass(slots=True)
class Practice:
    """One practice as its standing facts tell it. Ids map to things in the order they were first recorded.

    `closed` are the facts that not everybody sees, by version; `let_in` is who may read a restricted entry, until when.
    `threads` are the entries on each concern that both organisations see, by the side whose thread they are in.
    `indicator` is no fact's: it is handed in with a command that names one, as it is defined on the command's day.
    Nor is `published`, which periods of each indicator were published, and when: the framework's rules look at it.
    Nor is `opened`, the entries that whoever decides the tier has opened: None where that is not known.
    """

    code: str = ""
    version: int = 0
    kind: ContractorKind = ContractorKind.GENERAL_PRACTICE
    details: Details | None = None
    registered_on: date | None = None
    opened_on: date | None = None
    closed_on: date | None = None
    responsibilities: list[Responsibility] = field(default_factory=list)
    caseworker: str | None = None
    contracts: dict[str, Contract] = field(default_factory=dict)
    providers: list[Provider] = field(default_factory=list)
    breaches: dict[str, Breach] = field(default_factory=dict)
    notices: dict[str, Notice] = field(default_factory=dict)
    sanctions: dict[str, Sanction] = field(default_factory=dict)
    suspensions: dict[str, Suspension] = field(default_factory=dict)
    terminations: dict[str, Termination] = field(default_factory=dict)
    disputes: dict[str, Dispute] = field(default_factory=dict)
    declarations: dict[str, Declaration] = field(default_factory=dict)
    inspections: dict[str, Inspection] = field(default_factory=dict)
    regulatory_actions: dict[str, RegulatoryAction] = field(default_factory=dict)
    list_closures: dict[str, ListClosure] = field(default_factory=dict)
    branch_closures: dict[str, BranchClosure] = field(default_factory=dict)
    mergers: dict[str, Merger] = field(default_factory=dict)
    flags: dict[str, Flag] = field(default_factory=dict)
    explanations: dict[str, Explanation] = field(default_factory=dict)
    entries: dict[str, int] = field(default_factory=dict)
    documents: dict[str, int] = field(default_factory=dict)
    last_contact_on: date | None = None
    intelligence: dict[str, Intelligence] = field(default_factory=dict)
    actions: dict[str, Action] = field(default_factory=dict)
    proposals: dict[str, Proposal] = field(default_factory=dict)
    decisions: list[Decision] = field(default_factory=list)
    recommended: TierRecommended | None = None
    views: list[View] = field(default_factory=list)
    overrides: dict[str, Override] = field(default_factory=dict)
    dissents: dict[str, Dissent] = field(default_factory=dict)
    requests: dict[str, Request] = field(default_factory=dict)
    reviews: dict[str, Review] = field(default_factory=dict)
    records: dict[int, AgreedRecord] = field(default_factory=dict)
    expectations: dict[str, Expectation] = field(default_factory=dict)
    positions: dict[str, dict[Side, Position]] = field(default_factory=dict)
    threads: dict[str, dict[Side, list[int]]] = field(default_factory=dict)
    joins: dict[str, Join] = field(default_factory=dict)
    episodes: list[Episode] = field(default_factory=list)
    told: dict[str, Told] = field(default_factory=dict)
    responses: dict[str, Response] = field(default_factory=dict)
    challenges: dict[str, Challenge] = field(default_factory=dict)
    referrals: dict[str, Referral] = field(default_factory=dict)
    access: dict[str, Access] = field(default_factory=dict)
    let_in: dict[int, dict[str, date]] = field(default_factory=dict)
    closed: dict[int, Closure] = field(default_factory=dict)
    history: list[Recorded] = field(default_factory=list)
    standing: dict[int, Recorded] = field(default_factory=dict)
    indicator: Definition | None = None
    published: Publications | None = None
    framework: Framework | None = None
    opened: frozenset[int] | None = None

    @property
    def closings(self) -> dict[str, Episode]:
        """The episodes that are closed, by the ids of their closings."""
        return {one.closing_id: one for one in self.episodes if one.closing_id is not None}

    @property
    def registered(self) -> bool:
        return self.details is not None

    def recorded(self, version: int) -> Recorded | None:
        """The fact of a version as it was recorded, withdrawn since or not; None where there is none to be seen."""
        at = bisect_left(self.history, version, key=attrgetter("version"))
        return self.history[at] if at < len(self.history) and self.history[at].version == version else None

    def responsible_on(self, day: date) -> Responsibility | None:
        """Who answers for the practice on a day: the assignment last recorded among those in effect by then."""
        found = None
        for responsibility in self.responsibilities:
            if responsibility.from_on <= day:
                found = responsibility
        return found

    def decision_on(self, day: date) -> Decision | None:
        """The decision in effect on a day: the one last recorded among those effective by then."""
        in_effect = self.decisions_in_effect(day)
        return in_effect[-1] if in_effect else None

    def decisions_in_effect(self, day: date) -> list[Decision]:
        """The decisions that took effect by a day, in their order: one that a later one replaced before its own day, or
        on it, never did.
        """
        found: list[Decision] = []
        for decision in self.decisions:
            if decision.effective_on <= day:
                while found and found[-1].effective_on >= decision.effective_on:
                    found.pop()
                found.append(decision)
        return found

    def tier_on(self, day: date) -> Tier:
        """The tier on a day. Assurance based is where every practice starts, before anyone has looked."""
        decision = self.decision_on(day)
        return decision.tier if decision else Tier.ASSURANCE_BASED
