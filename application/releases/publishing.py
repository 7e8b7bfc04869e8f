"""A release from its file to its flags: received, validated, judged, published, and followed by flags on practices.

What is published is recorded in one commit, so that nothing is ever half published. Flags follow in commits of many, and
the release says at the end that all are there: a run that was killed before is found to be unfinished, and is run again.
"""

from __future__ import annotations

import fcntl
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import NamedTuple

from application.casebook import Casebook
from application.key_set import define_missing
from application.outcomes import Outcome
from application.recording import FULL
from application.releases import editions
from application.releases.file import MAPPING_LARGEST, File
from application.releases.flags import Settled, settle
from application.releases.found import MOST_TOLD, Read
from application.releases.open_flags import OpenFlags
from application.releases.practices import Practices
from application.releases.saying import Found, Observed, Progress, judge, once_more
from application.releases.standing import releases as all_releases
from application.releases.standing import standing
from application.schema import NotReady
from domain.indicators.signals import LOOKED_AT
from domain.practice.kinds import WithdrawnBecause
from domain.releases import releases
from domain.releases.commands import CompleteFlags, PublishRelease, ReleaseCommand, WithdrawRelease
from domain.releases.events import IndicatorJudged, ReleaseFlagged
from domain.releases.newest import Newest, bearing_on, newest_of, periods_of
from domain.releases.releases import Release
from domain.rules import Asked, operator
from domain.text import check_command, check_words, word_fields

MOST_REFUSED = 500


class NoRoom(NotReady):
    """The disk is full after the release was recorded and before its numbers were loaded."""

    def __init__(self) -> None:
        super().__init__(
            "The disk is full: the release is recorded, and its numbers and flags are not yet. Make room, then run the"
            " same again"
        )


@dataclass
class Published:
    """What publishing came to. `read` is None where the file was published before, and only its flags were missing."""

    release: str
    read: Read | None = None
    defined: list[str] = field(default_factory=list)
    unchanged: bool = False
    indicators: tuple[IndicatorJudged, ...] = ()
    flagged: ReleaseFlagged | None = None


def publish(
    casebook: Casebook,
    observed: Observed,
    name: str,
    path: Path,
    asked: Asked,
    *,
    mapping: Path | None = None,
    reason: str | None = None,
    most: int | None = MOST_TOLD,
    progress: Progress = lambda _what, _done, _of: None,
) -> Published:
    """Publish a file as a release, or with a reason restate one. Run again, it does what is missing, or nothing.

    `most` reports of a kind are kept, or all.
    """
    file, mapped = _given(path, mapping)
    with one_at_a_time(casebook):
        release = _may_be_published(casebook, name, file, mapped, reason, asked)
        _finish_others(casebook, observed, name, asked, progress)
        if release.stands and _same(release, file, mapped):
            return finish(casebook, observed, name, asked, progress=progress)
        if release.known and release.flagged is None:
            # What the earlier edition led to is recorded first: a killed run's flags are never passed over.
            finish(casebook, observed, name, asked, progress=progress)
        found = _record(casebook, observed, name, file, mapped, asked, reason, progress, most)
        done = finish(
            casebook, observed, name, asked, parsed=found.read, signals=found.signals, progress=progress
        )
        return replace(done, read=found.read, defined=found.defined, unchanged=False)


def validate(
    casebook: Casebook,
    observed: Observed,
    name: str,
    path: Path,
    asked: Asked,
    *,
    mapping: Path | None = None,
    reason: str | None = None,
    most: int | None = MOST_TOLD,
    progress: Progress = lambda _what, _done, _of: None,
) -> Published:
    """Read a file through as if it were to be published, and refuse whatever publishing would refuse. Records nothing."""
    file, mapped = _given(path, mapping)
    release = _may_be_published(casebook, name, file, mapped, reason, asked)
    replaced = name if reason is not None else None
    through = editions.read_through(casebook, observed, file, mapped, replaced, asked.on, progress, most)
    return Published(name, read=through.found, unchanged=release.stands and _same(release, file, mapped))


def _given(path: Path, mapping: Path | None) -> tuple[File, File | None]:
    return File.taken(path), File.taken(mapping, MAPPING_LARGEST) if mapping is not None else None


def _may_be_published(
    casebook: Casebook, name: str, file: File, mapped: File | None, reason: str | None, asked: Asked
) -> Release:
    """The release as it is, if this file may be published under its name; with a reason, in place of what it has.

    What the command would be refused for is refused before anything is recorded.
    """
    releases.is_a_name(name)
    check_command(WithdrawRelease(release=name, reason=reason or "-"))
    check_words(file.name, word_fields(PublishRelease)["file_name"][0], "file_name")
    release: Release = casebook.aggregate("release", name)
    if reason is None:
        releases.may_be_published(release, file.sha256, mapped.sha256 if mapped else None)
    else:
        releases.may_be_restated(release)
        releases.may_be_changed_by(release, asked)
    return release


def _same(release: Release, file: File, mapped: File | None) -> bool:
    return release.is_of(file.sha256, mapped.sha256 if mapped else None)


def withdraw(
    casebook: Casebook,
    observed: Observed,
    name: str,
    reason: str,
    asked: Asked,
    progress: Progress = lambda _what, _done, _of: None,
) -> Published:
    """Say that a release's numbers stand no more, and let flags follow. Run again, it does what is missing."""
    with one_at_a_time(casebook):
        release: Release = casebook.aggregate("release", name)
        releases.may_be_changed_by(release, asked)
        _finish_others(casebook, observed, name, asked, progress)
        if release.known and release.flagged is None:
            finish(casebook, observed, name, asked, progress=progress)
            release = casebook.aggregate("release", name)
        if release.known and not release.stands:
            releases.was_withdrawn_for(release, reason)
        else:
            _handle(casebook, WithdrawRelease(release=name, reason=reason), asked)
        return finish(casebook, observed, name, asked, progress=progress)


