"""Visits with their stages, episodes that were closed, and a practice that was handed over, in the demonstration."""

from __future__ import annotations

from datetime import date, timedelta

from application.demonstration.cast import AMIRA, JO, TODAY
from application.demonstration.plan import workday
from application.demonstration.tale import Tale
from domain.access.commands import ArrangeCover
from domain.practice import commands as c
from domain.practice.kinds import ActionKind, Side, VisitStage

CLOSED = frozenset(
    [
        "Applegarth Practice",
        "Brookmead Surgery",
        "Cloister Street Surgery",
        "Copperfield Surgery",
        "Dovecote Medical Centre",
        "Elm Bank Practice",
        "Foxglove Surgery",
        "Granary Wharf Practice",
        "Harbour Steps Practice",
        "Ninefields Medical Centre",
        "Tollbar Practice",
    ]
)
"""Where everything was settled, and the episode was closed. Elsewhere it waits to be."""
REOPENED = "Priory Gate Surgery"
HANDED_OVER = "Old Dairy Medical Practice"
TO_BE_VISITED = "Thornfield Health Centre"
CLOSING = "closing-demo"


def ago(days: int) -> date:
    """A working day about so many days before today."""
    return workday(TODAY - timedelta(days=days))


def visited(tale: Tale, visit: str, offered: date, accepted: date, held: date, report: date) -> None:
    """A visit is offered, accepted and held, and its report is sent."""
    for stage, on in zip(VisitStage, (offered, accepted, held, report), strict=True):
        arranged = held if stage == VisitStage.ACCEPTED else None

        def command(
            stage: VisitStage = stage, on: date = on, arranged: date | None = arranged
        ) -> c.RecordVisitStage:
            return c.RecordVisitStage(action_id=visit, stage=stage, visit_on=arranged, occurred_on=on)

        tale.act(tale.caseworker, on, command, f"{visit}-{stage.value}", after=(visit,))


def ends(tale: Tale) -> None:
    """An episode in which nothing is left open is closed some weeks later, and one is reopened; a practice changes hands."""
    last = max(act.at for act in tale.acts).date()
    if tale.name in {*CLOSED, REOPENED}:
        _close(tale, workday(min(last + timedelta(days=18), ago(12))))
    if tale.name == REOPENED:
        again = ago(9)
        tale.act(
            tale.caseworker,
            again,
            lambda: c.ReopenEpisode(
                closing_id=f"{CLOSING}{tale.code.lower()}",
                reason="The practice rang: the second line is out of use again, and the waits with it.",
                occurred_on=again,
            ),
            after=("closed",),
        )
    if tale.name == HANDED_OVER:
        on = ago(8)
        tale.act(
            tale.caseworker,
            on,
            lambda: c.HandOverPractice(
                caseworker=AMIRA,
                note="The log of abandoned calls is promised for the end of the month. Ask the deputy, who keeps it.",
                occurred_on=on,
            ),
        )

    if tale.name == TO_BE_VISITED:
        _to_be_visited(tale)


def _to_be_visited(tale: Tale) -> None:
    """A visit that is agreed and arranged for a day of the week after."""
    visit, day = f"action-{tale.code.lower()}visit", TODAY + timedelta(days=4)
    flag = next(act.label for act in tale.acts if act.label and act.label.startswith("flag-"))
    tale.act(
        tale.caseworker,
        ago(10),
        lambda: c.ProposeAction(
            action_id=visit,
            kind=ActionKind.VISIT,
            issue="We have not seen how the Monday telephones are staffed.",
            owner=Side.CONTRACT_HOLDER,
            due_on=TODAY + timedelta(days=30),
            success_measure="We have sat at the desk from eight to ten, and the report is sent.",
            about_flags=(flag,),
            occurred_on=ago(10),
        ),
        visit,
    )
    tale.agree(visit, ago(7))
    for stage, on in ((VisitStage.OFFERED, ago(4)), (VisitStage.ACCEPTED, ago(2))):

        def command(stage: VisitStage = stage, on: date = on) -> c.RecordVisitStage:
            return c.RecordVisitStage(action_id=visit, stage=stage, visit_on=day, occurred_on=on)

        tale.act(tale.caseworker, on, command, f"{visit}-{stage.value}", after=(visit,))


def _close(tale: Tale, on: date) -> None:
    tale.act(
        tale.caseworker,
        on,
        lambda: c.CloseEpisode(
            closing_id=f"{CLOSING}{tale.code.lower()}",
            reason="Back inside the limits for two releases, and the plan is done. We look again with the yearly review.",
            occurred_on=on,
        ),
        "closed",
    )


def cover() -> tuple[str, ArrangeCover]:
    """Jo is away from today, and Amira covers: who asks, and for what."""
    return JO, ArrangeCover(
        person_id=AMIRA,
        cover_id="cover-demonstration1",
        absent=JO,
        from_on=TODAY,
        to_on=TODAY + timedelta(days=14),
        note="Hazel Court may ring about its visit. Everything else keeps until I am back.",
    )
