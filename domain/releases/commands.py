"""What may be asked for about a release of published data."""

from __future__ import annotations

from dataclasses import dataclass

from domain.releases.events import Covered, IndicatorJudged, KeptFile, LeftOut
from domain.rules import Command
from domain.text import Line, Reason

NAME_WANTED = "a release's name of letters, digits, dots and hyphens, such as 2016Q1 or 2021-22"


@dataclass(frozen=True, slots=True, kw_only=True)
class Validated:
    """What reading a release's file came to."""

    rows: int
    observations: int
    practices: int
    reported: tuple[tuple[str, int], ...]
    left_out: tuple[LeftOut, ...]
    covers: tuple[Covered, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ReleaseCommand(Command):
    """Something about a release as a whole. Its name is stored as it is: it has no spaces, and so no sentence in it."""

    release: str


@dataclass(frozen=True, slots=True, kw_only=True)
class PublishRelease(ReleaseCommand):
    """Publish a file of numbers that was read through and judged."""

    file_name: Line
    file: KeptFile
    mapping: KeptFile | None
    validated: Validated
    indicators: tuple[IndicatorJudged, ...]
    rule_set_version: int


@dataclass(frozen=True, slots=True, kw_only=True)
class RestateRelease(PublishRelease):
    """Publish another file in the place of a release's own, and say why."""

    reason: Reason


@dataclass(frozen=True, slots=True, kw_only=True)
class WithdrawRelease(ReleaseCommand):
    """Say that a release's numbers stand no more, and why."""

    reason: Reason


@dataclass(frozen=True, slots=True, kw_only=True)
class CompleteFlags(ReleaseCommand):
    """Say that every flag that follows from a release is recorded on its practice."""

    edition: int
    raised: int
    cleared: int
    withdrawn: int
    kept: int
    by_hand: int
    refused: tuple[tuple[str, str], ...]


COMMANDS: dict[str, type[ReleaseCommand]] = {
    one.__name__: one for one in (PublishRelease, RestateRelease, WithdrawRelease, CompleteFlags)
}
