"""A flag derived again from its own fact, and wherein it differs from what the fact says."""

from __future__ import annotations

from math import isclose

from domain.indicators.flagging import recompute
from domain.practice.events import FlagRaised
from domain.practice.settling import SAID_OF_A_SIGNAL

WITHIN = 1e-9


def differences(fact: FlagRaised) -> list[str]:
    """What is otherwise in the flag than its own evidence gives."""
    try:
        found = recompute(fact)
    except (ValueError, KeyError, TypeError) as problem:
        return [f"cannot be recomputed: {problem}"]
    return [
        f"{name} is {said}, and {now} by its evidence"
        for name in SAID_OF_A_SIGNAL
        if not same(said := getattr(fact, name), now := getattr(found, name))
    ]


def same(said: object, now: object) -> bool:
    if isinstance(said, float) and isinstance(now, float):
        return isclose(said, now, rel_tol=WITHIN, abs_tol=WITHIN)
    return said == now
