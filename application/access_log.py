"""Who read what, and who was refused what: an append-only log beside the record. Never any typed words."""

from __future__ import annotations

from datetime import UTC, datetime

from sqlalchemy import Engine, insert

from application.tables import access_log
from domain.rules import Asked


def log_access(
    engine: Engine,
    at: datetime,
    asked: Asked,
    what: str,
    name: str,
    *,
    subject: str | None = None,
    rule: str | None = None,
    number: int | None = None,
) -> None:
    """Write one line, in a transaction of its own: what is refused must leave this trace and nothing else."""
    with engine.begin() as connection:
        connection.execute(
            insert(access_log).values(
                at=at.astimezone(UTC),
                person=asked.person,
                organisation=asked.organisation,
                role=asked.role,
                what=what,
                name=name,
                subject=subject,
                rule=rule,
                number=number,
            )
        )
