"""Releases: a file of published numbers was received, validated, published, restated or withdrawn, and flags followed.

The numbers themselves are in the file, which is kept whole in the store of documents.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import ClassVar

from domain.rules import Fact, Sealed


@dataclass(frozen=True, slots=True, kw_only=True)
class KeptFile:
    """A file as it is kept: its digest as given, its size, under which digest it lies, and what opens it there.

    `content_id` is what its bytes are bound to in the store.
    """

    content_id: str
    sha256: str
    size: int
    kept_as: str
    opens_with: Sealed


@dataclass(frozen=True, slots=True, kw_only=True)
class LeftOut:
    """A practice that is in the file and was not taken in. `from_on` is since when, where it closed."""

    code: str
    kind: str
    from_on: date | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Covered:
    """What a release has of one indicator: the version of its definition, its periods, and how many observations."""

    indicator: str
    version: int
    periods: tuple[str, ...]
    observations: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Beyond:
    """How many practices are beyond a pair of limits: before and after over-dispersion is taken into account, and of
    each how many on the adverse side. `by_chance` is how many adverse ones chance alone would give.
    """

    unadjusted: int
    adjusted: int
    adverse_unadjusted: int
    adverse_adjusted: int
    by_chance: float


@dataclass(frozen=True, slots=True, kw_only=True)
class IndicatorJudged:
    """What was found of one indicator in the last of the release's periods. Unless that is the `newest` of all that were
    published, it flags nothing.

    `signals` are to become flags. What would have been one and is not was `explained` beforehand (a merger), of numbers
    too `small`, or `passing` (an alert for the first time). `favourable` variation is counted and never flagged.
    """

    indicator: str
    version: int
    period: str
    newest: bool
    practices: int
    comparator: float | None
    phi: float | None
    tau2: float | None
    beyond_alert: Beyond
    beyond_alarm: Beyond
    signals: int
    explained: int
    small: int
    passing: int
    favourable: int
    method: str | None
    method_version: str | None
    parameters: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ReleaseReceived(Fact):
    """A file of published numbers was received. `edition` counts from 1; a restatement is the next.

    `mapping` says which of its columns hold what, where it is not written in Casebook's own columns.
    """

    NAME: ClassVar[str] = "release.received"
    release: str
    edition: int
    file_name: Sealed
    file: KeptFile
    mapping: KeptFile | None
    occurred_on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class ReleaseValidated(Fact):
    """The file was read through. `reported` are kinds of what was reported, and how many of each."""

    NAME: ClassVar[str] = "release.validated"
    release: str
    edition: int
    rows: int
    observations: int
    practices: int
    reported: tuple[tuple[str, int], ...]
    left_out: tuple[LeftOut, ...]
    covers: tuple[Covered, ...]
    occurred_on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class ReleasePublished(Fact):
    """The release's numbers stand from now on, with what was found of each indicator under a version of the rules."""

    NAME: ClassVar[str] = "release.published"
    release: str
    edition: int
    indicators: tuple[IndicatorJudged, ...]
    rule_set_version: int
    occurred_on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class ReleaseFlagged(Fact):
    """Every flag that followed is recorded on its practice. Before this fact the work is not done, and is run again.

    `after` is what they followed from: `published`, `restated` or `withdrawn`. `kept` flags stood as they were;
    `by_hand` signals have an open flag already that somebody raised. `refused` are practices that took no flag, each
    with the rule.
    """

    NAME: ClassVar[str] = "release.flagged"
    release: str
    edition: int
    after: str
    raised: int
    cleared: int
    withdrawn: int
    kept: int
    by_hand: int
    refused: tuple[tuple[str, str], ...]
    occurred_on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class ReleaseRestated(Fact):
    """The release is published anew from another file, `edition`, in place of the one whose digest was `replaces`."""

    NAME: ClassVar[str] = "release.restated"
    release: str
    edition: int
    replaces: str
    reason: Sealed
    occurred_on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class ReleaseWithdrawn(Fact):
    """The release's numbers stand no more."""

    NAME: ClassVar[str] = "release.withdrawn"
    release: str
    edition: int
    reason: Sealed
    occurred_on: date


FACTS: tuple[type[Fact], ...] = (
    ReleaseReceived,
    ReleaseValidated,
    ReleasePublished,
    ReleaseFlagged,
    ReleaseRestated,
    ReleaseWithdrawn,
)
