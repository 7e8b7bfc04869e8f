"""Forms about the tier: each is shown once more to be checked before it is sent."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from domain.clocks.responses import review_due_on
from domain.framework.recommending import recommend
from domain.practice import commands as c
from domain.practice import events as e
from domain.practice.cites import cite
from domain.practice.guards import AFTERWARDS, disputed_entries
from domain.practice.kinds import LesserStep, Tier
from domain.practice.state import Proposal, View
from domain.practice.weighing import CALLED, lacks_the_other_view, view_that_counts
from web.forms.drawing import Choice, Drawing
from web.forms.fields import Chosen, Day, Hidden, TextArea, Ticks
from web.forms.form import Form, NotUnderstood, Wrong
from web.forms.shapes import Shape
from web.practices.deciding import sections
from web.practices.forms.common import NO_PATIENTS, WHEN, about_proposal, facts, reason, telling
from web.practices.forms.reviews import about_review, of_the_decision, what_arrived
from web.practices.tiers import began
from web.practices.to_open import facts_to_sign
from web.practices.told import happened_on, joined
from web.service import service
from web.words import day, label


def about_what_is_decided(drawing: Drawing) -> str:
    """The proposal that waits, or the decision that is to be revised."""
    return about_proposal(drawing) or about_review(drawing)


def before_deciding(drawing: Drawing) -> list[tuple[str, str]]:
    """What others said that a decision is about to answer: the other organisation's view, and proposals that wait."""
    chosen = drawing.given.get("proposal_id", "")
    found = []
    for waiting in drawing.practice.proposals.values():
        entry = drawing.practice.standing.get(waiting.version)
        if waiting.status == "open" and entry and isinstance(entry.fact, e.TierProposed):
            fact, who = entry.fact, telling(drawing).names.person(entry.person)
            what = f"{label(fact.tier, Tier)}, proposed by {who} on {day(fact.occurred_on)}"
            decided = waiting.proposal_id == chosen
            found.append((f"{what}: {'decided here' if decided else WAITS}", fact.rationale.words))
    view = view_that_counts(drawing.practice, drawing.today)
    return found + ([said_view(drawing, view)] if view else []) + what_arrived(drawing)


WAITS = "it waits, and is not answered here; Decide stands beside it on the practice’s page"


def said_view(drawing: Drawing, view: View) -> tuple[str, str]:
    fact = drawing.practice.standing[view.version].fact
    words = fact.words.words if isinstance(fact, e.TierViewStated) else ""
    who = telling(drawing).names.organisation(view.organisation)
    return f"{who} would choose {label(view.tier).lower()}, said on {day(view.stated_on)}", words


def own_view(drawing: Drawing) -> list[tuple[str, str]]:
    """What the organisation said already, since the tier was last decided."""
    view = view_that_counts(drawing.practice, drawing.today)
    if view is None:
        return []
    who, words = said_view(drawing, view)
    return [(f"{who}. What you say now takes its place", words)]


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


