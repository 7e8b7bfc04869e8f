"""The caseload that an address asks for: today's, or that of a moment of the past."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial
from typing import NamedTuple

from sqlalchemy import Connection

from domain.access.permissions import Scope
from projections import caseload_found
from projections.caseload_found import Caseload, Choices
from projections.caseload_then import seen_at
from web.past.looking_back import asked_moment, looks
from web.service import current_asked, looking_back, present, service


class Looked(NamedTuple):
    """Where practices are found: one page of those in scope, and what these can be filtered by."""

    find: Callable[..., Caseload]
    choices: Choices


@contextmanager
def every_practice() -> Iterator[Connection]:
    """The rows and names of every practice, of today or of that moment: views of one practice's past have no others."""
    if looking_back():
        with seen_at(present().views, present().casebook, looks(), asked_moment(), names=True) as then:
            yield then.memory
        return
    with service.views.reading() as reading:
        yield reading


@contextmanager
def the_caseload(scope: Scope, *, names: bool) -> Iterator[Looked]:
    """`names` says whether practices are chosen or ordered by what they are called."""
    if looking_back():
        with seen_at(present().views, present().casebook, looks(), asked_moment(), names=names) as then:
            yield Looked(partial(then.find, scope), then.choices(scope))
        return
    today = current_asked().on
    with service.views.reading() as reading:
        yield Looked(
            partial(caseload_found.find, reading, scope, today), caseload_found.choices(reading, scope, today)
        )
