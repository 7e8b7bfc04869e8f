"""What happens to contracts beside their ladder: inspections, declarations, lists and branches closed, a merger to come."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from application.demonstration.cast import MARTIN
from application.demonstration.meetings import ago
from application.demonstration.tale import Tale
from domain.practice import commands as c
from domain.practice.kinds import (
    MergerModel,
    ParticipantRole,
    Rating,
    RegulatoryActionKind,
    RegulatoryEnd,
    ReviewKind,
    Side,
)

YEAR, ASKED, DUE = "2026-27", date(2026, 9, 1), date(2026, 10, 9)
GOOD, IMPROVE = Rating.GOOD, Rating.REQUIRES_IMPROVEMENT

INSPECTED: dict[str, tuple[Rating, Rating, date, date, str]] = {
    "Larkfield Road Surgery": (
        GOOD,
        GOOD,
        date(2026, 3, 11),
        date(2026, 4, 30),
        "Access by phone is to be watched.",
    ),
    "Castle View Medical Centre": (GOOD, GOOD, date(2025, 6, 18), date(2025, 8, 6), "Reception is praised."),
    "Summerhill Practice": (
        IMPROVE,
        IMPROVE,
        date(2026, 7, 8),
        date(2026, 9, 2),
        "Fridge temperatures were not written down, and two recalls were missed.",
    ),
    "Kestrel House Surgery": (GOOD, GOOD, date(2026, 1, 21), date(2026, 3, 4), "Nothing that needs us."),
}
"""The overall rating, that of safety, the days of the inspection and of its report, and what is to be remembered."""

DECLARED: dict[str, tuple[date | None, str | None]] = {
    "Larkfield Road Surgery": (date(2026, 10, 2), None),
    "Castle View Medical Centre": (date(2026, 10, 14), "No hearing loop at the second desk."),
    "Ashdown Medical Centre": (date(2026, 9, 28), None),
    "Fernbank Surgery": (None, None),
    "Millrace Surgery": (date(2026, 10, 9), None),
}
"""On which day each made the declaration of the year, and what it could not say; None where it has not."""


def beside(tale: Tale) -> None:
    """Told last, so that the rest of a practice's tale is the same with it and without."""
    if inspected := INSPECTED.get(tale.name):
        _inspected(tale, *inspected)
    if declared := DECLARED.get(tale.name):
        _declared(tale, *declared)
    if happens := HAPPENS.get(tale.name):
        happens(tale)


def _inspected(tale: Tale, rating: Rating, safe: Rating, on: date, published: date, words: str) -> None:
    inspection, action = tale.new("inspection"), tale.new("regulatory")
    tale.act(
        tale.caseworker,
        published,
        lambda: c.RecordInspection(
            inspection_id=inspection,
            inspected_on=on,
            rating=rating,
            safe=safe,
            effective=GOOD,
            caring=GOOD,
            responsive=GOOD,
            well_led=GOOD,
            words=words,
            occurred_on=published,
        ),
        late=2,
    )
    if rating == GOOD:
        return
    tale.act(
        tale.caseworker,
        published,
        lambda: c.RecordRegulatoryAction(
            regulatory_id=action,
            kind=RegulatoryActionKind.REQUIREMENT_NOTICE,
            from_on=published,
            requirement="Regulation 12, safe care and treatment",
            words="Fridge temperatures are written down each day, and recalls are checked each week.",
            inspection_id=inspection,
            occurred_on=published,
        ),
        late=3,
    )


def _declared(tale: Tale, submitted: date | None, exceptions: str | None) -> None:
    tale.act(
        tale.caseworker,
        ASKED,
        lambda: c.AskForDeclaration(declaration_year=YEAR, opens_on=ASKED, due_on=DUE, occurred_on=ASKED),
    )
    if submitted is not None:
        tale.act(
            tale.caseworker,
            submitted,
            lambda: c.RecordDeclaration(declaration_year=YEAR, exceptions=exceptions, occurred_on=submitted),
            late=1,
        )


def _list_closed(tale: Tale) -> None:
    application, asked, decided = tale.new("application"), date(2026, 7, 6), date(2026, 7, 27)
    tale.act(
        tale.caseworker,
        asked,
        lambda: c.ApplyForListClosure(
            application_id=application,
            options="A second nurse for new patients, and registrations on two days a week only. Neither was enough.",
            patients="The patient group met twice: it would rather wait less than grow.",
            neighbours="Brookmead and Applegarth say that they can take new patients this year.",
            months=6,
            support="Help with finding a partner.",
            plans="A partner is sought, and two rooms are built by December.",
            occurred_on=asked,
        ),
        late=1,
    )
    tale.act(
        MARTIN,
        decided,
        lambda: c.ApproveListClosure(
            application_id=application,
            closes_on=date(2026, 8, 3),
            reopens_on=date(2027, 2, 3),
            reason="The list grew by an eighth in a year, and two neighbours have room.",
            reference="LC 2026/3",
            committee_told_on=date(2026, 7, 24),
            occurred_on=decided,
        ),
    )


def _list_not_closed(tale: Tale) -> None:
    application = _asked_to_close(
        tale, date(2026, 1, 12), "Elm Bank's only neighbour takes no new patients either."
    )
    decided = date(2026, 2, 2)
    tale.act(
        MARTIN,
        decided,
        lambda: c.RefuseListClosure(
            application_id=application,
            reason="New patients would have nowhere within four miles to go. We help to find a second nurse instead.",
            committee_told_on=decided,
            occurred_on=decided,
        ),
    )


