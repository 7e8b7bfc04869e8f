"""What an appeal would ask of a decision on the tier, shown beside its answers before it is signed."""

from __future__ import annotations

from typing import NamedTuple

from domain.practice.cites import cite
from domain.practice.commands import DecideTier
from domain.practice.rehearsal import rehearse
from domain.reading import unopened
from web.forms.drawing import Drawing
from web.practices.deciding import known
from web.practices.opening import reading_of
from web.practices.told import About


class Asks(NamedTuple):
    """One question of an appeal, and the entries that it is about."""

    asks: str
    about: list[About]


def rehearsed(drawing: Drawing, command: DecideTier) -> list[Asks]:
    """Each question, in the order of the four words. What its decider has not opened of others' entries counts as unread."""
    practice = drawing.practice
    unread = unopened(practice, reading_of(practice.code), drawing.asked)
    opened = frozenset(practice.standing) - frozenset(unread)
    return [
        Asks(one.asks, [drawing.telling.cited(cite(practice.code, version)) for version in one.facts])
        for one in rehearse(known(drawing), command, drawing.asked, opened)
    ]
