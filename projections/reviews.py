"""Decisions on the tier that were checked again: what each was looked at again for, whose it is, and what came of it.

The rows are part of the view of decisions; here is what is asked of all of them at once. What came of a review may hang on what
one organisation keeps to itself: it has then a row for each kind of reader, and each reader sees one of them.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from enum import StrEnum
from typing import Any, NamedTuple

from sqlalchemy import Column, ColumnElement, Connection, Date, Integer, Text

from domain.access.permissions import Scope
from domain.practice.events import (
    DecisionChecked,
    DecisionReaffirmed,
    DecisionReviewAsked,
    DecisionRevised,
    EntryAmended,
    FactCorrected,
    FactWithdrawn,
    FlagWithdrawn,
)
from domain.practice.kinds import Tier
from domain.rules import Recorded
from projections import caseload
from projections.paged import Found, Listed
from projections.readers import Reader, told_by
from projections.story import PracticeStory
from projections.tables import Row, Sorted, iso, made_of, view_table
from projections.tellings import Plain, Telling, tellings

PAGE_SIZE = 25
CHECKED = "checked"
"""The status of a decision that was checked again with no effect; those of reviews are the domain's."""

TABLE = view_table(
    "decision_review",
    "code",
    Column("telling", Sorted),
    Column("version", Integer, nullable=False),
    # None where it was checked with no effect: nobody is asked.
    Column("asking_id", Text),
    Column("decision_number", Integer, nullable=False),
    Column("decided_on", Date, nullable=False),
    Column("decided_by", Text, nullable=False),
    Column("tier", Text, nullable=False),
    Column("because", Text, nullable=False),
    # None where any manager of the contract holder's is asked.
    Column("given_to", Text),
    Column("corrector", Text, nullable=False),
    Column("asked_on", Date, nullable=False),
    Column("status", Text, nullable=False),
    Column("answer", Integer),
    Column("answered_on", Date),
    Column("answered_by", Text),
    # Who reads this telling of it: whoever is of each of the one organisations, and of none of the others.
    Column("told_to", Text, nullable=False),
    Column("untold_to", Text, nullable=False),
    indexes=(("status",),),
)


class How(StrEnum):
    """How an entry came to bear on a decision that had been taken."""

    CORRECTED = "corrected"
    WITHDRAWN = "withdrawn"
    AMENDED = "amended"
    LATE = "late"


class Arrived(NamedTuple):
    """What became of the entry at `version`, and on which day that was recorded."""

    version: int
    how: How
    on: date


class ReviewRow(NamedTuple):
    """A review of the `decision_number`-th decision of a practice, asked by the entry at `version`; or a checking of it."""

    code: str
    practice: str
    version: int
    asking_id: str | None
    decision_number: int
    decided_on: date
    decided_by: str
    tier: Tier
    because: tuple[Arrived, ...]
    given_to: str | None
    asked_on: date
    status: str
    answer: int | None
    answered_on: date | None
    answered_by: str | None


ABOUT_REVIEWS = (DecisionReviewAsked, DecisionChecked, DecisionReaffirmed, DecisionRevised)


def rows(story: PracticeStory) -> Iterator[Row]:
    for one in tellings(story, ABOUT_REVIEWS, _told):
        yield _row(one)


def _told(story: PracticeStory) -> Iterator[tuple[int, Plain]]:
    """By version, what is said of each review and checking that is in this story."""
    for entry, asked in story.facts(DecisionReviewAsked):
        review = story.practice.reviews[asked.asking_id]
        answer = story.standing.get(review.answer) if review.answer else None
        yield from _plain(
            story,
            entry,
            asked,
            asking_id=asked.asking_id,
            given_to=asked.given_to,
            corrector=review.corrector,
            status=review.status,
            answer=answer.version if answer else None,
            answered_on=iso(answer.fact.occurred_on) if answer else None,
            answered_by=answer.person if answer else None,
        )
    for entry, checked in story.facts(DecisionChecked):
        yield from _plain(story, entry, checked, corrector="", status=CHECKED)


_UNASKED = dict.fromkeys(("asking_id", "given_to", "answer", "answered_on", "answered_by"))


