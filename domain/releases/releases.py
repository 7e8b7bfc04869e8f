"""Which releases may be published, restated and withdrawn, and what of them is not done yet."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from domain.access.permissions import check as permitted
from domain.releases.commands import (
    NAME_WANTED,
    CompleteFlags,
    PublishRelease,
    ReleaseCommand,
    RestateRelease,
    WithdrawRelease,
)
from domain.releases.events import (
    Covered,
    ReleaseFlagged,
    ReleasePublished,
    ReleaseReceived,
    ReleaseRestated,
    ReleaseValidated,
    ReleaseWithdrawn,
)
from domain.rules import Asked, Fact, Recorded, RuleBroken, Sealed, refuse_unless
from domain.text import check_command

_NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,39}")
PUBLISHED, RESTATED, WITHDRAWN = "published", "restated", "withdrawn"


@dataclass(slots=True)
class Release:
    """A release as its facts tell it. `changed` is what last changed its numbers: `flagged` says that flags followed."""

    received: ReleaseReceived | None = None
    validated: ReleaseValidated | None = None
    before: tuple[Covered, ...] = ()
    """What the edition before covered."""
    published: ReleasePublished | None = None
    published_for: str | None = None
    """The organisation for which it was first published; none where the operator did."""
    position: int = 0
    """Where in the record it was last published: of two releases that have one number, the later stands."""
    changed: Recorded | None = None
    after: str = ""
    reason: Sealed | None = None
    flagged: ReleaseFlagged | None = None

    @property
    def known(self) -> bool:
        return self.received is not None

    @property
    def stands(self) -> bool:
        return self.known and self.after != WITHDRAWN

    @property
    def edition(self) -> int:
        return self.received.edition if self.received else 0

    def is_of(self, sha256: str, mapping_sha256: str | None) -> bool:
        """Whether it was published from this file, read by this mapping."""
        if self.received is None:
            return False
        mapping = self.received.mapping
        return self.received.file.sha256 == sha256 and (mapping and mapping.sha256) == mapping_sha256


def replay(history: Iterable[Recorded]) -> Release:
    release = Release()
    for entry in history:
        match entry.fact:
            case ReleaseReceived() as fact:
                release.received = fact
            case ReleaseValidated() as fact:
                release.before = release.validated.covers if release.validated else ()
                release.validated = fact
            case ReleasePublished() as fact:
                first = release.after == ""
                release.published_for = entry.organisation if first else release.published_for
                release.published, release.position, release.changed = fact, entry.position, entry
                release.flagged = None
                release.after = PUBLISHED if first else RESTATED
            case ReleaseRestated() as fact:
                release.reason = fact.reason
            case ReleaseWithdrawn() as fact:
                release.after, release.changed, release.flagged = WITHDRAWN, entry, None
                release.reason = fact.reason
            case ReleaseFlagged() as fact:
                release.flagged = fact
            case _:
                pass
    return release


def check(asked: Asked, command: ReleaseCommand, release: Release) -> None:
    permitted(asked, command)
    if isinstance(command, RestateRelease | WithdrawRelease):
        may_be_changed_by(release, asked)


def may_be_changed_by(release: Release, asked: Asked) -> None:
    """A release flags practices of every area: whoever published it changes it, or the operator, and no other area."""
    refuse_unless(
        not release.known or asked.role == "operator" or release.published_for in asked.own,
        "a-release-is-changed-by-who-published-it",
        "Another organisation published this release: ask it, or the operator, to change it",
    )


def may_be_published(release: Release, sha256: str, mapping_sha256: str | None) -> None:
    """A name is of one release: another file under it is a restatement."""
    if not release.known:
        return
    if not release.stands:
        raise RuleBroken(
            "a-withdrawn-release-is-restated",
            "This release was withdrawn: publish it anew with `casebook release restate`",
        )
    refuse_unless(
        release.is_of(sha256, mapping_sha256),
        "another-file-of-a-release-is-a-restatement",
        "A release of this name is published from another file: use `casebook release restate`, or another name",
    )


def may_be_restated(release: Release) -> None:
    refuse_unless(
        release.known, "a-release-is-published-first", "There is no release of this name: import it"
    )


def may_be_withdrawn(release: Release) -> None:
    refuse_unless(
        release.known, "a-release-is-published-first", "There is no release of this name: import it"
    )
    refuse_unless(
        release.stands, "only-a-release-that-stands-is-withdrawn", "This release is withdrawn already"
    )


def was_withdrawn_for(release: Release, reason: str) -> None:
    """Run again, a withdrawal changes nothing; another reason is never passed over in silence."""
    refuse_unless(
        release.reason is not None and release.reason.words == reason,
        "only-a-release-that-stands-is-withdrawn",
        "This release is withdrawn already, for another reason: that one stands",
    )


def is_a_name(release: str) -> None:
    """What a release is called is part of its stream's name, and of each flag's fact."""
    refuse_unless(bool(_NAME.fullmatch(release)), "a-release-has-a-name", f"Enter {NAME_WANTED}", "release")


def decide(release: Release, command: ReleaseCommand, asked: Asked) -> list[Fact]:
    check_command(command)
    is_a_name(command.release)
    match command:
        case RestateRelease():
            return _restate(release, command, asked)
        case PublishRelease():
            return _publish(release, command, asked)
        case WithdrawRelease():
            may_be_withdrawn(release)
            return [
                ReleaseWithdrawn(
                    release=command.release,
                    edition=release.edition,
                    reason=Sealed(command.reason),
                    occurred_on=asked.on,
                )
            ]
        case CompleteFlags():
            return _complete(release, command, asked)
        case _:
            raise TypeError(type(command).__name__)


def _publish(release: Release, command: PublishRelease, asked: Asked) -> list[Fact]:
    may_be_published(release, command.file.sha256, command.mapping.sha256 if command.mapping else None)
    return [] if release.known else _new_edition(release, command, asked)


def _restate(release: Release, command: RestateRelease, asked: Asked) -> list[Fact]:
    may_be_restated(release)
    mapping = command.mapping.sha256 if command.mapping else None
    if release.stands and release.is_of(command.file.sha256, mapping):
        return []
    assert release.received is not None
    return [
        ReleaseRestated(
            release=command.release,
            edition=release.edition + 1,
            replaces=release.received.file.sha256,
            reason=Sealed(command.reason),
            occurred_on=asked.on,
        ),
        *_new_edition(release, command, asked),
    ]


def _new_edition(release: Release, command: PublishRelease, asked: Asked) -> list[Fact]:
    read = command.validated
    refuse_unless(
        read.observations > 0, "a-release-has-observations", "No number in the file can be taken in"
    )
    of: dict[str, Any] = {
        "release": command.release,
        "edition": release.edition + 1,
        "occurred_on": asked.on,
    }
    return [
        ReleaseReceived(
            file_name=Sealed(command.file_name), file=command.file, mapping=command.mapping, **of
        ),
        ReleaseValidated(
            rows=read.rows,
            observations=read.observations,
            practices=read.practices,
            reported=read.reported,
            left_out=read.left_out,
            covers=read.covers,
            **of,
        ),
        ReleasePublished(indicators=command.indicators, rule_set_version=command.rule_set_version, **of),
    ]


def _complete(release: Release, command: CompleteFlags, asked: Asked) -> list[Fact]:
    """Recorded once for each time that the release's numbers changed."""
    refuse_unless(
        release.known and command.edition == release.edition,
        "flags-follow-what-was-published",
        "The release was changed meanwhile: run it again",
    )
    if release.flagged is not None:
        return []
    return [
        ReleaseFlagged(
            release=command.release,
            edition=command.edition,
            after=release.after,
            raised=command.raised,
            cleared=command.cleared,
            withdrawn=command.withdrawn,
            kept=command.kept,
            by_hand=command.by_hand,
            refused=command.refused,
            occurred_on=asked.on,
        )
    ]
