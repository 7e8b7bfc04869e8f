"""What the recorders of both databases share: the form of a commit, and the errors that a commit may end in."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from eventsourcing.persistence import IntegrityError, InterfaceError, OperationalError, StoredEvent
from sqlalchemy.exc import OperationalError as TableUnsure

from application.codec import Codec
from application.reading import TABLE, BulkReading
from application.schema import NotReady
from domain.rules import Recorded

__all__ = ["FULL", "TABLE", "DiskFull", "Recorder", "Remembered", "Sent", "Taken", "Unsure", "command_rows"]

Taken = IntegrityError
"""Somebody else recorded at this version, or this command's id, first. (Or we did, and did not hear of it.)"""

Unsure = (InterfaceError, OperationalError, TableUnsure)
"""The database was busy or away. What was sent may or may not have been committed."""


FULL = "disk is full", "No space left on device"
"""How the databases say so."""


class DiskFull(NotReady):
    """Nothing was recorded, nor would be however often it was sent: somebody must make room."""

    def __init__(self) -> None:
        super().__init__("The disk is full: nothing was recorded. Make room, then send it again")


class Sent(NamedTuple):
    """One command of a commit, whose facts are the next `facts` of the commit."""

    id: str
    digest: bytes
    facts: int


class Remembered(NamedTuple):
    """What the record remembers of a command."""

    digest: bytes
    first_position: int
    last_position: int


class Recorder(BulkReading):
    """The record. Reads facts, and appends them with the ids of their commands."""

    codec: Codec

    def append(self, facts: Sequence[Recorded], sent: Sequence[Sent]) -> list[Recorded]:
        """Record facts in one transaction, or raise Taken, DiskFull or one of Unsure. Gives them with their positions."""
        assert sum(command.facts for command in sent) == len(facts)
        try:
            stored = [StoredEvent(fact.stream, fact.version, *self.codec.encode(fact)) for fact in facts]
            positions = self.insert(stored, sent)
        except Unsure as problem:
            if any(words in str(problem) for words in FULL):
                raise DiskFull from problem
            raise
        return [fact._replace(position=position) for fact, position in zip(facts, positions, strict=True)]

    def insert(self, stored: Sequence[StoredEvent], sent: Sequence[Sent]) -> Sequence[int]:
        raise NotImplementedError

    def remembered(self, command_id: str) -> Remembered | None:
        """What a command recorded, if it was ever taken."""
        what = "digest, first_position, last_position"
        rows = self._rows(f"WHERE id = {self.mark}", [command_id], what, "command")
        return Remembered(*rows[0]) if rows else None

    def remembered_among(self, command_ids: Sequence[str]) -> set[str]:
        """Which of some command ids were ever taken."""
        taken: set[str] = set()
        for at in range(0, len(command_ids), 500):
            some = command_ids[at : at + 500]
            rows = self._rows(f"WHERE id IN ({', '.join([self.mark] * len(some))})", some, "id", "command")
            taken.update(command_id for (command_id,) in rows)
        return taken

    def facts_between(self, first: int, last: int) -> list[Recorded]:
        """The facts from one position to another, both included."""
        p, m = self.position_column, self.mark
        return self.codec.decode(self._rows(f"WHERE {p} >= {m} AND {p} <= {m} ORDER BY {p}", [first, last]))

    def close(self) -> None:
        raise NotImplementedError


def command_rows(sent: Sequence[Sent], positions: Sequence[int]) -> list[tuple[str, bytes, int, int]]:
    """The rows of table `command` for a commit whose facts were given these positions."""
    rows, at = [], 0
    for command in sent:
        rows.append((command.id, command.digest, positions[at], positions[at + command.facts - 1]))
        at += command.facts
    return rows
