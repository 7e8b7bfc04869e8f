"""What a candidate rule set would change, practice by practice. It reads, and writes nothing."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

from application.casebook import Casebook
from application.framework.every import Progress, histories, in_force
from domain.framework.differing import Comparing, Mover
from domain.framework.parts import Framework
from domain.rules import Asked


@dataclass(frozen=True)
class DryRun:
    """What came of it: the rules it was compared with, how many open practices were looked at and how many closed ones were
    passed over, and who would move.
    """

    in_force: Framework
    on: date
    practices: int
    closed: int
    movers: tuple[Mover, ...]


def dry_run(
    casebook: Casebook,
    candidate: Framework,
    asked: Asked,
    on: date,
    progress: Progress = lambda _done, _of: None,
    codes: Collection[str] | None = None,
) -> DryRun:
    """Compare a candidate with the rules in force, on every practice that the person may read, as it was known then.
    `codes` are those to ask about, where somebody knows which may be theirs.
    """
    now = in_force(casebook, on)
    comparing = Comparing(casebook.framework(), candidate, casebook.publications())
    movers: list[Mover] = []
    looked_at = closed = 0
    for code, known in histories(casebook, asked, on, progress, codes):
        if not comparing.is_open(known, on):
            closed += 1
            continue
        looked_at += 1
        if mover := comparing.mover(code, known, on):
            movers.append(mover)
    return DryRun(now, on, looked_at, closed, tuple(movers))
