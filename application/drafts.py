"""What somebody has typed and not recorded: no fact, their own alone, and gone when it is recorded or discarded.

The words are sealed as the record's are, under a key for each draft. That key is destroyed with the draft, so that no copy
of the database opens them again. A draft is found by its person and by the address where it is gone on with; the
address holds no typed words.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from contextlib import suppress
from datetime import UTC, datetime, timedelta
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, Connection, Engine, and_, delete, insert, select, update
from sqlalchemy.exc import IntegrityError

from application.keys import KeyStore, StillInLog
from application.sealing import Batch, DataKey, read_sealed, seal
from application.tables import draft
from domain.rules import Sealed

KEPT_FOR = timedelta(days=90)
"""A draft that nobody saved again for so long is forgotten."""

TOPIC, FIELD = "draft", "typed"

T = draft.c

Typed = list[tuple[str, str]]
"""What was typed: the names and answers of a form, in its order."""


class Draft(NamedTuple):
    """What a person typed at an address, when they last saved it. The words open when they are first asked for."""

    about: str
    saved_at: datetime
    sealed: Sealed

    @property
    def typed(self) -> Typed:
        return [(name, value) for name, value in json.loads(self.sealed.words)]


class Drafts:
    """Keeps, finds and discards drafts: every question names the person, so that nobody is given another's."""

    def __init__(self, engine: Engine, keys: KeyStore) -> None:
        self._engine = engine
        self._keys = keys

    def keep(self, person: str, about: str, typed: Typed, at: datetime) -> None:
        """Keep what was typed, in place of what this person had kept at this address."""
        words, at = json.dumps(typed, ensure_ascii=False), at.astimezone(UTC)
        try:
            gone = self._keep(person, about, words, at)
        except IntegrityError:
            # Sent twice at once: the other was first, and this one takes its place.
            gone = self._keep(person, about, words, at)
        self._destroy(gone)

    def _keep(self, person: str, about: str, words: str, at: datetime) -> list[int]:
        with self._engine.begin() as connection:
            gone = _taken_out(connection, T.saved_at < at - KEPT_FOR)
            key_id = connection.scalar(select(T.key_id).where(_of(person, about)))
            key = self._keys.draw() if key_id is None else DataKey(key_id, self._keys.fetch([key_id])[key_id])
            _, box, commitment = seal(words, key, (TOPIC, f"{person} {about}", 0), FIELD)
            row = {"key_id": key.id, "box": box, "commitment": commitment, "saved_at": at}
            if key_id is None:
                connection.execute(insert(draft).values(person=person, about=about, **row))
            else:
                connection.execute(update(draft).where(_of(person, about)).values(row))
        return gone

    def addresses(self, person: str) -> list[str]:
        """Where a person goes on with what they have not recorded yet."""
        with self._engine.connect() as connection:
            return list(connection.scalars(select(T.about).where(T.person == person)))

    def all_of(self, person: str) -> list[Draft]:
        """Everything that a person has not recorded yet, the last saved first."""
        return self._found(T.person == person)

    def beneath(self, person: str, about: str) -> dict[str, Draft]:
        """What a person kept at an address and at those beneath it, by address."""
        beneath = T.about.startswith(f"{about}/", autoescape=True)
        found = self._found(and_(T.person == person, (T.about == about) | beneath))
        return {one.about: one for one in found}

    def one(self, person: str, about: str) -> Draft | None:
        """What a person kept at an address."""
        return next(iter(self._found(_of(person, about))), None)

    def discard(self, person: str, abouts: Iterable[str]) -> None:
        """Forget what a person kept at these addresses, for good."""
        with self._engine.begin() as connection:
            gone = _taken_out(connection, and_(T.person == person, T.about.in_(sorted(set(abouts)))))
        self._destroy(gone)

    def _found(self, where: ColumnElement[bool]) -> list[Draft]:
        query = select(draft).where(where).order_by(T.saved_at.desc(), T.about)
        with self._engine.connect() as connection:
            rows = connection.execute(query).all()
        batch = Batch(self._keys.fetch)
        batch.ids.extend(row.key_id for row in rows)
        return [Draft(row.about, _utc(row.saved_at), _closed(row, batch)) for row in rows]

    def _destroy(self, keys: list[int]) -> None:
        if keys:
            # Destroyed they are: what is left in a log that somebody reads goes with the next.
            with suppress(StillInLog):
                self._keys.destroy(keys)


def _closed(row: Any, batch: Batch) -> Sealed:
    """The words as they lie, bound to whose they are and to where."""
    value = read_sealed(Sealed, [row.key_id, row.box, row.commitment])
    value.batch, value.field = batch, FIELD
    value.standing = (TOPIC, f"{row.person} {row.about}", 0)
    return value


def _of(person: str, about: str) -> ColumnElement[bool]:
    return and_(T.person == person, T.about == about)


def _taken_out(connection: Connection, where: ColumnElement[bool]) -> list[int]:
    """Take drafts out, and give the keys that they were sealed with."""
    return list(connection.scalars(delete(draft).where(where).returning(T.key_id)))


def _utc(at: datetime) -> datetime:
    return at if at.tzinfo else at.replace(tzinfo=UTC)
