"""What is decided about a practice, and what waits for a decision: tiers, proposals, requests for correction."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any, NamedTuple

from sqlalchemy import Column, Connection, Date, Integer, Table, Text, select

from domain.practice.events import (
    CorrectionRequested,
    TierDecided,
    TierProposalDeclined,
    TierProposed,
)
from domain.practice.kinds import CorrectionKind, Tier
from domain.rules import Recorded
from projections.questions import Question, asked
from projections.readers import Reader, seen
from projections.reviews import TABLE as REVIEW
from projections.reviews import rows as looked_at_again
from projections.story import PracticeStory
from projections.tables import ReadModel, Row, Sorted, made_of, view_table, words_or_erased

DECISION = view_table(
    "decision",
    "code",
    Column("version", Integer, autoincrement=False),
    Column("decision_id", Text, nullable=False),
    Column("proposal_version", Integer),
    Column("proposed_by", Text),
    Column("before", Text, nullable=False),
    Column("tier", Text, nullable=False),
    Column("decided_on", Date, nullable=False),
    Column("decided_by", Text, nullable=False),
    Column("decided_for", Text),
    Column("effective_on", Date, nullable=False),
    Column("review_on", Date),
    # None for what was decided while no rules were in force.
    Column("recommended", Text),
    Column("inputs", Text, nullable=False),
    Column("rationale", Text, nullable=False),
)

PROPOSAL = view_table(
    "proposal",
    "code",
    Column("proposal_id", Sorted),
    Column("version", Integer, nullable=False),
    Column("before", Text, nullable=False),
    Column("tier", Text, nullable=False),
    Column("proposed_on", Date, nullable=False),
    Column("proposed_by", Text, nullable=False),
    Column("proposed_for", Text),
    Column("effective_on", Date, nullable=False),
    Column("review_on", Date),
    Column("inputs", Text, nullable=False),
    Column("rationale", Text, nullable=False),
    Column("status", Text, nullable=False),
    Column("answered_version", Integer),
    indexes=(("status",),),
)

REQUEST = view_table(
    "correction_request",
    "code",
    Column("request_id", Sorted),
    Column("version", Integer, nullable=False),
    Column("about_version", Integer, nullable=False),
    Column("about_name", Text),
    Column("kind", Text, nullable=False),
    Column("reason", Text, nullable=False),
    Column("requested_on", Date, nullable=False),
    Column("requested_by", Text, nullable=False),
    Column("requested_for", Text),
    Column("status", Text, nullable=False),
    Column("internal_to", Text),
    Column("restricted_to", Text),
    indexes=(("status",),),
)


class DecisionRow(NamedTuple):
    """A decision of the tier. `inputs` cite the facts it rests on."""

    code: str
    version: int
    decision_id: str
    proposal_version: int | None
    proposed_by: str | None
    before: Tier
    tier: Tier
    decided_on: date
    decided_by: str
    decided_for: str | None
    effective_on: date
    review_on: date | None
    inputs: tuple[str, ...]
    rationale: str


class ProposalRow(NamedTuple):
    """A proposal of a tier. `status` is open, declined or decided; `answered_version` is the fact that answered it."""

    code: str
    proposal_id: str
    version: int
    before: Tier
    tier: Tier
    proposed_on: date
    proposed_by: str
    proposed_for: str | None
    effective_on: date
    review_on: date | None
    inputs: tuple[str, ...]
    rationale: str
    status: str
    answered_version: int | None


class RequestRow(NamedTuple):
    """A request to correct or withdraw the fact at `about_version`. `status` is open, authorised or declined."""

    code: str
    request_id: str
    version: int
    about_version: int
    about_name: str | None
    kind: CorrectionKind
    reason: str
    requested_on: date
    requested_by: str
    requested_for: str | None
    status: str


def rows(story: PracticeStory) -> Iterator[Row]:
    answered: dict[str, int] = {}
    answers: list[tuple[Recorded, Any]] = [*story.facts(TierDecided), *story.facts(TierProposalDeclined)]
    for entry, answer in answers:
        if answer.proposal_id:
            answered[answer.proposal_id] = entry.version
    for entry, decided in story.facts(TierDecided):
        yield _decided(story, entry, decided)
    for entry, proposed in story.facts(TierProposed):
        yield _proposed(story, entry, proposed, answered.get(proposed.proposal_id))
    for entry, requested in story.facts(CorrectionRequested):
        yield _requested(story, entry, requested)
    yield from looked_at_again(story)


def _decided(story: PracticeStory, entry: Recorded, fact: TierDecided) -> Row:
    proposal = story.practice.proposals.get(fact.proposal_id) if fact.proposal_id else None
    plain = {
        "decision_id": fact.decision_id,
        "proposal_version": proposal and proposal.version,
        "proposed_by": proposal and proposal.proposed_by,
        "before": fact.before.value,
        "tier": fact.tier.value,
        "decided_on": fact.occurred_on.isoformat(),
        "decided_by": entry.person,
        "decided_for": entry.organisation,
        "effective_on": fact.effective_on.isoformat(),
        "review_on": fact.review_on and fact.review_on.isoformat(),
        "inputs": " ".join(fact.inputs),
        "recommended": fact.recommended and fact.recommended.value,
    }
    return _with_words(story, DECISION, entry.version, entry.version, plain, "rationale", fact)


def _proposed(story: PracticeStory, entry: Recorded, fact: TierProposed, answered: int | None) -> Row:
    plain = {
        "version": entry.version,
        "before": fact.before.value,
        "tier": fact.tier.value,
        "proposed_on": fact.occurred_on.isoformat(),
        "proposed_by": entry.person,
        "proposed_for": entry.organisation,
        "effective_on": fact.effective_on.isoformat(),
        "review_on": fact.review_on and fact.review_on.isoformat(),
        "inputs": " ".join(fact.inputs),
        "status": story.practice.proposals[fact.proposal_id].status,
        "answered_version": answered,
    }
    return _with_words(story, PROPOSAL, fact.proposal_id, entry.version, plain, "rationale", fact)


def _requested(story: PracticeStory, entry: Recorded, fact: CorrectionRequested) -> Row:
    recorded = story.practice.recorded(fact.version)
    about = recorded.fact if recorded else None
    plain = {
        "version": entry.version,
        "about_version": fact.version,
        "about_name": about and about.NAME,
        "kind": fact.kind.value,
        "requested_on": fact.occurred_on.isoformat(),
        "requested_by": entry.person,
        "requested_for": entry.organisation,
        "status": story.practice.requests[fact.request_id].status,
        "internal_to": story.internal_to(entry.version),
        "restricted_to": story.restricted_to(entry.version),
    }
    return _with_words(story, REQUEST, fact.request_id, entry.version, plain, "reason", fact)


def _with_words(
    story: PracticeStory,
    table: Table,
    key: str | int,
    version: int,
    plain: dict[str, Any],
    words: str,
    fact: Any,
) -> Row:
    def values() -> dict[str, Any]:
        return {**plain, words: words_or_erased(getattr(fact, words))}

    return Row(table, key, made_of(plain, story.mark(version)), values)


MODEL = ReadModel("decisions", "practice", (DECISION, PROPOSAL, REQUEST, REVIEW), rows)


def _newest_first(table: Table) -> Question:
    return Question(select(table).where(table.c.code == asked("code")).order_by(table.c.version.desc()))


DECISIONS, PROPOSALS = map(_newest_first, (DECISION, PROPOSAL))
R = REQUEST.c
REQUESTS = Question(
    select(REQUEST)
    .where(R.code == asked("code"), seen(R.internal_to), seen(R.restricted_to))
    .order_by(R.version.desc())
)


def of_practice(reading: Connection, code: str) -> list[DecisionRow]:
    """Every decision of a practice's tier, newest first."""
    return [_decision_row(row) for row in DECISIONS.of(reading, code=code)]