def finish(
    casebook: Casebook,
    observed: Observed,
    name: str,
    asked: Asked,
    *,
    parsed: Read | None = None,
    signals: list[Found] | None = None,
    progress: Progress = lambda _what, _done, _of: None,
) -> Published:
    """Load a release's numbers and let flags follow, as far as that is not done."""
    release: Release = casebook.aggregate("release", name)
    assert release.published is not None
    assert release.changed is not None
    _caught_up(observed, {name: parsed} if parsed else {})
    done = Published(name, unchanged=release.flagged is not None, indicators=release.published.indicators)
    if release.flagged is not None:
        return replace(done, flagged=release.flagged)
    open_flags = OpenFlags.read(casebook)
    judged = set()
    if signals is not None:
        judged = {one.indicator for one in release.published.indicators if one.newest}
    again = {
        indicator: newest
        for indicator, newest in _looked_at_again(casebook, release).items()
        if indicator not in judged
    }
    signals = [*(signals or ()), *once_more(casebook, observed, again, asked, progress)]
    settled = settle(
        casebook,
        name,
        signals,
        frozenset({*judged, *again, *open_flags.raised_by(name)}),
        release.changed,
        operator_for(casebook, asked),
        open_flags=open_flags,
        closed=frozenset(Practices(casebook).closed),
        because=_because(release),
        reason=release.reason.words if release.reason and release.after != releases.PUBLISHED else None,
        progress=lambda at, of: progress("Recording flags", at, of),
    )
    done.flagged = _complete(casebook, name, release, settled, asked)
    return done


def _caught_up(observed: Observed, parsed: Mapping[str, Read]) -> None:
    """The numbers loaded. What was published stands though there is no room for them: the rest is done another time."""
    try:
        observed.catch_up(parsed)
    except Exception as problem:
        if any(words in str(problem) for words in FULL):
            raise NoRoom from problem
        raise


def _looked_at_again(casebook: Casebook, release: Release) -> dict[str, Newest]:
    """The indicators on whose newest numbers a change of a release has a bearing: its own periods, and what it had."""
    assert release.validated is not None
    covers = [one.covers for one in standing(casebook.recorder)]
    return bearing_on(newest_of(covers), periods_of([release.validated.covers, release.before]), LOOKED_AT)


def _finish_others(
    casebook: Casebook, observed: Observed, name: str, asked: Asked, progress: Progress
) -> None:
    """What other releases led to is recorded first, in their order: a killed run's flags are never passed over."""
    known = [
        (one.changed.position, other)
        for other, one in all_releases(casebook.recorder).items()
        if one.changed is not None and one.flagged is None and other != name
    ]
    for _, other in sorted(known):
        finish(casebook, observed, other, asked, progress=progress)


def operator_for(casebook: Casebook, asked: Asked) -> Asked:
    """Flags follow from numbers and from nobody's judgement: the operator records them, on behalf of who asked."""
    if asked.role == "operator":
        return asked
    return replace(operator(casebook.clock()), on_behalf_of=asked.person)


@contextmanager
def one_at_a_time(casebook: Casebook) -> Iterator[None]:
    """Releases are published one after another. The lock ends with the process, however that ends."""
    with (casebook.stores.settings.home / "releases.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


# --- what is recorded ---------------------------------------------------------------------------------------


class _Recorded(NamedTuple):
    read: Read
    signals: list[Found]
    defined: list[str]


def _record(
    casebook: Casebook,
    observed: Observed,
    name: str,
    file: File,
    mapped: File | None,
    asked: Asked,
    reason: str | None,
    progress: Progress,
    most: int | None,
) -> _Recorded:
    replaced = name if reason is not None else None
    through = editions.read_through(casebook, observed, file, mapped, replaced, asked.on, progress, most)
    found, definitions = through.found, through.definitions
    defined = define_missing(casebook, through.layout.definitions, operator_for(casebook, asked))
    indicators, signals = judge(
        casebook, observed, name, found, definitions, through.periods, replaced, progress
    )
    _handle(
        casebook,
        editions.command(casebook, name, file, mapped, found, definitions, indicators, reason),
        asked,
    )
    return _Recorded(found, signals, defined)


def _handle(casebook: Casebook, command: ReleaseCommand, asked: Asked) -> Outcome:
    return casebook.handle(command.release, command, asked, command_id=casebook.ids("command"))


def _because(release: Release) -> WithdrawnBecause | None:
    return {
        releases.RESTATED: WithdrawnBecause.DATA_RESTATED,
        releases.WITHDRAWN: WithdrawnBecause.DATA_WITHDRAWN,
    }.get(release.after)


def _complete(
    casebook: Casebook, name: str, release: Release, settled: Settled, asked: Asked
) -> ReleaseFlagged | None:
    command = CompleteFlags(
        release=name,
        edition=release.edition,
        raised=settled.raised,
        cleared=settled.cleared,
        withdrawn=settled.withdrawn,
        kept=settled.kept,
        by_hand=settled.by_hand,
        refused=tuple(sorted(set(settled.refused)))[:MOST_REFUSED],
    )
    recorded = _handle(casebook, command, operator_for(casebook, asked)).recorded
    facts = [entry.fact for entry in recorded if isinstance(entry.fact, ReleaseFlagged)]
    return facts[0] if facts else None
