"""Conversations and amendments that wait for the other organisation's answer. What is answered is not here."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from typing import Any

from sqlalchemy import Column, Date, Integer, Text

from domain.practice.events import ConversationRecorded
from domain.practice.kinds import Visibility
from domain.practice.state import AgreedRecord
from domain.practice.visible import SIDES, visibility_of
from domain.rules import Recorded
from projections.story import PracticeStory
from projections.tables import ReadModel, Row, view_table, words_or_erased

TABLE = view_table(
    "to_be_agreed",
    "code",
    Column("version", Integer, autoincrement=False),
    Column("text_version", Integer, nullable=False),
    Column("text_on", Date, nullable=False),
    Column("text_by", Text, nullable=False),
    Column("waits_for", Text, nullable=False),
    Column("state", Text, nullable=False),
    Column("title", Text, nullable=False),
    indexes=(("waits_for", "text_on", "code", "version"),),
)
"""`waits_for` is the side whose answer is awaited; `state` is proposed or amended; `text_by` who wrote the text."""


def rows(story: PracticeStory) -> Iterator[Row]:
    """One row for each text that waits, of those that both organisations see."""
    practice = story.practice
    for record in practice.records.values():
        waits = record.state in {"proposed", "amended"}
        if waits and visibility_of(practice.closed, record.entry) == Visibility.BOTH:
            basis = f"{story.mark(record.entry)} {record.text_version} {record.state}"
            yield Row(TABLE, record.entry, basis, partial(_values, story, record))


def _values(story: PracticeStory, record: AgreedRecord) -> dict[str, Any]:
    text = story.practice.recorded(record.text_version)
    assert text is not None
    (waits_for,) = SIDES - {record.text_by}
    return {
        "text_version": record.text_version,
        "text_on": record.text_on.isoformat(),
        "text_by": text.person,
        "waits_for": waits_for.value,
        "state": record.state,
        "title": _title(story.standing[record.entry], record),
    }


def _title(entry: Recorded, record: AgreedRecord) -> str:
    """What the conversation is called, or how its text begins."""
    fact = entry.fact
    assert isinstance(fact, ConversationRecorded)
    return (
        words_or_erased(fact.subject)
        if fact.subject
        else words_or_erased(record.text).strip().partition("\n")[0][:200]
    )


MODEL = ReadModel("agreements", "practice", (TABLE,), rows)