def _plain(
    story: PracticeStory,
    entry: Recorded,
    fact: DecisionReviewAsked | DecisionChecked,
    **of_it: str | int | None,
) -> Iterator[tuple[int, Plain]]:
    """Nothing where the decision itself was withdrawn: nothing of it is left to look at."""
    decisions = enumerate(story.practice.decisions, start=1)
    found = next(((at, one) for at, one in decisions if one.decision_id == fact.decision_id), None)
    if found is None:
        return
    number, decision = found
    yield (
        entry.version,
        {
            **_UNASKED,
            **of_it,
            "version": entry.version,
            "decision_number": number,
            "decided_on": iso(decision.decided_on),
            "decided_by": decision.decided_by,
            "tier": decision.tier.value,
            "because": " ".join(_because(story, fact.arrived)),
            "asked_on": iso(fact.occurred_on),
        },
    )


def _row(one: Telling) -> Row:
    values = {**one.plain, "told_to": " ".join(one.to), "untold_to": " ".join(one.not_to)}
    return Row(TABLE, ":".join((str(one.version), *one.to)), made_of(values), lambda: values)


def _because(story: PracticeStory, arrived: tuple[str, ...]) -> Iterator[str]:
    """A word for each entry: which, how, and when that was recorded."""
    for cited in arrived:
        entry = story.practice.recorded(int(cited.rpartition("/")[2]))
        if entry is not None:
            version, how = _touched(story, entry)
            yield f"{version}:{how}:{iso(entry.recorded_on)}"


def _touched(story: PracticeStory, entry: Recorded) -> tuple[int, How]:
    fact = entry.fact
    if isinstance(fact, FactCorrected):
        return fact.corrects, How.CORRECTED
    if isinstance(fact, FactWithdrawn):
        return fact.corrects, How.WITHDRAWN
    if isinstance(fact, EntryAmended):
        return fact.version, How.AMENDED
    flag = story.practice.flags.get(fact.flag_id) if isinstance(fact, FlagWithdrawn) else None
    return (flag.version, How.WITHDRAWN) if flag else (entry.version, How.LATE)


T = TABLE.c


class Wanted(NamedTuple):
    """Which reviews: of a status, of a contract holder, asked from and to a day, both included. None is any."""

    status: str | None = None
    team: str | None = None
    since: date | None = None
    until: date | None = None

    def where(self, by: Reader) -> Iterator[ColumnElement[bool]]:
        """The same, as conditions of a query, of what this reader may read."""
        yield told_by(by, T.told_to, T.untold_to)
        if self.status:
            yield T.status == self.status
        if self.team:
            yield caseload.TABLE.c.contract_holder == self.team
        if self.since:
            yield T.asked_on >= self.since
        if self.until:
            yield T.asked_on <= self.until


class Whose(NamedTuple):
    """Of which practices somebody asks, on which day, and what they may read there."""

    scope: Scope
    by: Reader
    today: date


def find(
    reading: Connection, whose: Whose, wanted: Wanted, *, page: int = 1, page_size: int | None = None
) -> Found[ReviewRow]:
    """The reviews of the practices in scope, those that were asked last first."""
    where = wanted.where(whose.by)
    return LISTED.find(reading, whose.scope, whose.today, *where, page=page, page_size=page_size)


def counted(reading: Connection, whose: Whose, wanted: Wanted) -> dict[str, int]:
    """How many there are of each status, whichever of them is asked for."""
    where = wanted._replace(status=None).where(whose.by)
    return dict(LISTED.counted(reading, whose.scope, whose.today, *where, by=(T.status,)))


def teams(reading: Connection, whose: Whose) -> list[str]:
    """The contract holders of the practices that there are any of."""
    holder = caseload.TABLE.c.contract_holder
    found = LISTED.counted(reading, whose.scope, whose.today, *Wanted().where(whose.by), by=(holder,))
    return [team for team, _ in found if team]


def because_of(row: Any) -> tuple[Arrived, ...]:
    """What a row says that it was looked at again for."""
    words = (word.split(":") for word in row.because.split())
    return tuple(Arrived(int(version), How(how), date.fromisoformat(on)) for version, how, on in words)


def _read(row: Any) -> ReviewRow:
    values = {name: getattr(row, name) for name in ReviewRow._fields}
    return ReviewRow(**values | {"tier": Tier(row.tier), "because": because_of(row)})


LISTED = Listed(TABLE, (T.asked_on.desc(), T.code, T.version.desc()), _read, page_size=PAGE_SIZE)
