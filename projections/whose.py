"""Whose practices they are: which rows of the caseload are of whom, and stand on a day."""

from __future__ import annotations

from datetime import date
from typing import Any

from sqlalchemy import Column, ColumnElement, and_, false, or_, true

from domain.access.permissions import Scope
from domain.access.roles import SIDE_OF
from domain.practice.kinds import Side
from domain.rules import Asked
from projections.caseload import TABLE

C = TABLE.c


def in_scope(scope: Scope) -> ColumnElement[bool]:
    """Whether a caseload row is of a practice in scope."""
    return and_(_of_organisations(scope), taking_part(scope.recused))


def _of_organisations(scope: Scope) -> ColumnElement[bool]:
    if scope.everything:
        return true()
    parts = [
        column.in_(sorted(codes))
        for column, codes in (
            (C.contract_holder, scope.contract_holders),
            (C.region, scope.regions),
            (C.local_commissioner, scope.local_commissioners),
        )
        if codes
    ]
    return or_(*parts) if parts else false()


def taking_part(recused: frozenset[str]) -> ColumnElement[bool]:
    """Whether a caseload row is of a practice from which whoever asks is not recused."""
    return C.code.not_in(sorted(recused)) if recused else true()


def responsible_on(side: Side) -> Column[Any]:
    """The organisation that is responsible on a side."""
    return C.contract_holder if side == Side.CONTRACT_HOLDER else C.local_commissioner


def answered_for(by: Asked, today: date) -> ColumnElement[bool]:
    """Whether a caseload row is of a practice that the organisation of somebody of a side is responsible for."""
    theirs = responsible_on(SIDE_OF[by.role]).in_(sorted(by.own))
    return and_(standing_on(today), theirs, taking_part(by.recused))


def open_on(today: Any) -> ColumnElement[bool]:
    """Whether a caseload row is of a practice that is open on a day, which may be a question's parameter."""
    return or_(C.closed_on.is_(None), C.closed_on > today)


def standing_on(today: Any) -> ColumnElement[bool]:
    """Whether a caseload row is of the stretch that a day falls in, which may be a question's parameter."""
    return and_(*on_a_day(today))


def on_a_day(today: Any) -> tuple[ColumnElement[bool], ...]:
    return C.from_on <= today, C.until_on > today
