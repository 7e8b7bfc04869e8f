"""The practice's side on its page: plans and whose agreement each waits for, what it was told and answered, and what
it says is wrong.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import NamedTuple

from domain.practice import events as e
from domain.practice.heard_state import Challenge
from domain.practice.kinds import PracticeAnswer, Side
from domain.practice.plans import Plan, plans
from domain.practice.state import Action, Practice
from web.practices.fields import words_or_why
from web.practices.offers import Offer, Offers
from web.practices.offers.actions import on_plan
from web.practices.offers.corrections import on_challenge, to_correct
from web.practices.telling import Telling
from web.practices.timing import Tag
from web.practices.to_do import ToDo
from web.practices.told import About, joined, short
from web.words import day, label, plural

LATEST = 4
"""What the practice was told and answered that its page shows; the rest is in the conversation."""


class PlanBox(NamedTuple):
    """A plan, whether it is agreed and by whom not yet, what the practice says to it, and its actions."""

    reference: str
    state: str
    waits: bool
    practice: str
    actions: list[About]
    offers: list[Offer]


class Heard(NamedTuple):
    """The latest that was told or answered, and each challenge with where it stands."""

    said: list[About]
    challenges: list[tuple[About, str]]


# --- plans ----------------------------------------------------------------------------------------------------


def plan_boxes(telling: Telling, offers: Offers, today: date) -> list[PlanBox]:
    """The plans that are not closed, those that wait for somebody's agreement first."""
    practice = telling.practice
    found = [_box(telling, offers, plan, today) for plan in plans(practice).values() if not plan.closed]
    return sorted(found, key=lambda box: not box.waits)


def _box(telling: Telling, offers: Offers, plan: Plan, today: date) -> PlanBox:
    waits = not plan.agreed
    return PlanBox(
        plan.reference,
        _waits(telling, plan, today) if waits else _agreed(plan),
        waits,
        telling.names.said(_answers(plan)),
        [About(_action(action), action.version) for action in plan.actions],
        on_plan(offers, plan.standing),
    )


def _waits(telling: Telling, plan: Plan, today: date) -> str:
    """Whose agreement is missing, and to how much of it."""
    proposed = sum(action.status == "proposed" for action in plan.standing)
    whom = joined(_named(telling, side, today) for side in plan.waits_for(telling.practice, today))
    of_it = "" if proposed == len(plan.standing) else f" {proposed} of its {len(plan.standing)} actions"
    return f"Waits for {whom or 'agreement'} to agree{of_it}"


def _named(telling: Telling, side: Side, today: date) -> str:
    """The organisation by name, where it has one."""
    code = getattr(telling.practice.responsible_on(today), side.value, None)
    name = telling.names.organisation(code)
    return f"the {telling.names.side(side)}" if name in {code, ""} else name


def _agreed(plan: Plan) -> str:
    on = max((day_on for one in plan.standing for _, day_on in one.agreements.values()), default=None)
    done = sum(action.ended for action in plan.standing)
    by = (
        "both organisations"
        if any(len(one.agreements) > 1 for one in plan.standing)
        else "the contract holder"
    )
    when = f" on {day(on)}" if on else ""
    return f"Agreed by {by}{when}: {done} of {plural(len(plan.standing), 'action')} done"


def _answers(plan: Plan) -> str:
    """What the practice says: agreement, refusal, silence; or that it has not answered."""
    counted: dict[PracticeAnswer | None, int] = {}
    for action in plan.standing:
        counted[action.answer] = counted.get(action.answer, 0) + 1
    if set(counted) <= {None}:
        return "The practice has not answered"
    if len(counted) == 1:
        return f"The practice: {_said(next(iter(counted)))}"
    return f"The practice: {joined(f'{_said(one)} to {number}' for one, number in counted.items())}"


def _said(answer: PracticeAnswer | None) -> str:
    return label(answer).lower() if answer else "not answered"


def _action(action: Action) -> str:
    return f"{short(words_or_why(action.issue))}, {action.status}"


# --- told, answered, challenged -------------------------------------------------------------------------------


def heard(telling: Telling) -> Heard:
    practice = telling.practice
    said = [(one.told_on, one.version) for one in practice.told.values()]
    said += [(one.received_on, one.version) for one in practice.responses.values()]
    newest = sorted(said, reverse=True)[:LATEST]
    return Heard(
        [About(f"{telling.entry(version).text}, {day(on)}", version) for on, version in newest],
        [
            (telling.entry(one.version), _challenge_state(practice, one))
            for one in reversed(practice.challenges.values())
        ],
    )


def _challenge_state(practice: Practice, challenge: Challenge) -> str:
    if challenge.outcome is None:
        return "to be decided"
    decided = f"{label(challenge.outcome).lower()}, {day(challenge.decided_on)}"
    return f"{decided}; the entry is still to be put right" if to_put_right(practice, challenge) else decided


def to_put_right(practice: Practice, challenge: Challenge) -> bool:
    """Whether what was upheld still stands as it did: nobody has corrected or withdrawn it since."""
    if challenge.outcome not in {"upheld", "upheld_in_part"} or challenge.about is None:
        return False
    version = int(challenge.about.partition("/")[2])
    return version in practice.standing and not any(
        isinstance(entry.fact, e.FactCorrected | e.FactWithdrawn)
        and entry.fact.corrects == version
        and entry.version > challenge.version
        for entry in practice.history
    )


def challenges_to_do(telling: Telling, offers: Offers) -> Iterator[ToDo]:
    """Challenges that wait for a decision, and entries that wait to be put right."""
    practice, names = telling.practice, telling.names
    for one in practice.challenges.values():
        about = telling.entry(one.version)
        if one.open:
            by = f"recorded by {names.person(one.made_by)} on {day(one.made_on)}; another manager decides"
            tag = Tag("Waiting for a decision", late=False)
            yield ToDo(about.text, one.version, tag, [by], on_challenge(offers, one.challenge_id), about.text)
        elif to_put_right(practice, one) and one.about is not None:
            version = int(one.about.partition("/")[2])
            entry = practice.standing[version]
            title = f"Put right: {telling.entry(version).text}"
            note = f"{names.said('the practice’s challenge')} was {label(one.outcome).lower()} on {day(one.decided_on)}"
            yield ToDo(
                title,
                version,
                Tag("To be put right", late=False),
                [note],
                to_correct(offers, entry)[:1],
                title,
            )
