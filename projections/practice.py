"""The practice page: how does it stand, why, and what happens next?"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any, NamedTuple

from sqlalchemy import Column, Connection, Date, Integer, Text, select

from domain.practice.events import (
    CaseworkerNamed,
    DetailsChanged,
    PracticeHandedOver,
    PracticeRegistered,
)
from domain.practice.kinds import Channel, ContractorKind, Side
from projections import actions, caseload_found, contracts, decisions, flags, intelligence, timeline
from projections.actions import ActionRow
from projections.caseload_row import CaseloadRow
from projections.contracts import ContractRow
from projections.decisions import DecisionRow, ProposalRow, RequestRow
from projections.flags import FlagRow
from projections.intelligence import IntelligenceRow
from projections.questions import Question, asked
from projections.readers import Reader
from projections.story import PracticeStory
from projections.tables import ReadModel, Row, made_of, view_table, words_or_erased

TABLE = view_table(
    "practice",
    "code",
    None,
    Column("kind", Text, nullable=False),
    Column("name", Text, nullable=False),
    Column("address", Text),
    Column("postcode", Text),
    Column("telephone", Text),
    Column("list_size", Integer),
    Column("registered_on", Date, nullable=False),
    Column("opened_on", Date),
    Column("closed_on", Date),
    Column("caseworker", Text),
    Column("caseworker_since", Date),
)


class Details(NamedTuple):
    """What the practice is called, and how it is reached."""

    code: str
    kind: ContractorKind
    name: str
    address: str | None
    postcode: str | None
    telephone: str | None
    list_size: int | None
    registered_on: date
    opened_on: date | None
    closed_on: date | None
    caseworker: str | None
    caseworker_since: date | None


class Talk(NamedTuple):
    """A conversation as a mark of the story band: whose sides took part. `version` is its entry."""

    on: date
    version: int
    sides: tuple[Side, ...]
    channel: Channel

    @property
    def shared(self) -> bool:
        return {Side.CONTRACT_HOLDER, Side.LOCAL_COMMISSIONER} <= set(self.sides)

    @property
    def with_practice(self) -> bool:
        return Side.PRACTICE in self.sides


class Standing(NamedTuple):
    """Where a practice stands on a day. What the story band is drawn from is all here.

    `now` is its caseload row, with the tier of the day and the tier line. `decision` is the one in effect that day,
    None while nobody has reviewed the starting tier; `next_decision` is one already made for a later day.
    """

    details: Details
    now: CaseloadRow
    decision: DecisionRow | None
    next_decision: DecisionRow | None
    decisions: list[DecisionRow]
    proposals: list[ProposalRow]
    requests: list[RequestRow]
    flags: list[FlagRow]
    actions: list[ActionRow]
    intelligence: list[IntelligenceRow]
    contracts: list[ContractRow]
    talks: list[Talk]


def rows(story: PracticeStory) -> Iterator[Row]:
    practice = story.practice
    details = practice.details
    if details is None or practice.registered_on is None:
        return
    told = max(
        entry.version for kind in (PracticeRegistered, DetailsChanged) for entry, _ in story.facts(kind)
    )
    named = [fact for kind in (CaseworkerNamed, PracticeHandedOver) for fact in story.facts(kind)[-1:]]
    caseworker_since = None
    if practice.caseworker:
        _, last = max(named, key=lambda one: one[0].version)
        caseworker_since = last.from_on.isoformat()  # type: ignore[attr-defined]
    plain = {
        "kind": practice.kind.value,
        "postcode": details.postcode,
        "list_size": details.list_size,
        "registered_on": practice.registered_on.isoformat(),
        "opened_on": practice.opened_on and practice.opened_on.isoformat(),
        "closed_on": practice.closed_on and practice.closed_on.isoformat(),
        "caseworker": practice.caseworker,
        "caseworker_since": caseworker_since,
    }

    def values() -> dict[str, Any]:
        return {
            **plain,
            "name": words_or_erased(details.name),
            "address": details.address and words_or_erased(details.address),
            "telephone": details.telephone and words_or_erased(details.telephone),
        }

    yield Row(TABLE, "", made_of(plain, story.mark(told)), values)


MODEL = ReadModel("practice", "practice", (TABLE,), rows)

T = timeline.TABLE.c
DETAILS = Question(select(TABLE).where(TABLE.c.code == asked("code")))
TALKS = Question(
    select(T.occurred_on, T.version, T.sides, T.channel)
    .where(timeline.OF_PRACTICE, timeline.READ, T.facet == "conversation", T.withdrawn.is_(False))
    .where(T.sides.is_not(None))
    .order_by(T.occurred_on, T.version)
)


def details(reading: Connection, code: str) -> Details | None:
    """A practice's details; None when no such practice is registered."""
    row = DETAILS.one(reading, code=code)
    if row is None:
        return None
    values = {name: getattr(row, name) for name in Details._fields}
    return Details(**{**values, "kind": ContractorKind(row.kind)})


def standing(reading: Connection, code: str, by: Reader, today: date) -> Standing | None:
    """Where a practice stands on a day for a reader, with all its flags, actions and other things, ended or not."""
    known, now = details(reading, code), caseload_found.one(reading, code, today)
    if known is None or now is None:
        return None
    decided = decisions.of_practice(reading, code)
    return Standing(
        details=known,
        now=now,
        decision=next((one for one in decided if one.version == now.decision_version), None),
        next_decision=next((one for one in decided if one.effective_on == now.next_tier_from), None),
        decisions=decided,
        proposals=decisions.proposals_of(reading, code),
        requests=decisions.requests_of(reading, code, by),
        flags=flags.of_practice(reading, code),
        actions=actions.of_practice(reading, code, now.contract_holder, now.local_commissioner),
        intelligence=intelligence.of_practice(reading, code, by),
        contracts=contracts.of_practice(reading, code),
        talks=talks(reading, code, by),
    )


def talks(reading: Connection, code: str, by: Reader) -> list[Talk]:
    """A practice's conversations that this reader may read, as marks, oldest first; withdrawn ones left out."""
    return [
        Talk(
            row.occurred_on,
            row.version,
            tuple(Side(side) for side in row.sides.split()),
            Channel(row.channel),
        )
        for row in TALKS.of(reading, code=code, **by.given())
    ]
