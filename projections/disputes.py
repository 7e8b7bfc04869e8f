"""Decisions over a dispute: which decisions rest on a conversation that one side disputed at the time, and why."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from functools import partial
from typing import Any, NamedTuple

from sqlalchemy import Column, Connection, Date, Integer, Text

from domain.access.permissions import Scope
from domain.practice import events as e
from domain.practice.kinds import Tier
from domain.rules import Recorded
from projections.paged import Found, Listed
from projections.story import PracticeStory
from projections.tables import ReadModel, Row, view_table, words_or_erased

PAGE_SIZE = 25

TABLE = view_table(
    "over_dispute",
    "code",
    Column("version", Integer, autoincrement=False),
    Column("decided_on", Date, nullable=False),
    Column("decided_by", Text, nullable=False),
    Column("decided_for", Text),
    Column("tier", Text, nullable=False),
    Column("disputed", Text, nullable=False),
    Column("reason", Text, nullable=False),
    indexes=(("decided_on",),),
)

_ANSWERS = (e.EntryAgreed, e.EntryDisputed, e.EntryAmended)


class OverDispute(NamedTuple):
    """A decision at `version` that rests on the `disputed` entries, by version."""

    code: str
    practice: str
    version: int
    decided_on: date
    decided_by: str
    decided_for: str | None
    tier: Tier
    disputed: tuple[int, ...]
    reason: str


def rows(story: PracticeStory) -> Iterator[Row]:
    """One row for each decision that was taken over a dispute."""
    for entry, fact in story.facts(e.TierDecided):
        if fact.over_dispute is not None:
            disputed = disputed_before(story.history, fact.inputs, entry.version)
            basis = f"{story.mark(entry.version)} over {disputed}"
            yield Row(TABLE, entry.version, basis, partial(_values, entry, fact, disputed))


def disputed_before(history: list[Recorded], inputs: tuple[str, ...], version: int) -> tuple[int, ...]:
    """Which of the cited entries stood as disputed when a decision was recorded, whatever became of them since."""
    cited = {int(one.partition("/")[2]) for one in inputs}
    last: dict[int, bool] = {}
    for entry in history:
        if entry.version >= version:
            break
        if isinstance(entry.fact, _ANSWERS):
            last[entry.fact.version] = isinstance(entry.fact, e.EntryDisputed)
        elif isinstance(entry.fact, e.FactCorrected):
            last[entry.fact.corrects] = False
    return tuple(one for one in sorted(cited) if last.get(one))


def _values(entry: Recorded, fact: e.TierDecided, disputed: tuple[int, ...]) -> dict[str, Any]:
    assert fact.over_dispute is not None
    return {
        "decided_on": fact.occurred_on.isoformat(),
        "decided_by": entry.person,
        "decided_for": entry.organisation,
        "tier": fact.tier.value,
        "disputed": " ".join(map(str, disputed)),
        "reason": words_or_erased(fact.over_dispute),
    }


MODEL = ReadModel("disputes", "practice", (TABLE,), rows)

T = TABLE.c


def find(
    reading: Connection, scope: Scope, today: date, *, page: int = 1, page_size: int | None = None
) -> Found[OverDispute]:
    """The decisions over a dispute of the practices in scope, newest first."""
    return LISTED.find(reading, scope, today, page=page, page_size=page_size)


def _row(row: Any) -> OverDispute:
    values = {name: getattr(row, name) for name in OverDispute._fields}
    disputed = tuple(int(one) for one in row.disputed.split())
    return OverDispute(**values | {"tier": Tier(row.tier), "disputed": disputed})


LISTED = Listed(TABLE, (T.decided_on.desc(), T.code, T.version.desc()), _row, page_size=PAGE_SIZE)
