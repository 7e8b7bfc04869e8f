"""Agreed actions, in plain words."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from domain.practice import events as e
from domain.practice.kinds import ActionKind
from domain.practice.state import Action
from web.practices.fields import in_words
from web.practices.told import About, Changed, Told, itself, joined, listed, lower_first, short, typed
from web.words import day, label

if TYPE_CHECKING:
    from web.practices.telling import Telling


def action_proposed(t: Telling, fact: e.ActionProposed) -> Told:
    action = t.practice.actions.get(fact.action_id)
    return Told(
        title=f"Action proposed: {short(fact.issue.words)}",
        group="actions",
        how=f"{lower_first(label(fact.kind, ActionKind))} · owner {t.names.side(fact.owner)} · due {day(fact.due_on)}",
        words=typed(
            ("", fact.issue if len(fact.issue.words) > 80 or "\n" in fact.issue.words else None),
            ("Success will be known by", fact.success_measure),
        ),
        rows=listed(("Plan", fact.plan_id), ("Agreed so far", _agreed_so_far(t, action))),
        about=t.about(fact),
        tag=action.status.capitalize() if action else "",
    )


def _agreed_so_far(t: Telling, action: Action | None) -> str:
    """Who has agreed an action that still waits for another organisation: the one it waits for stands under To do."""
    if action is None or action.status != "proposed":
        return ""
    return joined(
        f"the {t.names.side(side)} on {day(on)}"
        for side, (_, on) in action.agreements.items()
        if on is not None
    )


def _action(
    t: Telling,
    fact: Any,
    what: str,
    how: str = "",
    words: tuple[tuple[str, str], ...] = (),
    rows: tuple[tuple[str, str], ...] = (),
    changes: tuple[Changed, ...] = (),
    about: tuple[About, ...] = (),
) -> Told:
    action = t.action(fact.action_id)
    return Told(
        title=f"{what}: {action.text}",
        group="actions",
        how=how,
        words=words,
        rows=rows,
        changes=changes,
        about=(itself("action", action), *about),
    )


def action_agreed(t: Telling, fact: e.ActionAgreed) -> Told:
    return _action(
        t,
        fact,
        f"Action agreed by the {t.names.side(fact.side)}",
        f"for {t.names.organisation(fact.organisation)}",
    )


def action_answered(t: Telling, fact: e.ActionAnswered) -> Told:
    return _action(
        t,
        fact,
        "Practice answered",
        f"{lower_first(label(fact.answer))} · {lower_first(in_words(fact.answered_by))}",
        typed(("", fact.words)),
    )


def action_progressed(t: Telling, fact: e.ActionProgressed) -> Told:
    return _action(t, fact, "Progress", words=typed(("", fact.words)))


def action_rescheduled(t: Telling, fact: e.ActionRescheduled) -> Told:
    first = f"first due {day(fact.first_due_on)}" if fact.first_due_on != fact.before_due_on else ""
    return _action(
        t,
        fact,
        "Action moved",
        first,
        typed(("", fact.reason)),
        changes=(Changed("Due", day(fact.before_due_on), day(fact.due_on)),),
    )


def action_completed(t: Telling, fact: e.ActionCompleted) -> Told:
    return _action(
        t,
        fact,
        "Action completed",
        "",
        typed(("", fact.words)),
        listed(("Document", fact.evidence_document)),
        about=tuple(map(t.cited, fact.evidence)),
    )


def action_accepted(t: Telling, fact: e.ActionEvidenceAccepted) -> Told:
    return _action(t, fact, "Evidence accepted", words=typed(("", fact.words)))


def action_sent_back(t: Telling, fact: e.ActionSentBack) -> Told:
    return _action(t, fact, "Evidence sent back", "the action is open again", typed(("", fact.reason)))


def action_cancelled(t: Telling, fact: e.ActionCancelled) -> Told:
    return _action(
        t,
        fact,
        "Action cancelled",
        "it ought to have been done, and was not" if fact.not_done else "",
        typed(("", fact.reason)),
    )


def action_reopened(t: Telling, fact: e.ActionReopened) -> Told:
    return _action(t, fact, "Action reopened", f"due {day(fact.due_on)}", typed(("", fact.reason)))
