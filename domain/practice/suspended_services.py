"""How long sanctions may suspend services: six months, also where there are several."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from domain.clocks.periods import rule
from domain.practice.commands import ProposeSanction
from domain.practice.contract_state import NoticeStatus, Sanction
from domain.practice.events import SanctionProposed
from domain.practice.kinds import SanctionKind
from domain.practice.state import Practice
from domain.rules import refuse_unless


def suspends_no_longer_in_all(
    practice: Practice, sanction: ProposeSanction | SanctionProposed, day: date
) -> None:
    """Suspensions of the same services on the same ground last six months in all, however many they are."""
    if sanction.kind != SanctionKind.SUSPEND_OBLIGATIONS or sanction.until_on is None:
        return
    others = list(_suspensions_like(practice, sanction))
    first = min([sanction.from_on, *(one.from_on for one in others)])
    most = (rule("sanction-suspension", on=day, kind=practice.kind).after(first) - first).days + 1
    taken = sum(_days(one.from_on, _last(one)) for one in others)
    refuse_unless(
        taken + _days(sanction.from_on, sanction.until_on) <= most,
        "suspensions-last-six-months-in-all",
        f"These services are suspended for {taken} days on this ground already, of {most} in six months: enter an earlier last "
        "day, or end the obligations",
        "until_on",
    )


def _suspensions_like(practice: Practice, of: ProposeSanction | SanctionProposed) -> Iterator[Sanction]:
    """Other suspensions, not withdrawn, of some of the same services and on the same ground."""
    for one in practice.sanctions.values():
        fact = practice.standing[one.version].fact
        if one.sanction_id == of.sanction_id or not isinstance(fact, SanctionProposed):
            continue
        stands = practice.notices[one.notice_id].status != NoticeStatus.WITHDRAWN
        same = fact.contract_id == of.contract_id and not set(fact.services).isdisjoint(of.services)
        grounds = {*fact.rests_on, *fact.evidence} & {*of.rests_on, *of.evidence}
        if stands and same and grounds and one.kind == SanctionKind.SUSPEND_OBLIGATIONS:
            yield one


def _last(sanction: Sanction) -> date:
    """The last day of a suspension: when it was lifted, if that is sooner."""
    assert sanction.until_on is not None
    return min(sanction.until_on, sanction.lifted_on or sanction.until_on)


def _days(first: date, last: date) -> int:
    """How many days there are from one to another, both counted."""
    return max((last - first).days + 1, 0)
