"""A practice's record as the practice itself may be shown it: nothing that an organisation keeps to itself."""

from __future__ import annotations

from datetime import UTC, datetime

from domain.practice.practice import replay
from domain.practice.state import Practice
from domain.practice.visible import Withheld, as_seen_by
from domain.rules import Asked

THE_PRACTICE = Asked(person="", organisation=None, role="", at=datetime.min.replace(tzinfo=UTC))
"""Of neither organisation, and let in to nothing."""


def as_of(practice: Practice, version: int) -> Practice:
    """The practice by what both organisations see of the facts up to a version, whoever of them asks.

    Corrections count as of then: a copy says what was read on the day it was made.
    """
    history = [entry for entry in practice.history if entry.version <= version]
    seen = as_seen_by(history, replay(history).closed, THE_PRACTICE, {})
    return replay([entry for entry in seen if not isinstance(entry.fact, Withheld)])
