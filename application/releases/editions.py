"""One edition of a release: its file read and judged, and the command that publishes it."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any, NamedTuple

from application.casebook import Casebook
from application.releases.file import File, keep
from application.releases.found import MOST_TOLD, Read, form_of
from application.releases.mapping import OWN_LAYOUT, Layout, named_once, read_mapping
from application.releases.practices import Practices
from application.releases.reading import read
from application.releases.saying import Observed, Progress
from application.releases.standing import standing
from application.source_file import SourceUnreadable
from domain.indicators.definitions import Definition
from domain.indicators.signals import LATEST
from domain.periods import period_of
from domain.releases.commands import PublishRelease, RestateRelease, Validated
from domain.releases.events import Covered, IndicatorJudged, LeftOut
from domain.releases.newest import periods_of


class NothingTaken(SourceUnreadable):
    """The file is well formed, and nothing of it can be taken in."""

    def __init__(self, name: str, read: Read) -> None:
        super().__init__(f"{name} has no number that can be taken in: nothing is published")
        self.read = read


class ReadThrough(NamedTuple):
    """A file as it was read, by which layout and definitions, and the periods that were published before it."""

    found: Read
    layout: Layout
    definitions: dict[str, Definition]
    periods: dict[str, list[str]]


def read_through(
    casebook: Casebook,
    observed: Observed,
    file: File,
    mapped: File | None,
    replaced: str | None,
    today: date,
    progress: Progress,
    most: int | None = MOST_TOLD,
) -> ReadThrough:
    """The file validated, and nothing recorded; or FileRefused, or NothingTaken. What it is to stand in the place of is
    looked at no more: its periods may have been wrong.
    """
    layout = read_mapping(mapped.name, mapped.content, today) if mapped else OWN_LAYOUT
    if mapped is not None:
        named_once(mapped.name, layout)
    definitions = _definitions(casebook, layout, today)
    observed.catch_up({})
    periods = periods_of(one.covers for one in standing(casebook.recorder) if one.name != replaced)
    progress("Reading", 0, 1)
    verdict = Practices(casebook).verdict
    found = read(
        file.name,
        file.content,
        layout,
        definitions,
        verdict,
        _forms(periods),
        today=today,
        most=most,
    )
    if not found.blocks:
        raise NothingTaken(file.name, found)
    return ReadThrough(found, layout, definitions, periods)


def _definitions(casebook: Casebook, layout: Layout, today: date) -> dict[str, Definition]:
    """The key set of the day, and what a mapping declares beyond it."""
    key_set = casebook.key_set()
    declared = {one.code: one for one in layout.definitions if one.code not in key_set}
    return {**declared, **key_set.on(today)}


def _forms(periods: dict[str, list[str]]) -> dict[str, str]:
    found = {}
    for indicator, some in periods.items():
        last = period_of(some[-1])
        if last is not None:
            found[indicator] = form_of(last)
    return found


def command(
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
        "file": keep(casebook, name, file),
        "mapping": keep(casebook, name, mapped) if mapped else None,
        "validated": _validated(found, definitions),
        "indicators": indicators,
        "rule_set_version": LATEST.version,
    }
    return PublishRelease(**given) if reason is None else RestateRelease(reason=reason, **given)


def _validated(found: Read, definitions: Mapping[str, Definition]) -> Validated:
    return Validated(
        rows=found.rows,
        observations=found.observations,
        practices=found.practices,
        reported=tuple(sorted(found.counts.items())),
        left_out=tuple(
            LeftOut(code=code, kind=kind, from_on=found.left_out[kind, code])
            for kind, code in sorted(found.left_out, key=lambda one: (one[1], one[0]))
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
