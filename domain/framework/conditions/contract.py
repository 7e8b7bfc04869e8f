"""Rules on notices, sanctions, terminations and declarations of the contract."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from domain.clocks.counting import months_after
from domain.framework.evidence import Evidence, Facts
from domain.practice.contract_state import Notice, NoticeStatus
from domain.practice.kinds import NoticeKind, ShorterBecause


def remedial_notice_for_safety_or_not_satisfied(seen: Evidence, *, months: int) -> Facts:
    """A remedial notice shortened for patient safety that is open; or one not satisfied, for so many months."""
    found: list[int] = []
    for one in _given(seen, NoticeKind.REMEDIAL):
        if one.open and one.shorter_because == ShorterBecause.PATIENT_SAFETY and one.issued:
            found.append(one.issued)
        failed = one.status == NoticeStatus.NOT_SATISFIED
        if failed and one.assessed and one.assessed_on and _within(one.assessed_on, months, seen.on):
            found += [one.issued or one.version, one.assessed]
    return tuple(sorted(found))


def notices_within_months(seen: Evidence, *, notices: int, months: int) -> Facts:
    """At least so many remedial or breach notices issued within so many months, and not withdrawn."""
    found = [
        one.issued
        for one in _given(seen, NoticeKind.REMEDIAL, NoticeKind.BREACH)
        if one.issued and one.issued_on and _within(one.issued_on, months, seen.on)
    ]
    return tuple(sorted(found)) if len(found) >= notices else ()


def sanction_or_termination(seen: Evidence) -> Facts:
    """A sanction imposed that still runs, or a notice of termination by the contract's holder."""
    found = {one.issued for one in _given(seen, NoticeKind.TERMINATION) if one.issued}
    for sanction in seen.practice.sanctions.values():
        over = sanction.lifted is not None or (sanction.until_on is not None and sanction.until_on < seen.on)
        if sanction.imposed is not None and not over and (sanction.imposed_on or seen.on) <= seen.on:
            found.add(sanction.imposed)
    for end in seen.practice.terminations.values():
        told = end.notice_given_on is not None and end.notice_given_on <= seen.on
        if told and not end.by_contractor and end.withdrawn is None and end.notice_id is None:
            found.add(end.version)
    return tuple(sorted(found))


def remedial_notice_open_or_breach_notice(seen: Evidence, *, months: int) -> Facts:
    """A remedial notice that is open, or a breach notice issued within so many months and not withdrawn."""
    found = [one.issued for one in _given(seen, NoticeKind.REMEDIAL) if one.issued and one.open]
    found += [
        one.issued
        for one in _given(seen, NoticeKind.BREACH)
        if one.issued and one.issued_on and _within(one.issued_on, months, seen.on)
    ]
    return tuple(sorted(found))


def declaration_overdue(seen: Evidence, *, days: int) -> Facts:
    """A year's electronic declaration that is more than so many days overdue."""
    return tuple(
        one.version
        for one in seen.practice.declarations.values()
        if (one.submitted_on is None or one.submitted_on > seen.on) and (seen.on - one.due_on).days > days
    )


def _given(seen: Evidence, *kinds: NoticeKind) -> Iterator[Notice]:
    """Notices of these kinds that were issued by the day, and not withdrawn."""
    for one in seen.practice.notices.values():
        given = one.issued_on is not None and one.issued_on <= seen.on
        if one.kind in kinds and given and one.status != NoticeStatus.WITHDRAWN:
            yield one


def _within(day: date, months: int, on: date) -> bool:
    """Whether so many months from a day have not run out."""
    return on < months_after(day, months)
