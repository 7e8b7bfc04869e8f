"""What the story band marks of the contract's ladder, worked out from the practice's own facts."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from domain.practice.contract_state import NoticeStatus
from domain.practice.kinds import NoticeKind
from domain.practice.state import Practice
from web.words import label

Mark = tuple[date, str, int]
"""The day, what it is in words, and its entry."""


def ladder_marks(practice: Practice) -> Iterator[Mark]:
    """Notices from the day they were issued, what became of them, sanctions, and the end of a contract."""
    for notice in practice.notices.values():
        called = label(notice.kind, NoticeKind)
        if notice.issued_on is not None and notice.issued is not None:
            yield notice.issued_on, f"{called} issued", notice.issued
        if notice.assessed_on is not None and notice.assessed is not None:
            met = "satisfied" if notice.status == NoticeStatus.SATISFIED else "not satisfied"
            yield notice.assessed_on, f"{called} {met}", notice.assessed
        if notice.given and notice.withdrawn_on is not None and notice.withdrawn is not None:
            yield notice.withdrawn_on, f"{called} withdrawn", notice.withdrawn
    for sanction in practice.sanctions.values():
        if sanction.imposed_on is not None and sanction.imposed is not None:
            yield sanction.imposed_on, "Sanction imposed", sanction.imposed
        if sanction.lifted_on is not None and sanction.lifted is not None:
            yield sanction.lifted_on, "Sanction lifted", sanction.lifted
    for one in practice.terminations.values():
        if one.by_contractor and one.notice_given_on is not None:
            yield one.notice_given_on, "The contractor gave notice", one.version
        if one.terminated_on is not None and one.terminated is not None:
            yield one.terminated_on, "Contract ended", one.terminated
