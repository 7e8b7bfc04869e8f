"""The editions of a release, and the flags of each: counted from the practices' own facts, and as they stood then."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import NamedTuple

from application.casebook import Casebook
from application.releases.as_they_stand import as_they_stand
from domain.practice.events import FlagCleared, FlagRaised, FlagReopened, FlagWithdrawn
from domain.releases.events import ReleasePublished, ReleaseRestated, ReleaseWithdrawn
from domain.releases.releases import Release, replay
from domain.rules import Recorded


class Edition(NamedTuple):
    """An edition as it stood: the release until then, when it was published, and what ended it, if anything did."""

    number: int
    release: Release
    published: Recorded
    ended: Recorded | None

    @property
    def state(self) -> str:
        """Published or restated while it stands; else what ended it."""
        if self.ended is None:
            return self.release.after
        return "withdrawn" if isinstance(self.ended.fact, ReleaseWithdrawn) else "replaced"

    def has(self, position: int) -> bool:
        """Whether something was recorded while it stood."""
        return self.published.position <= position and self.was_before_its_end(position)

    def was_before_its_end(self, position: int) -> bool:
        return self.ended is None or position < self.ended.position


class FlagOf(NamedTuple):
    """A flag of a release on a practice. `edition` raised it; `open` says whether it is, or was at the time asked for."""

    code: str
    fact: FlagRaised
    edition: int
    open: bool


def editions_of(history: Iterable[Recorded]) -> list[Edition]:
    """Every edition of a release, the first one first."""
    entries = list(history)
    published = [at for at, one in enumerate(entries) if isinstance(one.fact, ReleasePublished)]
    ends = [at for at, one in enumerate(entries) if isinstance(one.fact, ReleaseRestated | ReleaseWithdrawn)]
    found = []
    for number, at in enumerate(published, start=1):
        end = next((one for one in ends if one > at), None)
        release = replay(entries[:end])
        found.append(Edition(number, release, entries[at], None if end is None else entries[end]))
    return found


def flags_of(
    casebook: Casebook,
    name: str,
    editions: list[Edition],
    until: Edition | None = None,
    by_day: date | None = None,
) -> list[FlagOf]:
    """The flags that a release has raised, by practice; or had by the end of one of its editions, or by a day."""
    raised: dict[str, tuple[str, FlagRaised, int]] = {}
    ended: set[str] = set()
    kinds = (FlagRaised, FlagCleared, FlagWithdrawn, FlagReopened)
    for entry in as_they_stand(casebook.recorder, *kinds):
        if until is not None and not until.was_before_its_end(entry.position):
            continue
        if by_day is not None and entry.fact.occurred_on > by_day:  # type: ignore[attr-defined]
            continue
        match entry.fact:
            case FlagRaised(release=release) as fact if release == name:
                by = next((one.number for one in editions if one.has(entry.position)), editions[-1].number)
                raised[fact.flag_id] = (entry.stream.removeprefix("practice-"), fact, by)
            case FlagReopened(flag_id=flag_id):
                ended.discard(flag_id)
            case FlagCleared(flag_id=flag_id) | FlagWithdrawn(flag_id=flag_id):
                ended.add(flag_id)
            case _:
                pass
    found = [FlagOf(*told, flag_id not in ended) for flag_id, told in raised.items()]
    return sorted(found, key=lambda one: (one.code, one.fact.indicator, one.fact.kind))
