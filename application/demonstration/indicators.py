"""An indicator that a manager said anew: its data comes sooner than it did, and what it tells is said plainer."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from application.demonstration.cast import MARTIN
from domain.indicators.catalogue import INDICATORS
from domain.indicators.commands import DefineIndicator, as_command


def anew() -> tuple[str, DefineIndicator]:
    """Who says what an indicator is from now on, and what."""
    now = replace(
        INDICATORS["OE01"],
        description="How often patients attend, by day and by night. A hospital next door explains much of it, and "
        "so does a surgery that opens late.",
        refresh_lag_months=3,
        minimum_denominator=1_000.0,
        valid_from=date(2026, 10, 1),
    )
    reason = "The new feed comes within a quarter, and very small lists were flagged for a family or two."
    return MARTIN, replace(as_command(now), reason=reason)
