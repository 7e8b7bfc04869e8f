"""How a notice, a sanction, a dispute or a suspension stands today, in sentences for the contract's page."""

from __future__ import annotations

from collections.abc import Iterator

from domain.practice.contract_kinds import DisputeOutcome
from domain.practice.contract_state import Dispute, Notice, NoticeStatus, Sanction, Suspension, Termination
from domain.practice.entitled import disputes_over, notice_disputed
from domain.practice.events import SanctionImposed
from domain.practice.kinds import DisputeRoute, NoticeKind, SanctionKind
from domain.practice.sanctions import imposed_from, sanction_by
from domain.practice.standing_contract import terminated_on
from domain.practice.state import Practice
from web.practices.told import lower_first
from web.words import day, label


def notice_called(practice: Practice, notice: Notice) -> str:
    """What it is, and for a sanction which."""
    sanction = sanction_by(practice, notice)
    which = f": {lower_first(label(sanction.kind, SanctionKind))}" if sanction else ""
    return f"{label(notice.kind, NoticeKind)}{which}"


def notice_stands(practice: Practice, notice: Notice) -> Iterator[str]:
    """Its days in order: none is dropped when the next comes."""
    if notice.issued_on is None:
        withdrawn = notice.status == NoticeStatus.WITHDRAWN
        yield f"Drafted on {day(notice.drafted_on)}{'' if withdrawn else ': a draft, not issued'}"
    elif notice.served_on is None:
        served = ", not served yet" if notice.status == NoticeStatus.ISSUED else ""
        yield f"Issued on {day(notice.issued_on)}{served}"
    else:
        yield f"Issued on {day(notice.issued_on)}, counts as given on {day(notice.served_on)}"
    if notice.served_on and notice.ends_on and notice.kind == NoticeKind.REMEDIAL:
        last = "was" if notice.assessed_on else "is"
        yield f"The last day of its period {last} {day(notice.ends_on)}"
    if notice.receipt_on:
        yield f"Its receipt came back on {day(notice.receipt_on)}"
    if notice.assessed_on:
        found = "Satisfied" if notice.status == NoticeStatus.SATISFIED else "Found not satisfied"
        if notice.status != NoticeStatus.WITHDRAWN:
            yield f"{found} on {day(notice.assessed_on)}"
    if notice.withdrawn_on:
        yield f"Withdrawn on {day(notice.withdrawn_on)}"
    if sanction := sanction_by(practice, notice):
        yield from _sanction_stands(practice, sanction, notice)


def _sanction_stands(practice: Practice, sanction: Sanction, notice: Notice) -> Iterator[str]:
    until = f" to {day(sanction.until_on)}" if sanction.until_on else ""
    if sanction.imposed_on:
        ground = _ground(practice, sanction)
        yield f"Imposed on {day(sanction.imposed_on)}{until}{ground}"
        if sanction.lifted_on:
            yield f"Lifted on {day(sanction.lifted_on)}"
        return
    yield f"Its notice says from {day(sanction.from_on)}{until}"
    first = imposed_from(practice, sanction, notice)
    if first is not None and first > sanction.from_on and notice.open:
        yield f"That is too early by the day it counts as given: it may be imposed from {day(first)}"


def _ground(practice: Practice, sanction: Sanction) -> str:
    """On what ground a sanction was imposed while a dispute was pending."""
    entry = practice.standing.get(sanction.imposed or 0)
    fact = entry.fact if entry else None
    if not isinstance(fact, SanctionImposed) or fact.despite is None:
        return ""
    return f", though a dispute was pending, on the ground of {lower_first(label(fact.despite))}"


def dispute_called(dispute: Dispute) -> str:
    return f"Dispute: {lower_first(label(dispute.route, DisputeRoute))}"


def dispute_stands(practice: Practice, dispute: Dispute) -> Iterator[str]:
    """When it was referred, what it does to what rests on it, and how it ended."""
    late = "" if dispute.in_time else ", after its time"
    yield f"Referred on {day(dispute.referred_on)}{late}"
    if dispute.ended_on is None:
        yield _while_pending(practice, dispute)
    elif dispute.outcome is None:
        yield f"Withdrawn on {day(dispute.ended_on)}"
    else:
        outcome = lower_first(label(dispute.outcome, DisputeOutcome))
        yield f"Determined on {day(dispute.ended_on)}: {outcome}"
        notice = notice_disputed(practice, dispute)
        for_contractor = dispute.outcome == DisputeOutcome.FOR_CONTRACTOR
        if for_contractor and notice is not None and running_sanctions(practice, notice.notice_id):
            yield "The sanction still runs: it is for the holder of the contract to lift it"


def _while_pending(practice: Practice, dispute: Dispute) -> str:
    notice = notice_disputed(practice, dispute)
    if notice is not None and running_sanctions(practice, notice.notice_id):
        return "Pending. The sanction was imposed and runs: it does not stay what is done already"
    if notice is not None and terminated_on(practice, notice.contract_id) is not None:
        return "Pending. The contract has ended: it does not stay what is done already"
    stays = any(dispute in disputes_over(practice, one) for one in practice.notices.values())
    if not stays or not dispute.in_time:
        return "Pending. It stays no step"
    what = "this notice" if notice is not None else "a notice of it"
    return (
        f"Pending. It stays the steps that rest on {what}, but for patient safety or material financial loss"
    )


def running_sanctions(practice: Practice, notice_id: str) -> list[Sanction]:
    """Sanctions by a notice, or that rest on it, which were imposed and not lifted."""
    of = {
        one.notice_id
        for one in practice.notices.values()
        if one.notice_id == notice_id or notice_id in one.rests_on
    }
    return [
        one for one in practice.sanctions.values() if one.notice_id in of and one.imposed and not one.lifted
    ]


def suspension_stands(suspension: Suspension) -> Iterator[str]:
    yield f"From {day(suspension.from_on)}"
    if suspension.ended_on:
        yield f"It ended on {day(suspension.ended_on)}"
    elif suspension.until_on:
        yield f"Expected to last until {day(suspension.until_on)}. Its end is not recorded"
    else:
        yield "Its end is not recorded"


def contractors_notice_stands(ending: Termination) -> Iterator[str]:
    if ending.notice_given_on:
        yield f"Given on {day(ending.notice_given_on)}"
    if ending.withdrawn:
        yield "The contractor took it back"
    elif ending.terminated_on:
        yield f"The contract ended on {day(ending.terminated_on)}"
    else:
        yield f"The contract ends on {day(ending.effective_on)}"
