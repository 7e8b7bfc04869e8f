"""A practice's list closed to new patients for a time, and branches that are closed."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import ClassVar

from domain.rules import Fact, Sealed


@dataclass(frozen=True, slots=True, kw_only=True)
class ListClosureAppliedFor(Fact):
    """The contractor applied to close its list (2015 GMS Regulations, Sch. 3 para. 33). `occurred_on` is the day that the
    application was received.

    It says what else was considered and with what success, what was said with patients and with neighbouring
    practices, for how many months it is to be closed, what support is sought, and how it means to open again.
    `changed_circumstances` is why it may be asked for again so soon after a refusal.
    """

    NAME: ClassVar[str] = "practice.list-closure-applied-for"
    application_id: str
    options: Sealed
    patients: Sealed
    neighbours: Sealed
    months: int
    support: Sealed | None
    plans: Sealed
    changed_circumstances: Sealed | None
    occurred_on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class ListClosureApproved(Fact):
    """The contract holder approved it by a closure notice (para. 34): the list closes on `closes_on` and is open again
    from `reopens_on`. `committee_told_on` is the day on which the local committee was sent a copy.
    """

    NAME: ClassVar[str] = "practice.list-closure-approved"
    application_id: str
    closes_on: date
    reopens_on: date
    reference: Sealed | None
    reason: Sealed
    committee_told_on: date | None
    occurred_on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class ListClosureRefused(Fact):
    """The contract holder refused it, with reasons (para. 35). It is not asked for again up to `barred_until`, unless
    circumstances have changed.
    """

    NAME: ClassVar[str] = "practice.list-closure-refused"
    application_id: str
    reason: Sealed
    barred_until: date
    committee_told_on: date | None
    occurred_on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class ListClosureExtended(Fact):
    """The contract holder let the list stay closed longer (para. 36): it is open again from `reopens_on`, and not from
    `before`. `asked_on` is the day on which the contractor applied for it.
    """

    NAME: ClassVar[str] = "practice.list-closure-extended"
    application_id: str
    asked_on: date
    before: date
    reopens_on: date
    reason: Sealed
    occurred_on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class ListReopened(Fact):
    """The list opened before its closure was over, as both agreed (para. 37). It is open from `occurred_on`."""

    NAME: ClassVar[str] = "practice.list-reopened"
    application_id: str
    reason: Sealed
    occurred_on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class BranchClosureAppliedFor(Fact):
    """The contractor asked to close a branch, and why. `site_code` is its ODS code where it has one.

    `public_involvement` is how patients and the public were involved: it may come later, but before a decision for it.
    `closes_on` is the day that the contractor would like.
    """

    NAME: ClassVar[str] = "practice.branch-closure-applied-for"
    branch_id: str
    site_name: Sealed
    site_code: str | None
    reason: Sealed
    public_involvement: Sealed | None
    closes_on: date | None
    occurred_on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class BranchClosureApproved(Fact):
    """The contract holder let the branch close after `closes_on`, with reasons, having regard to the public's view."""

    NAME: ClassVar[str] = "practice.branch-closure-approved"
    branch_id: str
    public_involvement: Sealed | None
    reason: Sealed
    closes_on: date
    occurred_on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class BranchClosureRefused(Fact):
    """The contract holder did not let the branch close, with reasons."""

    NAME: ClassVar[str] = "practice.branch-closure-refused"
    branch_id: str
    reason: Sealed
    occurred_on: date


FACTS: tuple[type[Fact], ...] = (
    ListClosureAppliedFor,
    ListClosureApproved,
    ListClosureRefused,
    ListClosureExtended,
    ListReopened,
    BranchClosureAppliedFor,
    BranchClosureApproved,
    BranchClosureRefused,
)
