"""What happens to contracts beside their ladder. Closures of lists and branches, and the regulator, have files of their own."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from application.demonstration import closures, regulated
from application.demonstration.cast import MARTIN
from application.demonstration.meetings import ago
from application.demonstration.tale import Tale
from domain.practice import commands as c
from domain.practice.kinds import (
    MergerModel,
    ParticipantRole,
    ReviewKind,
    Side,
)


def beside(tale: Tale) -> None:
    """Told last, so that the rest of a practice's tale is the same with it and without."""
    if inspected := regulated.INSPECTED.get(tale.name):
        regulated.inspected(tale, *inspected)
    if declared := regulated.DECLARED.get(tale.name):
        regulated.declared(tale, *declared)
    if happens := HAPPENS.get(tale.name):
        happens(tale)


def _partner_joined(tale: Tale) -> None:
    on = date(2026, 3, 2)
    tale.act(
        tale.caseworker,
        on,
        lambda: c.ChangeContractorComposition(
            contract_id=tale.contract,
            joined=("Dr N. Invented",),
            left=("Dr O. Retired",),
            effective_on=date(2026, 4, 1),
            occurred_on=on,
        ),
    )


def _area_changed(tale: Tale) -> None:
    on = date(2026, 5, 18)
    tale.act(
        tale.caseworker,
        on,
        lambda: c.ChangePracticeBoundary(
            contract_id=tale.contract,
            area="Ninefields and Mill End, up to the ring road in the east.",
            consultation="The patient group, both neighbours and the local medical committee: nobody objected.",
            variation="V3",
            effective_on=date(2026, 7, 1),
            occurred_on=on,
        ),
    )


def _merges(tale: Tale) -> None:
    """Beckside goes on, and Rowan Side becomes a part of it in spring."""
    merger, on = tale.new("merger"), ago(20)
    tale.act(
        MARTIN,
        on,
        lambda: c.ApproveMerger(
            merger_id=merger,
            other="X90242",
            survives=True,
            model=MergerModel.ONE_CONTRACT_VARIED,
            engagement="Two evenings and a survey of both lists: most ask that the bus stop stays.",
            business_case="Primary care committee, paper 7 of October",
            reason="Both partners of the smaller practice retire, and nobody was found to follow them.",
            services_told_on=on,
            effective_on=date(2027, 4, 1),
            occurred_on=on,
        ),
    )


def _reviewed(tale: Tale) -> None:
    review, on = tale.new("review"), date(2026, 9, 15)
    tale.act(
        tale.caseworker,
        on,
        lambda: c.HoldContractReview(
            review_id=review,
            kind=ReviewKind.DEEP_DIVE,
            attendees=(
                c.Attendee(
                    side=Side.CONTRACT_HOLDER, role=ParticipantRole.CASEWORKER, person=tale.caseworker
                ),
                c.Attendee(side=Side.CONTRACT_HOLDER, role=ParticipantRole.MEDICAL_ADVISER),
                c.Attendee(side=Side.PRACTICE, role=ParticipantRole.PRACTICE_MANAGER),
            ),
            scope="Opening hours, recalls and the keeping of vaccines.",
            evidence_seen="The rota of six weeks, the recall log, and both fridges with their records.",
            findings="Hours are as the contract says. Recalls were checked in three weeks of six. Fridge records are whole since August.",
            occurred_on=on,
        ),
        late=1,
    )


HAPPENS: dict[str, Callable[[Tale], None]] = {
    "Weavers Row Practice": closures.list_closed,
    "Elm Bank Practice": closures.list_not_closed,
    "Heron Quay Surgery": closures.list_opened_early,
    "Harbour Steps Practice": closures.branch_closes,
    "Dovecote Medical Centre": closures.branch_stays,
    "Copperfield Surgery": _partner_joined,
    "Ninefields Medical Centre": _area_changed,
    "Castle View Medical Centre": regulated.put_right,
    "Ashdown Medical Centre": regulated.amended,
    "Quarry Lane Practice": closures.branch_to_close,
    "Beckside Practice": _merges,
    "Summerhill Practice": _reviewed,
}
