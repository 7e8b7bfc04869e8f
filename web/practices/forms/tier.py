"""Forms about the tier: each is shown once more to be checked before it is sent."""

from __future__ import annotations

from typing import Any

from domain.practice import commands as c
from domain.practice.cites import cite
from domain.practice.kinds import Tier
from domain.practice.state import Proposal
from web.forms.drawing import Drawing
from web.forms.fields import Chosen, Day, Hidden, TextArea, Ticks
from web.forms.form import Form, NotUnderstood, Wrong
from web.practices.forms.common import NO_PATIENTS, WHEN, about_proposal, facts, reason, telling
from web.practices.tiers import began
from web.practices.told import happened_on, joined
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


def disputed(drawing: Drawing) -> dict[str, str]:
    """What the other side disputes, by its cite: what it is called, with its day."""
    told = telling(drawing)
    entries = [
        drawing.practice.standing[record.entry]
        for record in drawing.practice.records.values()
        if record.state == "disputed"
    ]
    return {
        cite(drawing.practice.code, one.version): f"{told.title(one.fact)}, {day(happened_on(one.fact))}"
        for one in entries
    }


def has_disputes(drawing: Drawing) -> bool:
    """Whether the question has a point; and whatever was answered is taken, also once the dispute has ended."""
    return bool(disputed(drawing)) or "over_dispute" in drawing.given


def over_what(drawing: Drawing) -> str:
    found = joined(disputed(drawing).values())
    if not found:
        return "Nothing is disputed any more: leave this empty."
    return f"Disputed: {found}. Answer only if your decision rests on it: it is listed as decided over a dispute."


def decide(drawing: Drawing, given: dict[str, Any]) -> c.DecideTier:
    """A decision that rests on a disputed entry says why; one that does not has nothing to say to it."""
    command = c.DecideTier(**given)
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
    unanswered="Rests on nothing that is disputed",
    rows=4,
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
            OVER_DISPUTE,
            RATIONALE,
            Day(
                name="effective_on", label="From when?", called="The date it takes effect", preset=_effective
            ),
            REVIEW,
        ),
        check=True,
        build=decide,
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
