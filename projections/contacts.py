"""When an organisation speaks with a practice next, where that follows from what it keeps to itself.

The caseload says when the last conversation that both organisations see promised the next one. Where an organisation
has recorded conversations that the other does not read, the last of all that it sees is told here, for it alone.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from typing import Any

from sqlalchemy import Column, Date, Integer

from domain.practice.events import ConversationRecorded
from domain.rules import Recorded
from projections.story import PracticeStory
from projections.tables import ReadModel, Row, Sorted, made_of, view_table

TABLE = view_table(
    "contact",
    "code",
    Column("organisation", Sorted),
    Column("version", Integer, nullable=False),
    Column("said_on", Date, nullable=False),
    Column("next_contact_on", Date),
)


def rows(story: PracticeStory) -> Iterator[Row]:
    """One row for each organisation that keeps a conversation to itself."""
    closed = story.practice.closed
    if not closed:
        return
    talks = story.facts(ConversationRecorded)
    for organisation in sorted(
        {closed[entry.version].organisation or "" for entry, _ in talks if entry.version in closed}
    ):
        of_theirs = [
            (fact.occurred_on, entry, fact)
            for entry, fact in talks
            if entry.version not in closed or closed[entry.version].organisation == organisation
        ]
        _, entry, last = max(of_theirs, key=lambda one: (one[0], one[1].version))
        plain = _plain(entry, last)
        yield Row(TABLE, organisation, made_of(plain), partial(dict, plain))


def _plain(entry: Recorded, last: ConversationRecorded) -> dict[str, Any]:
    return {
        "version": entry.version,
        "said_on": last.occurred_on.isoformat(),
        "next_contact_on": last.next_contact_on and last.next_contact_on.isoformat(),
    }


MODEL = ReadModel("contacts", "practice", (TABLE,), rows)
