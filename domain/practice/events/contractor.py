"""Who the contractor is made of, where its practice area is, and reviews of its contract."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import ClassVar

from domain.practice.contract_kinds import ContractorForm
from domain.practice.events.conversation import Participant
from domain.practice.kinds import ReviewKind
from domain.rules import Fact, Sealed


@dataclass(frozen=True, slots=True, kw_only=True)
class ContractorCompositionChanged(Fact):
    """People joined or left the contractor, or it became something else: an individual, a partnership or a company
    (2015 GMS Regulations, Sch. 3 paras 58 and 59). It has effect from `effective_on`.

    `joined` and `left` name people or companies, with their professional number where they have one. `form_before` and
    `form_after` differ, or are both None where it stays what it is. `after_death` says that a partner died, after which
    no notice is due. `review` is what was considered of a split (para. 71), None where that was not called for.
    """

    NAME: ClassVar[str] = "practice.contractor-composition-changed"
    contract_id: str
    joined: tuple[Sealed, ...]
    left: tuple[Sealed, ...]
    form_before: ContractorForm | None
    form_after: ContractorForm | None
    notice_given_on: date | None
    after_death: bool
    review: Sealed | None
    effective_on: date
    occurred_on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class PracticeBoundaryChanged(Fact):
    """The practice area was changed, as the contract was varied to say: `before` is what it was, as far as it is known.

    `consultation` is who was asked about it and what they said. It has effect from `effective_on`.
    """

    NAME: ClassVar[str] = "practice.boundary-changed"
    contract_id: str
    before: Sealed | None
    area: Sealed
    map_reference: Sealed | None
    consultation: Sealed
    variation: Sealed | None
    effective_on: date
    occurred_on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class ContractReviewHeld(Fact):
    """The contract holder reviewed the contract, alone or with the local commissioner: what was looked at and found.

    What was agreed are actions, named in `about_actions`. A finding is a finding: a breach is a fact of its own.
    """

    NAME: ClassVar[str] = "practice.contract-review-held"
    review_id: str
    kind: ReviewKind
    participants: tuple[Participant, ...]
    scope: Sealed
    evidence_seen: Sealed
    findings: Sealed
    about_flags: tuple[str, ...]
    about_actions: tuple[str, ...]
    occurred_on: date


FACTS: tuple[type[Fact], ...] = (ContractorCompositionChanged, PracticeBoundaryChanged, ContractReviewHeld)
