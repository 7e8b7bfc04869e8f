"""Episodes that are closed and reopened, visits' stages, and practices that are handed over, in plain words."""

from __future__ import annotations

from typing import TYPE_CHECKING

from domain.practice import events as e
from domain.practice.kinds import VisitStage
from web.practices.tells.agreed import concern
from web.practices.told import About, Changed, Told, itself, listed, typed
from web.words import day

if TYPE_CHECKING:
    from web.practices.telling import Telling

STAGE = {
    VisitStage.OFFERED: "Visit offered",
    VisitStage.ACCEPTED: "Visit accepted",
    VisitStage.HELD: "Visit held",
    VisitStage.REPORT_SENT: "Report of the visit sent",
}


def episode_closed(t: Telling, fact: e.EpisodeClosed) -> Told:
    return Told(
        title="Episode closed",
        group="record",
        words=typed(("", fact.reason)),
        rows=listed(("Caseworker", t.names.person(fact.caseworker))),
        about=tuple(concern(t, one) for one in fact.concerns),
        about_as="Its concerns",
    )


def episode_reopened(t: Telling, fact: e.EpisodeReopened) -> Told:
    closed = next(
        (
            entry.version
            for entry in t.practice.history
            if isinstance(entry.fact, e.EpisodeClosed) and entry.fact.closing_id == fact.closing_id
        ),
        None,
    )
    return Told(
        title="Episode reopened",
        group="record",
        words=typed(("", fact.reason)),
        about=(About(f"its closing, entry {closed}", closed),) if closed else (),
    )


def practice_handed_over(t: Telling, fact: e.PracticeHandedOver) -> Told:
    now, before = t.names.person(fact.caseworker), t.names.person(fact.before)
    return Told(
        title=f"Handed over to {now}",
        group="record",
        how=f"from {day(fact.from_on)}" + (", with other practices" if fact.hand_over_id else ""),
        words=typed(("", fact.note)),
        changes=(Changed("Caseworker", before, now),),
    )


def visit_stage_reached(t: Telling, fact: e.VisitStageReached) -> Told:
    action = t.action(fact.action_id)
    return Told(
        title=f"{STAGE[fact.stage]}: {action.text}",
        group="actions",
        how=f"for {day(fact.visit_on)}" if fact.visit_on else "",
        words=typed(("", fact.words)),
        about=(itself("action", action),),
    )
