"""Who reads a view, as far as it decides which of its rows there are for them."""

from __future__ import annotations

from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, Integer, or_, true

from domain.practice.visible import SEES_ALL
from domain.rules import Asked
from projections.questions import among, asked


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
