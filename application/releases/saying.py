"""What a release's numbers say of practices: each indicator judged in its last period, and the signals in it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any, Protocol

from application.casebook import Casebook
from application.releases.found import Block, Read, form_of
from application.releases.merged import Mergers
from domain.indicators.definitions import Definition
from domain.indicators.signals import LATEST, Signal
from domain.releases.events import IndicatorJudged
from domain.releases.newest import Newest
from domain.rules import Asked

Progress = Callable[[str, int, int], None]
Found = tuple[Definition, str, int, Signal]
"""A signal with its definition, the release that its numbers are of, and the version of the rules."""


class Observed(Protocol):
    """The numbers that stand, as the views have them."""

    def rows(self, indicator: str, periods: Sequence[str], without: str | None) -> Iterable[Any]: ...

    def releases_of(self, indicator: str, period: str) -> dict[str, str]: ...

    def catch_up(self, parsed: Mapping[str, Read]) -> None: ...


def judge(
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
            given = set(blocks[last].codes)
            of = observed.releases_of(indicator, last) if any(one.code not in given for one in some) else {}
            signals += [
                (
                    definitions[indicator],
                    name if signal.code in given else of[signal.code],
                    LATEST.version,
                    signal,
                )
                for signal in some
            ]
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


def once_more(
    casebook: Casebook,
    observed: Observed,
    indicators: Mapping[str, Newest],
    asked: Asked,
    progress: Progress,
) -> list[Found]:
    """What the numbers that stand say of indicators, in the newest period of each. What was retired says nothing."""
    key_set, mergers = casebook.key_set(), Mergers.read(casebook)
    known = key_set.on(asked.on)
    signals: list[Found] = []
    for number, (indicator, newest) in enumerate(sorted(indicators.items())):
        progress("Judging", number, len(indicators))
        if indicator not in known:
            continue
        definition = key_set[indicator].versions[newest.version - 1]
        _, found = _judged(
            observed, definition, newest.periods, newest.period, {}, None, mergers, newest=True
        )
        of = observed.releases_of(indicator, newest.period) if found else {}
        signals += [(definition, of[one.code], LATEST.version, one) for one in found]
    return signals
