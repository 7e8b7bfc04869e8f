"""Which numbers of an indicator are its newest, and on which indicators a change of a release has a bearing.

Only the newest numbers flag. They are judged beside those of the periods before, so they are judged again whenever these
change: an older release that is restated, withdrawn, or published late.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

from domain.periods import period_of, run_until
from domain.releases.events import Covered

Covers = Sequence[Covered]


class Newest(NamedTuple):
    """The newest period of an indicator, and all of its periods that stand. `version` is of the definition by which the
    release that has the newest was read.
    """

    period: str
    version: int
    periods: list[str]


def periods_of(stand: Iterable[Covers]) -> dict[str, list[str]]:
    """The periods of each indicator in these releases, in order."""
    found: dict[str, set[str]] = {}
    for covers in stand:
        for one in covers:
            found.setdefault(one.indicator, set()).update(one.periods)
    return {indicator: sorted(periods) for indicator, periods in found.items()}


def newest_of(stand: Sequence[Covers]) -> dict[str, Newest]:
    """By indicator, of releases in the order in which they were published. An indicator whose newest numbers are older
    than the rest of their release is counted no more: it is history, and has none.
    """
    periods = periods_of(stand)
    found: dict[str, Newest] = {}
    for covers in stand:
        latest: dict[object, str] = {}
        for one in covers:
            last = max(one.periods)
            latest[_form(last)] = max(last, latest.get(_form(last), last))
        for one in covers:
            last = max(one.periods)
            if last < periods[one.indicator][-1]:
                continue
            found.pop(one.indicator, None)
            if last == latest[_form(last)]:
                found[one.indicator] = Newest(last, one.version, periods[one.indicator])
    return found


def bearing_on(
    newest: Mapping[str, Newest], changed: Mapping[str, Sequence[str]], window: int
) -> dict[str, Newest]:
    """The indicators of which periods changed that are judged: the newest, the `window` before it, or what was newer."""
    return {
        indicator: newest[indicator]
        for indicator, periods in sorted(changed.items())
        if indicator in newest and max(periods) >= _first_looked_at(newest[indicator], periods, window)
    }


def _first_looked_at(newest: Newest, changed: Sequence[str], window: int) -> str:
    """What changed may have been there before and be gone now."""
    return run_until([*newest.periods, *changed], newest.period, window)[0]


def _form(text: str) -> object:
    """How a period is written: of one length, and alike."""
    period = period_of(text)
    return (period.length if period else None, "/" in text)
