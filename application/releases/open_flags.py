"""Which flags of releases are open, by every practice's facts."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from typing import Any

from application.casebook import Casebook
from application.releases.as_they_stand import as_they_stand
from domain.practice.events import FlagCleared, FlagRaised, FlagReopened, FlagWithdrawn
from domain.practice.settling import RELEASE

OF_FLAGS = (FlagRaised, FlagCleared, FlagWithdrawn, FlagReopened)


@dataclass
class OpenFlags:
    """The flags that are open on any practice, by id: practice and fact."""

    by_id: dict[str, tuple[str, FlagRaised]] = field(default_factory=dict)

    @classmethod
    def read(cls, casebook: Casebook) -> OpenFlags:
        raised: dict[str, tuple[str, FlagRaised]] = {}
        ended: set[str] = set()
        for entry in as_they_stand(casebook.recorder, *OF_FLAGS):
            fact: Any = entry.fact
            if isinstance(fact, FlagRaised):
                raised[fact.flag_id] = (entry.stream.removeprefix("practice-"), fact)
            elif isinstance(fact, FlagReopened):
                ended.discard(fact.flag_id)
            else:
                ended.add(fact.flag_id)
        return cls({flag_id: found for flag_id, found in raised.items() if flag_id not in ended})

    def of_releases(self, indicators: frozenset[str]) -> set[str]:
        """The practices that have an open flag of a release on one of these indicators."""
        return {
            code
            for code, fact in self.by_id.values()
            if fact.source == RELEASE and fact.indicator in indicators
        }

    def raised_by(self, release: str) -> set[str]:
        """The indicators on which a release has open flags."""
        return {fact.indicator for _, fact in self.by_id.values() if fact.release == release}

    def of_release(self, release: str) -> Counter[str]:
        """How many flags of a release are open, by indicator."""
        return Counter(fact.indicator for _, fact in self.by_id.values() if fact.release == release)

    def by_hand(self) -> set[tuple[str, str, str]]:
        """Practice, indicator and kind of each open flag that somebody raised."""
        return {
            (code, fact.indicator, fact.kind) for code, fact in self.by_id.values() if fact.source != RELEASE
        }
