"""A release from its file to its flags: received, validated, judged, published, and followed by flags on practices.

What is published is recorded in one commit, so that nothing is ever half published. Flags follow in commits of many, and
the release says at the end that all are there: a run that was killed before is found to be unfinished, and is run again.
"""

from __future__ import annotations

import fcntl
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from hashlib import sha256
from pathlib import Path
from typing import Any, NamedTuple, Protocol

from application.casebook import Casebook, Outcome
from application.key_set import define_missing
from application.releases.flags import Mergers, OpenFlags, Settled, settle
from application.releases.mapping import OWN_LAYOUT, Layout, read_mapping
from application.releases.practices import Practices
from application.releases.reading import Block, Read, form_of, read
from application.source_file import LARGEST, SourceUnreadable
from domain.indicators.definitions import Definition
from domain.indicators.signals import LATEST, Signal
from domain.periods import period_of
from domain.practice.kinds import WithdrawnBecause
from domain.releases import releases
from domain.releases.commands import (
    CompleteFlags,
    PublishRelease,
    ReleaseCommand,
    RestateRelease,
    Validated,
    WithdrawRelease,
)
from domain.releases.events import Covered, IndicatorJudged, KeptFile, LeftOut, ReleaseFlagged
from domain.releases.releases import Release
from domain.rules import Asked, Sealed, operator
from domain.text import check_command

MAPPING_LARGEST = 1_000_000
MOST_REFUSED = 500

Progress = Callable[[str, int, int], None]
Found = tuple[Definition, str, int, Signal]


class Observed(Protocol):
    """The numbers that stand, as the views have them."""

    def periods(self) -> dict[str, list[str]]: ...

    def rows(self, indicator: str, periods: Sequence[str], without: str | None) -> Iterable[Any]: ...

    def releases_of(self, indicator: str, period: str) -> dict[str, str]: ...

    def catch_up(self, parsed: Mapping[str, Read]) -> None: ...


class NothingTaken(SourceUnreadable):
    """The file is well formed, and nothing of it can be taken in."""

    def __init__(self, name: str, read: Read) -> None:
        super().__init__(f"{name} has no number that can be taken in: nothing is published")
        self.read = read


