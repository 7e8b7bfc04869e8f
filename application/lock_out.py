"""Who tries to sign in too often waits, and longer each time: for each account, and for each network address that tries.

The count is in the record store, so that every process counts together. A try is counted before the password is looked
at, in one statement: however many come at once, no more are let through. An account that nobody has waits like one that
somebody has, so that waiting tells of neither; and what was typed as an account is kept as a keyed hash only.
"""

from __future__ import annotations

import hmac
from datetime import UTC, datetime, timedelta
from typing import NamedTuple

from sqlalchemy import Connection, Engine, case, delete, or_, select, update
from sqlalchemy.dialects import postgresql, sqlite

from application.tables import sign_in_tries

FREE_OF_ACCOUNT, FREE_OF_ADDRESS = 5, 30
"""Tries that fail before the first wait. Many people may share one address: a practice, an office, a hospital."""

WAITS = tuple(timedelta(minutes=minutes) for minutes in (1, 2, 4, 8, 15))
"""How long each next failure makes one wait; the last, every one after. Nobody is shut out for longer by a stranger."""

FORGOTTEN = timedelta(days=1)
"""After so long without a try, the count begins again."""

ACCOUNT, ADDRESS = "account:", "address:"

T = sign_in_tries.c


class Try(NamedTuple):
    """A try that was counted. `until` is when the next is possible; `looked_at` is false when this one came too early."""

    until: datetime | None
    looked_at: bool


class Held(NamedTuple):
    """An account or a network address that waits."""

    subject: str
    tries: int
    until: datetime

    @property
    def address(self) -> str | None:
        """The network address; None for an account."""
        return self.subject.removeprefix(ADDRESS) if self.subject.startswith(ADDRESS) else None


class LockOut:
    """Counts the tries to sign in that fail, and says who waits."""

    def __init__(self, engine: Engine, secret: str) -> None:
        self._engine = engine
        self._key = hmac.digest(secret.encode(), b"casebook/v1\0sign-in-tries", "sha256")
        self._insert = sqlite.insert if engine.dialect.name == "sqlite" else postgresql.insert

    def subject_of(self, email: str) -> str:
        """What an account is counted by, whether there is such an account or not."""
        return ACCOUNT + hmac.digest(self._key, email.strip().lower().encode(), "sha256").hex()

    def count(self, email: str, address: str, at: datetime) -> Try:
        """Count a try as one that fails, until `succeeded` says otherwise. No address: it cannot be told."""
        at = at.astimezone(UTC)
        # The address first, always: two tries that wait for each other's rows would wait for ever.
        asked = [(ADDRESS + address, FREE_OF_ADDRESS)] if address else []
        asked.append((self.subject_of(email), FREE_OF_ACCOUNT))
        with self._engine.begin() as connection:
            untils = []
            for subject, free in asked:
                until, waits = self._count(connection, subject, free, at)
                if waits:
                    connection.rollback()
                    return Try(until, looked_at=False)
                untils.append(until)
            connection.execute(delete(sign_in_tries).where(T.last_at < at - FORGOTTEN))
        return Try(max((until for until in untils if until), default=None), looked_at=True)

    def succeeded(self, email: str, address: str = "") -> None:
        """The last try did not fail: the account's count begins again, and its address is not charged for it."""
        with self._engine.begin() as connection:
            if address:
                where = T.subject == ADDRESS + address, T.tries > 0
                given_back = update(sign_in_tries).where(*where).values(tries=T.tries - 1, locked_until=None)
                connection.execute(given_back)
            connection.execute(delete(sign_in_tries).where(T.subject == self.subject_of(email)))

    def held(self, at: datetime) -> list[Held]:
        """Everybody who waits now, whoever waits longest first."""
        query = select(T.subject, T.tries, T.locked_until).where(T.locked_until > at.astimezone(UTC))
        with self._engine.connect() as connection:
            rows = connection.execute(query.order_by(T.locked_until.desc(), T.subject)).all()
        return [Held(row.subject, row.tries, _utc(row.locked_until)) for row in rows]

    def clear(self, subject: str) -> bool:
        """Let an account or an address try again at once. False if there was nothing to clear."""
        with self._engine.begin() as connection:
            return connection.execute(delete(sign_in_tries).where(T.subject == subject)).rowcount == 1

    def _count(
        self, connection: Connection, subject: str, free: int, at: datetime
    ) -> tuple[datetime | None, bool]:
        """Until when the next try waits, and whether this one should have."""
        begin = self._insert(sign_in_tries).values(subject=subject, tries=1, last_at=at, locked_until=None)
        counted = begin.on_conflict_do_update(
            index_elements=[T.subject],
            set_={
                "tries": case((T.last_at < at - FORGOTTEN, 1), else_=T.tries + 1),
                "last_at": at,
                "locked_until": None,
            },
            where=or_(T.locked_until.is_(None), T.locked_until <= at),
        ).returning(T.tries)
        tries = connection.scalar(counted)
        if tries is None:
            until = connection.scalar(select(T.locked_until).where(T.subject == subject))
            return _utc(until or at), True
        wait = wait_after(tries, free)
        if wait is None:
            return None, False
        until = at + wait
        connection.execute(update(sign_in_tries).where(T.subject == subject).values(locked_until=until))
        return until, False


def wait_after(tries: int, free: int) -> timedelta | None:
    """How long a try waits after so many that failed."""
    return None if tries < free else WAITS[min(tries - free, len(WAITS) - 1)]


def _utc(at: datetime) -> datetime:
    return at if at.tzinfo else at.replace(tzinfo=UTC)
