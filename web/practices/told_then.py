"""What a decision cites, in the words of then: each entry as it was told when it was decided, with what became of it since."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import NamedTuple

from application.lens import Lens, known_alone
from domain.practice import events as e
from domain.practice.since import Then, known_by, said_of, what_became
from domain.practice.state import Practice
from domain.rules import Recorded
from web.practices.reading import Looked
from web.practices.telling import Telling
from web.practices.told import About


class Was(NamedTuple):
    """An entry as it was told then; `since` are the entries that corrected or withdrew it afterwards."""

    text: str
    version: int | None
    since: list[About]


@dataclass(frozen=True)
class ToldThen:
    """Who looks, what they knew when it was decided, and what became of that; `practice` is told by that alone."""

    looked: Looked
    seen: Lens
    then: Then
    practice: Practice
    telling: Telling
    became: dict[int, list[Recorded]] = field(default_factory=dict)

    def cited(self, cite: str) -> Was:
        """Told as it stands also where that is not shown: that a restricted entry was read is noted by what was told of today's."""
        now = self.looked.teller.telling.cited(cite)
        version = int(cite.rpartition("/")[2])
        if version not in self.then.known:
            return Was(now.text, now.version, [])
        amended = [
            one
            for one in self.became.get(version, [])
            if isinstance(one.fact, e.FactCorrected | e.FactWithdrawn)
        ]
        latest = {said_of(one): one.version for one in amended}
        since = [About(said, at) for said, at in latest.items()]
        return Was(self.telling.cited(cite).text, version, since)


def told_then(looked: Looked, seen: Lens) -> ToldThen:
    practice = looked.practice
    of_it = [one.version for one in practice.history if one.command_id == seen.entry.command_id]
    known, kept = known_by(seen.known.practice.history, practice)
    then = Then(seen.decision.decided_on, min(of_it), max(of_it), known, kept)
    was = known_alone(practice, known)
    return ToldThen(looked, seen, then, was, Telling(was, looked.names), what_became(practice, then))