class File(NamedTuple):
    """A file as it was given."""

    name: str
    content: bytes
    sha256: str

    @classmethod
    def taken(cls, path: Path, largest: int = LARGEST) -> File:
        try:
            with path.open("rb") as file:
                content = file.read(largest + 1)
        except OSError as problem:
            raise SourceUnreadable(f"{path.name} cannot be read: {problem.strerror}") from None
        if len(content) > largest:
            raise SourceUnreadable(f"{path.name} is larger than {largest // 1_000_000} MB")
        if not content:
            raise SourceUnreadable(f"{path.name}, line 1, column 1: the file is empty")
        return cls(path.name, content, sha256(content).hexdigest())


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
    progress: Progress = lambda _what, _done, _of: None,
) -> Published:
    """Publish a file as a release, or with a reason restate one. Run again, it does what is missing, or nothing."""
    file = File.taken(path)
    mapped = File.taken(mapping, MAPPING_LARGEST) if mapping is not None else None
    with one_at_a_time(casebook):
        releases.is_a_name(name)
        check_command(WithdrawRelease(release=name, reason=reason or "-"))
        release: Release = casebook.aggregate("release", name)
        same = release.is_of(file.sha256, mapped.sha256 if mapped else None)
        if reason is None:
            releases.may_be_published(release, file.sha256, mapped.sha256 if mapped else None)
        else:
            releases.may_be_restated(release)
        if same and release.stands:
            return finish(casebook, observed, name, asked, progress=progress)
        if release.known and release.flagged is None:
            # What the earlier edition led to is recorded first: a killed run's flags are never passed over.
            finish(casebook, observed, name, asked, progress=progress)
        found = _record(casebook, observed, name, file, mapped, asked, reason, progress)
        done = finish(
            casebook, observed, name, asked, parsed=found.read, signals=found.signals, progress=progress
        )
        return replace(done, read=found.read, defined=found.defined, unchanged=False)


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
        if release.known and release.flagged is None:
            finish(casebook, observed, name, asked, progress=progress)
            release = casebook.aggregate("release", name)
        if not (release.known and not release.stands):
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
    observed.catch_up({name: parsed} if parsed else {})
    done = Published(name, unchanged=release.flagged is not None, indicators=release.published.indicators)
    if release.flagged is not None:
        return replace(done, flagged=release.flagged)
    judged = {one.indicator for one in release.published.indicators if one.newest}
    # Another file may have fewer indicators: what the release flagged on the others is looked at again as well.
    open_flags = OpenFlags.read(casebook)
    flagged = open_flags.raised_by(name)
    if signals is None:
        signals = _again(casebook, observed, release, progress) if release.stands else []
    left = flagged - {one.indicator for one in release.published.indicators} if release.stands else judged
    signals = [*signals, *_what_is_left(casebook, observed, name, left, asked, progress)]
    settled = settle(
        casebook,
        name,
        signals,
        frozenset(judged | flagged),
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
) -> _Recorded:
    layout = read_mapping(mapped.name, mapped.content, asked.on) if mapped else OWN_LAYOUT
    definitions = _definitions(casebook, layout, asked)
    observed.catch_up({})
    periods = observed.periods()
    progress("Reading", 0, 1)
    found = read(file.name, file.content, layout, definitions, Practices(casebook).verdict, _forms(periods))
    if not found.blocks:
        raise NothingTaken(file.name, found)
    defined = define_missing(casebook, layout.definitions, operator_for(casebook, asked))
    replaced = name if reason is not None else None
    indicators, signals = _judge(casebook, observed, name, found, definitions, periods, replaced, progress)
    _handle(casebook, _command(casebook, name, file, mapped, found, definitions, indicators, reason), asked)
    return _Recorded(found, signals, defined)


def _definitions(casebook: Casebook, layout: Layout, asked: Asked) -> dict[str, Definition]:
    """The key set of the day, and what a mapping declares beyond it."""
    key_set = casebook.key_set()
    declared = {one.code: one for one in layout.definitions if one.code not in key_set}
    return {**declared, **key_set.on(asked.on)}


def _forms(periods: dict[str, list[str]]) -> dict[str, str]:
    found = {}
    for indicator, some in periods.items():
        last = period_of(some[-1])
        if last is not None:
            found[indicator] = form_of(last)
    return found


def _command(
    casebook: Casebook,
    name: str,
    file: File,
    mapped: File | None,
    found: Read,
    definitions: Mapping[str, Definition],
    indicators: tuple[IndicatorJudged, ...],
    reason: str | None,
) -> PublishRelease:
    given: dict[str, Any] = {
        "release": name,
        "file_name": file.name,
        "file": _keep(casebook, name, file),
        "mapping": _keep(casebook, name, mapped) if mapped else None,
        "validated": _validated(found, definitions),
        "indicators": indicators,
        "rule_set_version": LATEST.version,
    }
    return PublishRelease(**given) if reason is None else RestateRelease(reason=reason, **given)


def _keep(casebook: Casebook, name: str, file: File) -> KeptFile:
    """The file is on disk before the record names it, as every document is."""
    content_id = casebook.ids("file")
    kept = casebook.documents.boxed(f"release-{name}", content_id, file.content)
    casebook.documents.put(kept)
    return KeptFile(
        content_id=content_id,
        sha256=kept.sha256,
        size=len(file.content),
        kept_as=kept.kept_as,
        opens_with=Sealed(kept.key),
    )


def _validated(found: Read, definitions: Mapping[str, Definition]) -> Validated:
    return Validated(
        rows=found.rows,
        observations=found.observations,
        practices=found.practices,
        reported=tuple(sorted(found.counts.items())),
        left_out=tuple(
            LeftOut(code=code, kind=kind, from_on=day)  # type: ignore[arg-type]
            for code, (kind, day) in sorted(found.left_out.items())
        ),
        covers=tuple(
            Covered(
                indicator=indicator,
                version=definitions[indicator].version,
                periods=tuple(sorted(blocks)),
                observations=sum(len(block.codes) for block in blocks.values()),
            )
            for indicator, blocks in sorted(found.blocks.items())
        ),
    )


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