def _list_opened_early(tale: Tale) -> None:
    application = _asked_to_close(tale, date(2025, 9, 1), "Ivy Bridge takes new patients until spring.")
    approved, extended, opened = date(2025, 9, 22), date(2026, 1, 26), date(2026, 5, 11)
    tale.act(
        MARTIN,
        approved,
        lambda: c.ApproveListClosure(
            application_id=application,
            closes_on=date(2025, 10, 1),
            reopens_on=date(2026, 4, 1),
            reason="Two of four partners left in summer.",
            committee_told_on=approved,
            occurred_on=approved,
        ),
    )
    tale.act(
        MARTIN,
        extended,
        lambda: c.ExtendListClosure(
            application_id=application,
            asked_on=date(2026, 1, 12),
            reopens_on=date(2026, 7, 1),
            reason="One partner is found, and begins in May.",
            occurred_on=extended,
        ),
    )
    tale.act(
        MARTIN,
        opened,
        lambda: c.ReopenList(
            application_id=application,
            reason="The partner has begun, and the practice asks to open.",
            occurred_on=opened,
        ),
    )


def _asked_to_close(tale: Tale, on: date, neighbours: str) -> str:
    application = tale.new("application")
    tale.act(
        tale.caseworker,
        on,
        lambda: c.ApplyForListClosure(
            application_id=application,
            options="Locums on three days, and telephone consultations for minor illness. The wait grew all the same.",
            patients="A notice in the waiting room for a month, and a meeting of the patient group.",
            neighbours=neighbours,
            months=6,
            plans="A partner is sought.",
            occurred_on=on,
        ),
    )
    return application


def _put_right(tale: Tale) -> None:
    """What the regulator asked for after an earlier look, and that it was done."""
    action, on, met = tale.new("regulatory"), date(2025, 3, 5), date(2025, 6, 18)
    tale.act(
        tale.caseworker,
        on,
        lambda: c.RecordRegulatoryAction(
            regulatory_id=action,
            kind=RegulatoryActionKind.WARNING_NOTICE,
            from_on=on,
            requirement="Regulation 19, fit and proper persons employed",
            words="Two references were missing from the files of staff.",
            comply_by=date(2025, 5, 30),
            occurred_on=on,
        ),
        late=2,
    )
    tale.act(
        tale.caseworker,
        met,
        lambda: c.EndRegulatoryAction(
            regulatory_id=action,
            because=RegulatoryEnd.MET,
            words="All files were whole when it was inspected.",
            occurred_on=met,
        ),
        late=1,
    )


def _amended(tale: Tale) -> None:
    on = date(2026, 10, 20)
    tale.act(
        tale.caseworker,
        on,
        lambda: c.AmendDeclaration(
            declaration_year=YEAR,
            words="The opening hours of the branch were those of last year.",
            occurred_on=on,
        ),
    )


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


def _branch_closes(tale: Tale) -> None:
    branch = _asked_to_close_branch(
        tale, date(2026, 2, 9), "Steps Foot branch", "Nobody has booked there since the bridge closed."
    )
    on = date(2026, 4, 13)
    tale.act(
        MARTIN,
        on,
        lambda: c.ApproveBranchClosure(
            branch_id=branch,
            public_involvement="Letters to 410 patients, two evenings in the hall. 31 answered, 24 of them for it.",
            reason="The main site is ten minutes away by bus, and has a lift.",
            closes_on=date(2026, 6, 30),
            occurred_on=on,
        ),
    )


def _branch_stays(tale: Tale) -> None:
    branch = _asked_to_close_branch(
        tale, date(2026, 6, 8), "Cote Lane branch", "Two sites cost more than they bring."
    )
    on = date(2026, 7, 20)
    tale.act(
        MARTIN,
        on,
        lambda: c.RefuseBranchClosure(
            branch_id=branch,
            reason="A third of its patients are over 75, and no bus goes to the main site.",
            occurred_on=on,
        ),
    )


def _asked_to_close_branch(tale: Tale, on: date, name: str, why: str) -> str:
    branch = tale.new("branch")
    tale.act(
        tale.caseworker,
        on,
        lambda: c.ApplyForBranchClosure(branch_id=branch, site_name=name, reason=why, occurred_on=on),
    )
    return branch


def _branch_to_close(tale: Tale) -> None:
    branch, asked = tale.new("branch"), ago(16)
    tale.act(
        tale.caseworker,
        asked,
        lambda: c.ApplyForBranchClosure(
            branch_id=branch,
            site_name="Quarry Foot branch",
            reason="The lease ends in May, and the stairs cannot be made safe.",
            closes_on=date(2027, 4, 30),
            occurred_on=asked,
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
    "Weavers Row Practice": _list_closed,
    "Elm Bank Practice": _list_not_closed,
    "Heron Quay Surgery": _list_opened_early,
    "Harbour Steps Practice": _branch_closes,
    "Dovecote Medical Centre": _branch_stays,
    "Copperfield Surgery": _partner_joined,
    "Ninefields Medical Centre": _area_changed,
    "Castle View Medical Centre": _put_right,
    "Ashdown Medical Centre": _amended,
    "Quarry Lane Practice": _branch_to_close,
    "Beckside Practice": _merges,
    "Summerhill Practice": _reviewed,
}
