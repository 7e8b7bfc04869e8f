"""One practice's breach, and the remedial notice that it satisfied: drafted by its caseworker, issued by a manager."""

from __future__ import annotations

from datetime import date

from application.demonstration.tale import Tale
from domain.practice import commands as c
from domain.practice.contract_kinds import ServiceMethod

PRACTICE = "Old Dairy Medical Practice"


def notices(tale: Tale) -> None:
    """From breach to satisfied, in the spring."""
    if tale.name != PRACTICE:
        return
    breach, notice = tale.new("breach"), tale.new("notice")
    identified, drafted = date(2026, 3, 16), date(2026, 3, 24)
    tale.act(
        tale.caseworker,
        identified,
        lambda: c.IdentifyBreach(
            breach_id=breach,
            contract_id=tale.contract,
            provision="Schedule 3, paragraph 20",
            what="The practice closed at one on every Thursday from 5 February, and nobody covered the afternoon.",
            breached_on=date(2026, 2, 5),
            remediable=True,
            remediable_because="The practice can open on Thursdays again, or have another cover them.",
            occurred_on=identified,
        ),
        breach,
        after=("contract",),
    )
    tale.act(
        tale.caseworker,
        drafted,
        lambda: c.DraftRemedialNotice(
            notice_id=notice,
            breaches=(breach,),
            provision="NHS (GMS Contracts) Regulations 2015, Schedule 3, paragraph 70",
            steps="Open on Thursdays until half past six, or show us who covers the afternoon, and send the rota each Friday.",
            period_days=28,
            reasons="We spoke of it twice in February and March, and the practice set no day. Patients are sent to the "
            "urgent treatment centre each Thursday.",
            occurred_on=drafted,
        ),
        notice,
        after=(breach,),
    )
    _given(tale, notice)
    assessed = date(2026, 4, 28)
    tale.act(
        tale.manager,
        assessed,
        lambda: c.FindNoticeSatisfied(
            notice_id=notice,
            reason="The practice was open on each Thursday since 9 April, by its rotas and by our calls at four.",
            occurred_on=assessed,
        ),
        f"{notice}-satisfied",
        after=(f"{notice}-served",),
    )


def _given(tale: Tale, notice: str) -> None:
    """Issued by a manager, and served by post."""
    issued, deemed = date(2026, 3, 31), date(2026, 4, 2)
    tale.act(
        tale.manager,
        issued,
        lambda: c.IssueNotice(
            notice_id=notice,
            consulted_on=date(2026, 3, 26),
            answered="The practice says that a partner is away until the summer, and that it did not find a locum.",
            appeal_rights="You may dispute this notice within 28 days after it counts as given to you.",
            appeal_body="Primary Care Appeals, NHS Resolution",
            appeal_address="1 Appeal Street\nNorth Moor",
            proportionality="Two conversations did not open the practice. The notice asks for what the contract asks, and no more.",
            occurred_on=issued,
        ),
        f"{notice}-issued",
        after=(notice,),
    )
    tale.act(
        tale.caseworker,
        issued,
        lambda: c.ServeNotice(
            notice_id=notice,
            method=ServiceMethod.SIGNED_FOR_POST,
            address="At the practice, for the partners",
            deemed_on=deemed,
            occurred_on=issued,
        ),
        f"{notice}-served",
        after=(f"{notice}-issued",),
    )
