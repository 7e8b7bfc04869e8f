"""Which practices of the caseload are quiet, and stand together at its end."""

from __future__ import annotations

from datetime import date
from typing import NamedTuple

from domain.practice.kinds import Tier
from projections.caseload_found import Caseload
from projections.caseload_row import CaseloadRow
from web.caseload.asked import Asked


class Quiet(NamedTuple):
    """Practices that are not on this page, in a few words and one link."""

    text: str
    href: str


def review_late(one: CaseloadRow, today: date) -> bool:
    return one.closed_on is None and one.review_on is not None and one.review_on < today


def visit_soon(one: CaseloadRow, today: date) -> bool:
    return one.visit_on is not None and 0 <= (one.visit_on - today).days <= 7


def folded(found: Caseload, asked: Asked, today: date) -> tuple[list[CaseloadRow], list[Quiet]]:
    """The rows to show, and the rest in a few words, as links.

    On the first page of the usual order the practices that ask for nothing are folded, unless all of them would be.
    """
    if asked.sort != "consequence" or asked.descending or asked.filtered or found.page > 1:
        return found.rows, []
    loud = [one for one in found.rows if not is_quiet(one, today)] or found.rows
    quiet = []
    for tier in reversed(Tier):
        shown = sum(one.tier == tier for one in loud)
        if more := found.counts.tiers[tier] - shown:
            few = (
                [one for one in found.rows if one.tier == tier and one not in loud]
                if found.pages == 1
                else []
            )
            text = _TIER_MORE[tier].format(f"{more:,} more" if shown else f"{more:,}")
            if soon := sum(due_soon(one, today) for one in few):
                text += f", {soon} of them with something due"
            quiet.append(Quiet(text, asked.address(tier=tier)))
    return loud, quiet


_TIER_MORE = {
    Tier.CAUSE_FOR_CONCERN: "{} with cause for concern",
    Tier.ROOM_FOR_IMPROVEMENT: "{} with room for improvement",
    Tier.ASSURANCE_BASED: "{} assurance based",
}


def is_quiet(one: CaseloadRow, today: date) -> bool:
    """Whether a practice asks for nothing now: not closely watched, nothing late, flagged or waiting."""
    waits = one.proposals or one.to_agree or one.to_accept or one.requests or one.unverified
    late = one.overdue or review_late(one, today)
    to_come = waits or late or visit_soon(one, today)
    return one.tier != Tier.CAUSE_FOR_CONCERN and not (to_come or one.alarms or one.alerts)


def due_soon(one: CaseloadRow, today: date) -> bool:
    """Whether something of the practice is due in the next 30 days."""
    dates = (one.first_due_on, one.review_on, one.next_contact_on, one.visit_on)
    return any(on is not None and 0 <= (on - today).days <= 30 for on in dates)
