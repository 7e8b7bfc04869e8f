"""Forms about the tier: each is shown once more to be checked before it is sent."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from domain.clocks.responses import review_due_on
from domain.practice import commands as c
from domain.practice.guards import AFTERWARDS
from domain.practice.kinds import LesserStep, Tier
from domain.practice.state import Proposal
from web.forms.drawing import Drawing
from web.forms.fields import Chosen, Day, Hidden, TextArea, Ticks
from web.forms.form import Form, NotUnderstood, Wrong
from web.forms.shapes import Shape
from web.practices.deciding import sections
from web.practices.forms.common import NO_PATIENTS, WHEN, about_proposal, facts, reason
from web.practices.forms.reviews import of_the_decision
from web.practices.forms.tier_told import (
    about_what_is_decided,
    before_deciding,
    disputed,
    has_disputes,
    over_what,
    own_view,
    tier_now,
)
from web.practices.forms.weighed import WEIGHED, steps_tried, was_named
from web.practices.to_open import facts_to_sign
from web.practices.told import joined
from web.service import service
from web.words import day, label


def proposal(drawing: Drawing) -> Proposal | None:
    found: Proposal | None = drawing.thing(drawing.practice.proposals, "proposal_id")
    return found


def proposed(name: str):  # type: ignore[no-untyped-def] # noqa: ANN201
    """What the proposal that is being decided says, or the decision that is being revised, to begin from."""

    def preset(drawing: Drawing) -> object:
        waiting = proposal(drawing)
        if waiting is None and name in {"tier", "inputs"}:
            return of_the_decision(drawing, name)
        entry = drawing.practice.standing.get(waiting.version) if waiting else None
        return getattr(entry.fact, name, None) if entry else None

    return preset


def _tier(label_: str) -> Chosen:
    return Chosen(name="tier", label=label_, hint=tier_now, missing="Choose a tier", preset=proposed("tier"))


def _effective(drawing: Drawing) -> object:
    wanted = proposed("effective_on")(drawing)
    return max(wanted, drawing.today) if wanted else drawing.today


def decide(drawing: Drawing, given: dict[str, Any]) -> c.DecideTier:
    """A decision that rests on a disputed entry says why; one that does not has nothing to say to it."""
    command = c.DecideTier(**given | {"tried": steps_tried(given)})
    found = disputed(drawing)
    over = [found[one] for one in command.inputs if one in found]
    if over and not (command.over_dispute or "").strip():
        message = f"Enter why you decide although this is disputed, or leave it out: {joined(over)}"
        raise NotUnderstood({"over_dispute": Wrong(message)})
    if not over and command.over_dispute:
        raise NotUnderstood(
            {
                "over_dispute": Wrong(
                    "Nothing that you chose is disputed: choose the disputed entry, or leave this empty"
                )
            }
        )
    return command


def review_hint(drawing: Drawing) -> str:
    """By when the rules expect a review at each tier, and which planned review the decision takes the place of."""
    said = ["For example, 27 3 2027. Without a date, no review will be planned."]
    framework = service.casebook.framework().on(drawing.today)
    for tier in reversed(Tier) if framework else ():
        months = framework.response(tier).get("review_months") if framework else None
        if months:
            last = day(review_due_on(drawing.today, months))
            said.append(f"For {label(tier).lower()} the rules expect it by {last}.")
    now = drawing.practice.decision_on(drawing.today)
    if now is not None and now.review_on is not None:
        said.append(
            f"A decision ends the review that is planned for {day(now.review_on)}: say again when it is."
        )
    return " ".join(said)


INPUTS = Ticks(
    name="inputs",
    label="Which facts does it rest on?",
    hint="Choose from what is recorded about this practice.",
    choices=facts,
    preset=proposed("inputs"),
    hinted=True,
    missing="Choose at least one fact that it rests on",
)
OVER_DISPUTE = TextArea(
    name="over_dispute",
    label="Why do you decide although it is disputed?",
    hint=over_what,
    when=has_disputes,
    rows=4,
)
RATIONALE = TextArea(
    name="rationale",
    label="Why?",
    hint=f"Say why it is proportionate, and what the practice said. {NO_PATIENTS}",
    missing="Enter the reasons",
    rows=8,
    preset=lambda drawing: of_the_decision(drawing, "rationale"),
)
REVIEW = Day(
    name="review_on",
    label="When will it be reviewed?",
    hint=review_hint,
    unanswered="Not given. No review will be planned",
    called="The review date",
    preset=proposed("review_on"),
)

FORMS = (
    Form(
        command=c.StateTierView,
        title="State your view on the tier",
        intro="The contract holder decides the tier. Your organisation says which it would choose, and why.",
        shows=own_view,
        fields=(
            Chosen(name="tier", label="Which tier would you choose?", hint=tier_now, missing="Choose a tier"),
            TextArea(name="words", label="Why?", hint=NO_PATIENTS, missing="Enter why", rows=5),
            WHEN,
        ),
        button="Record the view",
    ),
    Form(
        command=c.GiveOverride,
        title="Give an override",
        intro=(
            "A practice is moved to cause for concern after a shared conversation about the concern. Where that cannot be "
            "waited for, you may say so as medical or quality lead. It holds for one decision, for "
            f"{AFTERWARDS.days} days, and every override is listed."
        ),
        fields=(reason("Why can it not be waited for?", "Enter why"), WHEN),
        button="Give the override",
    ),
    Form(
        command=c.RecordDissent,
        title="Record dissent from a decision",
        intro="Your organisation does not agree. The decision stands, and the dissent stands beside it.",
        fields=(
            Hidden(name="decision_id", label="Decision"),
            TextArea(
                name="words",
                label="Why does your organisation not agree?",
                hint=NO_PATIENTS,
                missing="Enter why",
                rows=5,
            ),
            WHEN,
        ),
        button="Record the dissent",
    ),
    Form(
        command=c.ProposeTier,
        title="Propose a tier",
        intro="A tier is a relationship with the practice, not a grade. A manager decides.",
        fields=(
            _tier("Which tier do you propose?"),
            INPUTS,
            RATIONALE,
            Day(
                name="effective_on",
                label="From when?",
                called="The date it takes effect",
                preset=lambda drawing: drawing.today,
            ),
            REVIEW,
        ),
        check=True,
        button="Send the proposal",
    ),
    Form(
        command=c.DecideTier,
        title="Decide the tier",
        about=about_what_is_decided,
        shows=before_deciding,
        intro="A tier is a relationship with the practice, not a grade. Your name stands beside the decision.",
        fields=(
            Hidden(name="proposal_id", label="Proposal"),
            Hidden(name="asking_id", label="Review of a decision"),
            _tier("Which tier do you decide?"),
            replace(INPUTS, choices=facts_to_sign),
            OVER_DISPUTE,
            RATIONALE,
            *WEIGHED,
            Day(
                name="effective_on", label="From when?", called="The date it takes effect", preset=_effective
            ),
            REVIEW,
        ),
        check=True,
        extra={was_named(step): Shape(was_named(step), str, False, False, None, None) for step in LesserStep},
        build=decide,
        sections=sections,
        button="Record the decision",
    ),
    Form(
        command=c.DeclineTierProposal,
        title="Decline a proposed tier",
        about=about_proposal,
        intro="The tier stays as it is.",
        fields=(
            Hidden(name="proposal_id", label="Proposal"),
            reason("Why is it declined?", "Enter the reasons"),
            WHEN,
        ),
        button="Decline the proposal",
    ),
)

TIERS = tuple(Tier)
