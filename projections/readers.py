"""Who reads a view, as far as it decides which of its rows there are for them."""

from __future__ import annotations

from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, Integer, and_, not_, or_, true

from domain.practice.visible import SEES_ALL
from domain.rules import Asked
from projections.questions import among, asked, words_among


class Reader(NamedTuple):
    """A reader sees the rows that no organisation keeps to itself, and those that one of `own` does."""

    own: frozenset[str] = frozenset()
    sees_all: bool = False

    def given(self) -> dict[str, Any]:
        """As the parameters of a question that asks `seen`."""
        return {"own": sorted(self.own), "sees_all": int(self.sees_all)}


def reader(by: Asked) -> Reader:
    return Reader(by.own, by.role in SEES_ALL)


def seen_by(by: Reader, kept_to: ColumnElement[Any]) -> ColumnElement[bool]:
    """Whether a row is there for this reader."""
    return true() if by.sees_all else or_(kept_to.is_(None), kept_to.in_(sorted(by.own)))


def seen(internal_to: ColumnElement[Any]) -> ColumnElement[bool]:
    """Whether a row is there for a question's reader."""
    return or_(internal_to.is_(None), asked("sees_all", Integer) == 1, among(internal_to, "own"))


def told_by(by: Reader, told_to: ColumnElement[Any], untold_to: ColumnElement[Any]) -> ColumnElement[bool]:
    """Of the tellings of one thing, whether this is the one for this reader: theirs are all organisations of `told_to`, and
    none of `untold_to`.
    """
    if by.sees_all:
        return untold_to == ""
    own = sorted(by.own)
    return and_(
        words_among(told_to, "own", every=True, values=own),
        not_(words_among(untold_to, "own", every=False, values=own)),
    )


def told(told_to: ColumnElement[Any], untold_to: ColumnElement[Any]) -> ColumnElement[bool]:
    """The same for a question's reader."""
    sees_all = asked("sees_all", Integer) == 1
    theirs = and_(
        words_among(told_to, "own", every=True),
        not_(words_among(untold_to, "own", every=False)),
    )
    return or_(and_(sees_all, untold_to == ""), and_(not_(sees_all), theirs))
