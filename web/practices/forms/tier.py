"""Forms about the tier: each is shown once more to be checked before it is sent."""

from __future__ import annotations

from domain.practice import commands as c
from domain.practice.kinds import Tier
from domain.practice.state import Proposal
from web.forms.drawing import Drawing
from web.forms.fields import Chosen, Day, Hidden, TextArea, Ticks
from web.forms.form import Form
from web.practices.forms.common import NO_PATIENTS, WHEN, about_proposal, facts, reason
from web.practices.tiers import began
from web.words import day, label


def tier_now(drawing: Drawing) -> str:
    decision = drawing.practice.decision_on(drawing.today)
    if decision is None:
        return "Now: assurance based (starting tier, not yet reviewed)."
    since, _ = began(drawing.practice, drawing.today)
    return f"Now: {label(decision.tier).lower()}, since {day(since)}."


def proposal(drawing: Drawing) -> Proposal | None:
    found: Proposal | None = drawing.thing(drawing.practice.proposals, "proposal_id")
    return found


def proposed(name: str):  # type: ignore[no-untyped-def] # noqa: ANN201
    """What the proposal that is being decided says, to begin from."""

    def preset(drawing: Drawing) -> object:
        waiting = proposal(drawing)
        entry = drawing.practice.standing.get(waiting.version) if waiting else None
        return getattr(entry.fact, name, None) if entry else None

    return preset


def _tier(label_: str) -> Chosen:
    return Chosen(name="tier", label=label_, hint=tier_now, missing="Choose a tier", preset=proposed("tier"))


def _effective(drawing: Drawing) -> object:
    wanted = proposed("effective_on")(drawing)
    return max(wanted, drawing.today) if wanted else drawing.today


INPUTS = Ticks(
    name="inputs",
    label="Which facts does it rest on?",
    hint="Choose from what is recorded about this practice.",
    choices=facts,
    preset=proposed("inputs"),
    hinted=True,
    missing="Choose at least one fact that it rests on",
)
RATIONALE = TextArea(
    name="rationale",
    label="Why?",
    hint=f"Say why it is proportionate, and what the practice said. {NO_PATIENTS}",
    missing="Enter the reasons",
    rows=8,
)
REVIEW = Day(
    name="review_on",
    label="When will it be reviewed?",
    hint="For example, 27 3 2027. Without a date, no review will be planned.",
    unanswered="No review will be planned",
    called="The review date",
    preset=proposed("review_on"),
)

FORMS = (
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
        about=about_proposal,
        intro="A tier is a relationship with the practice, not a grade. Your name stands beside the decision.",
        fields=(
            Hidden(name="proposal_id", label="Proposal"),
            _tier("Which tier do you decide?"),
            INPUTS,
            RATIONALE,
            Day(
                name="effective_on", label="From when?", called="The date it takes effect", preset=_effective
            ),
            REVIEW,
        ),
        check=True,
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
