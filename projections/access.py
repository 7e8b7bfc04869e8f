"""Who asked to read a restricted entry, or read it in an emergency, and who has to answer for that."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from sqlalchemy import Column, Date, Integer, Text

from domain.practice.state import Access
from projections.story import PracticeStory
from projections.tables import ReadModel, Row, Sorted, made_of, view_table, words_or_erased

TABLE = view_table(
    "access",
    "code",
    Column("access_id", Sorted),
    Column("version", Integer, nullable=False),
    Column("entry", Integer, nullable=False),
    Column("reason", Text, nullable=False),
    Column("asked_on", Date, nullable=False),
    Column("asked_by", Text, nullable=False),
    Column("asked_for", Text),
    Column("status", Text, nullable=False),
    Column("review_by", Date),
    Column("answered_by", Text),
    Column("internal_to", Text),
    indexes=(("status",),),
)
"""`version` is the fact that asked or was taken, `entry` what it is about. `answered_by` is the organisation whose entry
it is while that is restricted: once it is open to both, or internal, there is nothing to grant.
"""


def rows(story: PracticeStory) -> Iterator[Row]:
    for access in story.practice.access.values():
        plain = _plain(story, access)

        def values(plain: dict[str, Any] = plain, access: Access = access) -> dict[str, Any]:
            return {**plain, "reason": words_or_erased(access.reason)}

        yield Row(TABLE, access.access_id, made_of(plain, story.mark(access.version)), values)


def _plain(story: PracticeStory, access: Access) -> dict[str, Any]:
    return {
        "version": access.version,
        "entry": access.entry,
        "asked_on": access.asked_on.isoformat(),
        "asked_by": access.person,
        "asked_for": access.organisation,
        "status": access.status,
        "review_by": access.review_by and access.review_by.isoformat(),
        "answered_by": story.restricted_to(access.entry),
        "internal_to": story.internal_to(access.version),
    }


MODEL = ReadModel("access", "practice", (TABLE,), rows)
