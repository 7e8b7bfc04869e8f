"""A practice's indicator flags, open and ended."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any, NamedTuple

import msgspec
from sqlalchemy import BigInteger, Column, Connection, Date, Integer, Text, select

from domain.practice.events import FlagExplained, FlagRaised
from domain.practice.explained import Answer, answer_of, waiting_of
from domain.practice.kinds import Direction, ExplanationCategory, FlagKind, IndicatorDomain, Level, Side
from domain.practice.validated import first_validated
from projections.questions import Question, asked
from projections.story import PracticeStory
from projections.tables import ReadModel, Row, Sorted, made_of, view_table

TABLE = view_table(
    "flag",
    "code",
    Column("flag_id", Sorted),
    Column("version", Integer, nullable=False),
    Column("indicator", Text, nullable=False),
    Column("name", Text, nullable=False),
    Column("domain", Text, nullable=False),
    Column("kind", Text, nullable=False),
    Column("direction", Text, nullable=False),
    Column("level", Text, nullable=False),
    Column("period", Text),
    Column("raised_on", Date, nullable=False),
    Column("raised_by", Text, nullable=False),
    Column("status", Text, nullable=False),
    Column("ended_on", Date),
    Column("validated_on", Date),
    Column("explanations", Text, nullable=False),
    Column("release", Text),
    Column("position", BigInteger().with_variant(Integer, "sqlite"), nullable=False),
    Column("answer", Text, nullable=False),
    Column("waiting_on", Date),
    Column("waiting_by", Text),
    Column("waiting", Integer),
    Column("waiting_id", Text),
    # An explanation that waits is looked for among the flags of all practices: hardly any has one.
    indexes=(("waiting_on",), ("release",)),
)


class Explanation(NamedTuple):
    """An explanation of a flag: the flag stays open. Its words are in the timeline, at `version`."""

    on: date
    version: int
    category: ExplanationCategory
    given_by: Side
    proposed: bool


class FlagRow(NamedTuple):
    """A flag. `status` is open, cleared or withdrawn; `answer` is how its explanations stand, and `position` where in the
    record it was raised.
    """

    code: str
    flag_id: str
    version: int
    indicator: str
    name: str
    domain: IndicatorDomain
    kind: FlagKind
    direction: Direction
    level: Level
    period: str | None
    raised_on: date
    raised_by: str
    status: str
    ended_on: date | None
    explanations: tuple[Explanation, ...]
    release: str | None
    position: int
    answer: Answer

    @property
    def open(self) -> bool:
        return self.status == "open"


def rows(story: PracticeStory) -> Iterator[Row]:
    if not story.practice.flags:
        return
    explained: dict[str, list[Explanation]] = {}
    # Of what both organisations see: it is counted for both.
    validated = first_validated(story.shared.practice)
    for entry, fact in story.facts(FlagExplained):
        explained.setdefault(fact.flag_id, []).append(
            Explanation(fact.occurred_on, entry.version, fact.category, fact.given_by, fact.proposed)
        )
    for flag in story.practice.flags.values():
        raised = story.standing[flag.version]
        assert isinstance(raised.fact, FlagRaised)
        waiting = waiting_of(story.practice, flag.flag_id) if flag.open else []
        first = min(waiting, key=lambda one: (one.explained_on, one.version), default=None)
        values = {
            "version": flag.version,
            "indicator": flag.indicator,
            "name": flag.name,
            "domain": flag.domain.value,
            "kind": flag.kind.value,
            "direction": flag.direction.value,
            "level": flag.level.value,
            "period": raised.fact.period,
            "raised_on": flag.raised_on.isoformat(),
            "raised_by": raised.person,
            "status": flag.status,
            "ended_on": flag.ended_on and flag.ended_on.isoformat(),
            "validated_on": validated[flag.flag_id].isoformat() if flag.flag_id in validated else None,
            "explanations": msgspec.json.encode(explained.get(flag.flag_id, [])).decode(),
            "release": raised.fact.release,
            "position": raised.position,
            "answer": answer_of(story.practice, flag.flag_id),
            "waiting_on": first and first.explained_on.isoformat(),
            "waiting_by": first and first.explained_by,
            "waiting": first and first.version,
            "waiting_id": first and first.explanation_id,
        }
        yield Row(TABLE, flag.flag_id, made_of(values), lambda values=values: values)  # type: ignore[misc]


MODEL = ReadModel("flags", "practice", (TABLE,), rows)

T = TABLE.c
OF_PRACTICE = Question(select(TABLE).where(T.code == asked("code")).order_by(T.raised_on, T.version))


def of_practice(reading: Connection, code: str) -> list[FlagRow]:
    """A practice's flags, in the order they were raised."""
    return [_row(row) for row in OF_PRACTICE.of(reading, code=code)]


def _row(row: Any) -> FlagRow:
    return FlagRow(
        row.code,
        row.flag_id,
        row.version,
        row.indicator,
        row.name,
        IndicatorDomain(row.domain),
        FlagKind(row.kind),
        Direction(row.direction),
        Level(row.level),
        row.period,
        row.raised_on,
        row.raised_by,
        row.status,
        row.ended_on,
        msgspec.json.decode(row.explanations, type=tuple[Explanation, ...]),
        row.release,
        row.position,
        row.answer,
    )