def proposals_of(reading: Connection, code: str, status: str | None = "open") -> list[ProposalRow]:
    """A practice's tier proposals with this status, or all (None), newest first."""
    found = PROPOSALS.of(reading, code=code)
    return [proposal_row(row) for row in found if status in {None, row.status}]


def requests_of(reading: Connection, code: str, by: Reader, status: str | None = "open") -> list[RequestRow]:
    """A practice's requests for correction with this status, or all (None), that this reader may read, newest first."""
    found = REQUESTS.of(reading, code=code, **by.given())
    return [request_row(row) for row in found if status in {None, row.status}]


def _decision_row(row: Any) -> DecisionRow:
    values = {name: getattr(row, name) for name in DecisionRow._fields}
    return DecisionRow(
        **values | {"before": Tier(row.before), "tier": Tier(row.tier), "inputs": tuple(row.inputs.split())}
    )


def proposal_row(row: Any) -> ProposalRow:
    """A proposal from a row that has the table's columns."""
    values = {name: getattr(row, name) for name in ProposalRow._fields}
    return ProposalRow(
        **values | {"before": Tier(row.before), "tier": Tier(row.tier), "inputs": tuple(row.inputs.split())}
    )


def request_row(row: Any) -> RequestRow:
    """A request from a row that has the table's columns."""
    values = {name: getattr(row, name) for name in RequestRow._fields}
    return RequestRow(**values | {"kind": CorrectionKind(row.kind)})
