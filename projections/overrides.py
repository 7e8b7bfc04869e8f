"""Overrides: each that the medical or quality lead gave, and each decision for immediate safety that nobody talked about
in time, which stands as one.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from functools import partial
from typing import Any, Literal, NamedTuple

from sqlalchemy import Column, Connection, Date, Integer, Text

from domain.access.permissions import Scope
from domain.practice import events as e
from domain.practice.afterwards import stands_as_override_from
from domain.practice.guards import AFTERWARDS
from domain.practice.state import Decision, Practice
from domain.rules import Recorded, Sealed
from projections.paged import Found, Listed
from projections.story import PracticeStory
from projections.tables import ReadModel, Row, iso, made_of, view_table, words_or_erased

PAGE_SIZE = 25

TABLE = view_table(
    "override",
    "code",
    Column("version", Integer, autoincrement=False),
    Column("kind", Text, nullable=False),
    # From when it is one: a decision for immediate safety, once 28 days have passed.
    Column("stands_from", Date, nullable=False),
    Column("given_on", Date, nullable=False),
    Column("given_by", Text, nullable=False),
    Column("given_for", Text),
    Column("holds_until", Date),
    Column("decision", Integer),
    Column("decision_number", Integer),
    Column("decided_on", Date),
    Column("decided_again_on", Date),
    Column("reason", Text, nullable=False),
    indexes=(("stands_from",),),
)

Kind = Literal["given", "safety"]


class OverrideRow(NamedTuple):
    """An override given, or a decision that stands as one, by the entry at `version`.

    `decision` is the decision that rests on it, the `decision_number`-th of its practice; until the tier was decided again,
    on `decided_again_on`, the tier rests on it too.
    """

    code: str
    practice: str
    version: int
    kind: Kind
    stands_from: date
    given_on: date
    given_by: str
    given_for: str | None
    holds_until: date | None
    decision: int | None
    decision_number: int | None
    decided_on: date | None
    decided_again_on: date | None
    reason: str


def rows(story: PracticeStory) -> Iterator[Row]:
    practice = story.practice
    for one in practice.overrides.values():
        given = story.standing[one.version]
        assert isinstance(given.fact, e.OverrideGiven)
        plain = {"kind": "given", "stands_from": iso(one.given_on), "given_on": iso(one.given_on)}
        plain |= {"holds_until": iso(one.given_on + AFTERWARDS)} | _rests(practice, one.used)
        yield _row(story, given, plain, given.fact.reason)
    for decision in practice.decisions:
        if not decision.immediate_safety or decision.override is not None:
            continue
        # A conversation that one organisation alone sees is told to the other by nothing.
        stands_from = stands_as_override_from(story.shared.practice, decision)
        if stands_from is not None:
            decided = story.standing[decision.version]
            assert isinstance(decided.fact, e.TierDecided)
            assert decided.fact.immediate_safety is not None
            plain = {"kind": "safety", "stands_from": iso(stands_from), "given_on": iso(decision.decided_on)}
            plain |= {"holds_until": None} | _rests(practice, decision.version)
            yield _row(story, decided, plain, decided.fact.immediate_safety)


def _row(story: PracticeStory, entry: Recorded, plain: dict[str, Any], words: Sealed) -> Row:
    plain |= {"given_by": entry.person, "given_for": entry.organisation}
    basis = made_of(plain, story.mark(entry.version))
    return Row(TABLE, entry.version, basis, partial(_values, plain, words))


def _values(plain: dict[str, Any], words: Sealed) -> dict[str, Any]:
    return {**plain, "reason": words_or_erased(words)}


def _rests(practice: Practice, version: int | None) -> dict[str, Any]:
    """The decision that rests on it, and when the tier was next decided."""
    at = next((at for at, one in enumerate(practice.decisions) if one.version == version), None)
    decision: Decision | None = None if at is None else practice.decisions[at]
    again = practice.decisions[at + 1 : at + 2] if at is not None else []
    return {
        "decision": decision.version if decision else None,
        "decision_number": at + 1 if at is not None else None,
        "decided_on": iso(decision.decided_on) if decision else None,
        "decided_again_on": iso(again[0].decided_on) if again else None,
    }


MODEL = ReadModel("overrides", "practice", (TABLE,), rows)

T = TABLE.c


def find(
    reading: Connection, scope: Scope, today: date, *, page: int = 1, page_size: int | None = None
) -> Found[OverrideRow]:
    """The overrides of the practices in scope that are there by today, newest first."""
    return LISTED.find(reading, scope, today, T.stands_from <= today, page=page, page_size=page_size)


def _read(row: Any) -> OverrideRow:
    return OverrideRow(**{name: getattr(row, name) for name in OverrideRow._fields})


LISTED = Listed(TABLE, (T.given_on.desc(), T.code, T.version.desc()), _read, page_size=PAGE_SIZE)


def unused_after(one: OverrideRow) -> date | None:
    """From which day an override that no decision rests on may no longer be used."""
    if one.decision is not None or one.holds_until is None:
        return None
    return one.holds_until + timedelta(days=1)