def disputed(drawing: Drawing) -> dict[str, str]:
    """What the other side disputes, by its cite: what it is called, with its day."""
    told = telling(drawing)
    entries = [
        drawing.practice.standing[version]
        for version in sorted(disputed_entries(drawing.practice))
        if version in drawing.practice.standing
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
    command = c.DecideTier(**given | {"tried": _tried(given)})
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


def recommended(drawing: Drawing) -> str:
    """What the rules recommend now, with the rules that hold, in a sentence."""
    practice = service.casebook.with_rules(drawing.practice, drawing.asked)
    if practice.framework is None:
        return ""
    found = recommend(practice, practice.framework, drawing.today)
    rules = joined(found.rules)
    by = (
        f"by {'rule' if len(found.rules) == 1 else 'rules'} {rules}"
        if rules
        else "no rule of a higher tier holds"
    )
    return f"The rules (version {found.framework_version}) recommend {label(found.tier).lower()}: {by}."


def answers(drawing: Drawing) -> list[Choice]:
    """What the practice said: its responses, and conversations that it took part in."""
    told = telling(drawing)
    return [
        Choice(
            cite(drawing.practice.code, one.version), f"{told.title(one.fact)}, {day(happened_on(one.fact))}"
        )
        for one in reversed(drawing.practice.standing.values())
        if isinstance(one.fact, e.PracticeResponseReceived)
        or (isinstance(one.fact, e.ConversationRecorded) and one.fact.with_practice)
    ]


def has_answers(drawing: Drawing) -> bool:
    return bool(answers(drawing))


def may_be_raised(drawing: Drawing) -> bool:
    """Whether there is a tier to raise to: what only a raised tier must say is asked."""
    return drawing.practice.tier_on(drawing.today) != Tier.CAUSE_FOR_CONCERN


def has_no_view(drawing: Drawing) -> bool:
    return lacks_the_other_view(drawing.practice, drawing.today)


def _step(step: LesserStep) -> tuple[Chosen, TextArea]:
    """Whether it was tried is chosen beside the words on it, so that they cannot say otherwise."""
    return (
        Chosen(
            name=_was(step),
            label=f"{label(step, LesserStep)}: was it tried?",
            choices=lambda _: [Choice(TRIED, "It was tried"), Choice(NOT_TRIED, "It was not tried")],
            when=may_be_raised,
            inline=True,
        ),
        TextArea(
            name=f"on_{step.value}",
            label=f"{label(step, LesserStep)}: what came of it, or why was it not tried?",
            when=may_be_raised,
            rows=3,
        ),
    )


TRIED, NOT_TRIED = "tried", "not_tried"


def _was(step: LesserStep) -> str:
    return f"was_{step.value}"


def _tried(given: dict[str, Any]) -> tuple[LesserStep, ...]:
    """The steps that were tried, of what is chosen beside each; refused where words stand without a choice, or it alone."""
    tried, errors = [], {}
    for step in LesserStep:
        was, words = given.pop(_was(step), None), given.get(f"on_{step.value}")
        if words and not was:
            wrote = f"You wrote on {CALLED[step]}: choose whether it was tried, or not"
            errors[_was(step)] = Wrong(wrote)
        elif was and not words:
            came = "what came of it" if was == TRIED else "why not"
            errors[f"on_{step.value}"] = Wrong(f"You chose whether {CALLED[step]} was tried: enter {came}")
        elif was == TRIED:
            tried.append(step)
    if errors:
        raise NotUnderstood(errors)
    return tuple(tried)


WEIGHED = (
    TextArea(
        name="differs_because",
        label="If you decide otherwise than is recommended: why?",
        hint=recommended,
        rows=4,
    ),
    *(one for step in LesserStep for one in _step(step)),
    TextArea(
        name="asked_for",
        label="What is asked of the practice?",
        when=may_be_raised,
        rows=4,
    ),
    TextArea(name="outcome", label="What is to come of it?", rows=3),
    Ticks(
        name="answers",
        label="Where did the practice answer?",
        choices=answers,
        when=has_answers,
    ),
    TextArea(name="answered", label="What did the practice answer?", rows=4),
    TextArea(
        name="not_waited_because",
        label="If you did not wait for its answer: why was waiting unsafe?",
        rows=3,
    ),
    TextArea(
        name="no_view_because",
        label="Why do you decide without the other organisation’s view?",
        hint="It has not said since the last decision which tier it would choose. Needed where the tier moves.",
        when=has_no_view,
        rows=3,
    ),
    TextArea(name="consulted", label="Who else was consulted?", hint="By role.", rows=3),
    TextArea(
        name="immediate_safety",
        label="If a shared conversation cannot be waited for: what is the immediate risk to patients’ safety?",
        hint=(
            "Only for cause for concern. Leave this empty where there is no such risk. The conversation is then held "
            "within 1 working day."
        ),
        when=may_be_raised,
        rows=3,
    ),
    Chosen(
        name="direction",
        label="Which way is the practice going?",
        missing="Choose which way the practice is going",
    ),
    TextArea(
        name="de_escalation",
        label="What would lead to a lower tier?",
        hint="Said in advance, so that the practice knows what it works towards.",
        rows=4,
    ),
)
"""What a decision says beside its tier and reasons. Which of it is needed depends on the tier, and the rules say so."""

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
        extra={_was(step): Shape(_was(step), str, False, False, None, None) for step in LesserStep},
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
