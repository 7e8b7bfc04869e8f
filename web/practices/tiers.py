"""Since when a practice has been in its tier, and which decision moved it there: the same on every page and form."""

from __future__ import annotations

from datetime import date, timedelta

from domain.practice.state import Decision, Practice


def began(practice: Practice, today: date) -> tuple[date | None, Decision | None]:
    """The day from which the present tier has stood without a break, and the decision that moved it there, if any."""
    days = sorted({one.effective_on for one in practice.decisions if one.effective_on <= today})
    since, moved = practice.registered_on, None
    if days and (since is None or days[0] <= since):
        since, moved = days[0], practice.decision_on(days[0])
    for day in days:
        if practice.tier_on(day) != practice.tier_on(day - timedelta(days=1)):
            since, moved = day, practice.decision_on(day)
    return since, moved
