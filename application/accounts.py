"""Accounts: who may sign in, and with what. They hold credentials only; what a person may do is facts.

The columns are those that Flask-Security-Too works with. It asks each user for roles; ours are facts, so there are none.
"""

from __future__ import annotations

import secrets
from datetime import UTC, datetime, timedelta
from hashlib import sha256
from typing import Any, Protocol

from sqlalchemy import DateTime, ForeignKey, String, select, update
from sqlalchemy.orm import DeclarativeBase, Mapped, Session, mapped_column

from application.tables import RECORD


class Base(DeclarativeBase):
    metadata = RECORD


class Account(Base):
    """A person's way in. `person_id` is the person that facts speak of."""

    __tablename__ = "account"

    id: Mapped[int] = mapped_column(primary_key=True)
    email: Mapped[str] = mapped_column(String(255), unique=True)
    password: Mapped[str | None] = mapped_column(String(255))
    active: Mapped[bool] = mapped_column(default=True)
    fs_uniquifier: Mapped[str] = mapped_column(String(64), unique=True)
    person_id: Mapped[str] = mapped_column(String(64), unique=True)
    confirmed_at: Mapped[datetime | None] = mapped_column(DateTime)
    last_login_at: Mapped[datetime | None] = mapped_column(DateTime)
    current_login_at: Mapped[datetime | None] = mapped_column(DateTime)
    last_login_ip: Mapped[str | None] = mapped_column(String(64))
    current_login_ip: Mapped[str | None] = mapped_column(String(64))
    login_count: Mapped[int] = mapped_column(default=0)

    @property
    def roles(self) -> list[Any]:
        return []

    @roles.setter
    def roles(self, given: list[Any]) -> None:
        if given:
            raise ValueError("roles are facts: grant one with a command")


class OneTimeLink(Base):
    """A link that lets its holder set a password, once. Only a hash of what the link carries is kept."""

    __tablename__ = "one_time_link"

    token_sha256: Mapped[str] = mapped_column(String(64), primary_key=True)
    account_id: Mapped[int] = mapped_column(ForeignKey("account.id"))
    made_at: Mapped[datetime] = mapped_column(DateTime(timezone=True))
    expires_at: Mapped[datetime] = mapped_column(DateTime(timezone=True))
    used_at: Mapped[datetime | None] = mapped_column(DateTime(timezone=True))


class Sessions(Protocol):
    """What is asked of the stores."""

    def session(self) -> Session: ...


def add_account(stores: Sessions, *, email: str, person_id: str) -> None:
    """An account without a password: its person chooses one by a one-time link."""
    with stores.session() as session, session.begin():
        session.add(
            Account(email=email.strip().lower(), person_id=person_id, fs_uniquifier=secrets.token_hex(32))
        )


def make_link(stores: Sessions, person_id: str, *, at: datetime, lasts: timedelta) -> str:
    """What a new one-time link carries. Only its hash is kept, and the person's earlier links end."""
    token, at = secrets.token_urlsafe(32), at.astimezone(UTC)
    with stores.session() as session, session.begin():
        account_id = session.scalars(select(Account.id).where(Account.person_id == person_id)).one()
        earlier = OneTimeLink.account_id == account_id, OneTimeLink.used_at.is_(None)
        session.execute(update(OneTimeLink).where(*earlier).values(expires_at=at))
        digest = sha256(token.encode()).hexdigest()
        session.add(
            OneTimeLink(token_sha256=digest, account_id=account_id, made_at=at, expires_at=at + lasts)
        )
    return token