# --- what is judged -----------------------------------------------------------------------------------------


def _judge(
    casebook: Casebook,
    observed: Observed,
    name: str,
    found: Read,
    definitions: Mapping[str, Definition],
    before: dict[str, list[str]],
    replaced: str | None,
    progress: Progress,
) -> tuple[tuple[IndicatorJudged, ...], list[Found]]:
    """Each indicator of a file in its last period. Only what is as new as the rest of the file, and as whatever was
    published before, flags: an item that is counted no more is history.
    """
    told: list[IndicatorJudged] = []
    signals: list[Found] = []
    mergers = Mergers.read(casebook)
    latest: dict[str, str] = {}
    for blocks in found.blocks.values():
        last = max(blocks)
        form = form_of(blocks[last].period)
        latest[form] = max(last, latest.get(form, last))
    for number, (indicator, blocks) in enumerate(sorted(found.blocks.items())):
        progress("Judging", number, len(found.blocks))
        last = max(blocks)
        newest = last >= max([latest[form_of(blocks[last].period)], *before.get(indicator, [])])
        one, some = _judged(
            observed,
            definitions[indicator],
            before.get(indicator, []),
            last,
            blocks,
            replaced,
            mergers,
            newest=newest,
        )
        told.append(one)
        if newest:
            signals += [(definitions[indicator], name, LATEST.version, signal) for signal in some]
    return tuple(told), signals


def _judged(
    observed: Observed,
    definition: Definition,
    before: list[str],
    last: str,
    blocks: dict[str, Block],
    replaced: str | None,
    mergers: Mergers,
    *,
    newest: bool,
) -> tuple[IndicatorJudged, tuple[Signal, ...]]:
    from application.releases.judging import as_stored, cells_of, judged, judged_periods

    periods = judged_periods(before, blocks, last)
    held = sorted({*before} & {*periods})
    past = observed.rows(definition.code, held, replaced) if held else []
    found = judged(cells_of(definition, periods, past, blocks), mergers.of(definition, periods))
    return as_stored(definition, last, found, newest=newest), found.signals


def _again(casebook: Casebook, observed: Observed, release: Release, progress: Progress) -> list[Found]:
    """What a release that was published says once more, from the numbers that stand."""
    published, validated = release.published, release.validated
    assert published is not None
    assert validated is not None
    key_set, mergers = casebook.key_set(), Mergers.read(casebook)
    signals: list[Found] = []
    periods = observed.periods()
    for number, one in enumerate(published.indicators):
        progress("Judging", number, len(published.indicators))
        if not one.newest:
            continue
        definition = key_set[one.indicator].versions[one.version - 1]
        known = [period for period in periods.get(one.indicator, []) if period <= one.period]
        _, some = _judged(observed, definition, known, one.period, {}, None, mergers, newest=True)
        signals += [(definition, published.release, published.rule_set_version, signal) for signal in some]
    return signals


def _what_is_left(
    casebook: Casebook,
    observed: Observed,
    name: str,
    indicators: set[str],
    asked: Asked,
    progress: Progress,
) -> list[Found]:
    """What the numbers that are left say, in the newest period of each indicator that they have."""
    known, mergers = casebook.key_set().on(asked.on), Mergers.read(casebook)
    signals: list[Found] = []
    periods = observed.periods()
    for number, indicator in enumerate(sorted(indicators)):
        progress("Judging", number, len(indicators))
        if not (some := periods.get(indicator)) or indicator not in known:
            continue
        definition = known[indicator]
        _, found = _judged(observed, definition, some, some[-1], {}, None, mergers, newest=True)
        of = observed.releases_of(indicator, some[-1])
        signals += [(definition, of.get(one.code, name), LATEST.version, one) for one in found]
    return signals
