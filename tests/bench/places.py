"""Where a benchmark's stores are: throw-away homes with SQLite files, or databases of a throw-away PostgreSQL."""

from __future__ import annotations

import contextlib
import itertools
import tempfile
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import Self

from application.demonstration.fill import PRACTICES
from application.init import init
from application.settings import Settings
from application.stores import Stores, open_stores
from projections.catch_up import Views
from tests.bench.retelling import Retelling
from tests.support.postgres import fresh_database, throw_away_cluster

KEY = bytes(range(32))
SOME = (6, 19, 24, 38)
"""A few tales of the demonstration, for a quick run."""
DATABASES = ("sqlite", "postgres")


@dataclass
class Bench:
    """One run: how much to measure, and the places to do it in, all gone afterwards."""

    small: bool = False
    stack: ExitStack = field(default_factory=ExitStack)
    _numbers: Iterator[int] = field(default_factory=itertools.count)

    def some(self, full: int, small: int) -> int:
        """How many: of a full run, or of a small one."""
        return small if self.small else full

    @cached_property
    def folder(self) -> Path:
        return Path(self.stack.enter_context(tempfile.TemporaryDirectory(prefix="casebook-bench-")))

    @cached_property
    def postgres(self) -> str:
        """A PostgreSQL that confirms a commit only when it is on the disk; NoPostgresError where there is none."""
        return self.stack.enter_context(throw_away_cluster(durable=True))

    @contextmanager
    def settings(self, database: str = "sqlite") -> Iterator[Settings]:
        """A place for stores that are not yet made."""
        with ExitStack() as stack:
            url = stack.enter_context(fresh_database(self.postgres)) if database == "postgres" else None
            home = self.folder / f"{database}-{next(self._numbers)}"
            yield Settings(home=home, database_url=url, key=KEY, secret="s" * 48)

    @contextmanager
    def stores(self, database: str = "sqlite") -> Iterator[Stores]:
        """Empty stores, with every view."""
        with self.settings(database) as settings, made(settings) as stores:
            yield stores

    @cached_property
    def retelling(self) -> Retelling:
        """The demonstration's histories, to be told again of other practices."""
        with self.stores() as stores:
            return Retelling.of_demonstration(stores, SOME if self.small else range(len(PRACTICES)))

    @cached_property
    def large(self) -> Settings:
        """A store of 8,000 practices and 200,000 facts, every view caught up. Measures may record a little in it."""
        settings = self.stack.enter_context(self.settings())
        with made(settings) as stores:
            self.retelling.fill(stores, *self.size)
            Views(stores).rebuild()
        return settings

    @property
    def size(self) -> tuple[int, int]:
        """Practices and facts of a large store."""
        return (30, 600) if self.small else (8_000, 200_000)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *problem: object) -> None:
        self.stack.close()


@contextmanager
def made(settings: Settings, make_views: Callable[[Stores], None] | None = None) -> Iterator[Stores]:
    with contextlib.closing(init(settings, make_views or make_every_view)) as stores:
        yield stores


@contextmanager
def opened(settings: Settings) -> Iterator[Stores]:
    """Stores that are made already, as another process would open them."""
    with contextlib.closing(open_stores(settings)) as stores:
        yield stores


def make_every_view(stores: Stores) -> None:
    Views(stores).make()
