"""For which purpose somebody looks back, as they stated it: what they typed of it is sealed, and opens for who reads the log."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, datetime

from sqlalchemy import Engine, insert, select

from application.access_log import log_access
from application.keys import KeyStore
from application.sealing import Batch, read_sealed, seal
from application.tables import stated_purpose
from domain.rules import Asked, Sealed

TOPIC, FIELD = "purpose", "words"

T = stated_purpose.c

STATED = "stated"
"""What a line of the access log says was done; its number is that of the purpose as it was stated."""


def state(engine: Engine, keys: KeyStore, at: datetime, asked: Asked, purpose: str, words: str) -> int:
    """Keep what somebody states, and note in the access log that they did. Gives its number."""
    row = {"at": at.astimezone(UTC), "person": asked.person, "purpose": purpose}
    if words:
        key = keys.draw()
        _, box, commitment = seal(words, key, _standing(asked.person), FIELD)
        row |= {"key_id": key.id, "box": box, "commitment": commitment}
    with engine.begin() as connection:
        number: int = connection.execute(insert(stated_purpose).values(row).returning(T.id)).scalar_one()
    log_access(engine, at, asked, STATED, "Purpose", number=number, purpose=purpose)
    return number


def stated_since(engine: Engine, person: str, since: datetime) -> str | None:
    """What somebody stated last, from an instant on: it is kept with the person, whatever became of their session."""
    query = select(T.purpose).where(T.person == person, T.at >= since.astimezone(UTC))
    with engine.connect() as connection:
        found: str | None = connection.scalar(query.order_by(T.id.desc()).limit(1))
    return found


def stated_in_words(engine: Engine, keys: KeyStore, numbers: Iterable[int]) -> dict[int, Sealed]:
    """What was typed of some purposes, by number. The words open when they are first asked for."""
    query = select(stated_purpose).where(T.id.in_(sorted(numbers)), T.key_id.is_not(None))
    with engine.connect() as connection:
        rows = connection.execute(query).all()
    batch, found = Batch(keys.fetch), dict[int, Sealed]()
    batch.ids.extend(row.key_id for row in rows)
    for row in rows:
        value = read_sealed(Sealed, [row.key_id, row.box, row.commitment])
        value.batch, value.field, value.standing = batch, FIELD, _standing(row.person)
        found[row.id] = value
    return found


def _standing(person: str) -> tuple[str, str, int]:
    return TOPIC, person, 0
