"""Which schema of the stores this Casebook works with, and whether a store has it.

The names are those of the migrations, oldest first. They are written out here so that opening a store does not load
Alembic; a test holds them to the migrations.
"""

from __future__ import annotations

from sqlalchemy import Engine, inspect, text

REVISIONS: dict[str, tuple[str, ...]] = {
    "record": ("record_1", "record_2", "record_3", "record_4"),
    "keys": ("keys_1",),
}


class NotReady(Exception):
    """A store cannot be used as it is. Its text is one line that says what to do."""


class ViewsMissing(NotReady):
    """There are no views: they are made from the record by a rebuild."""

    def __init__(self) -> None:
        super().__init__("There are no views yet: run `casebook rebuild`, which makes them from the record")


def revision_of(engine: Engine) -> str | None:
    """The schema that a store has; None when it has none."""
    with engine.connect() as connection:
        if not inspect(connection).has_table("alembic_version"):
            return None
        return connection.execute(text("SELECT version_num FROM alembic_version")).scalar()


def check(store: str, revision: str | None) -> None:
    """NotReady unless a store's schema is the one that this Casebook works with."""
    if revision is None:
        raise NotReady(f"There is no {store} store here yet: run `casebook init`")
    check_known(store, revision)
    if revision != REVISIONS[store][-1]:
        raise NotReady(f"The {store} store has an older schema: run `casebook init`, which upgrades it")


def check_known(store: str, revision: str) -> None:
    """NotReady when a store's schema is none that this Casebook knows."""
    if revision not in REVISIONS[store]:
        raise NotReady(f"The {store} store has the schema {revision}, of a newer Casebook: upgrade Casebook")
