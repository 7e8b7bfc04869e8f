"""Appeal rehearsal: what a body that hears an appeal would ask of a decision on the tier, before it is signed.

Nothing here refuses: the rules do that. A decision may be right in spite of each, and whoever signs it should have an answer.
Each question is a function that gives what it found, with the facts; none finds anything in a decision that leaves none open.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date, timedelta

from domain.clocks.responses import review_due_on
from domain.framework.recommending import Recommendation, recommend
from domain.practice import events as e
from domain.practice.commands import DecideTier
from domain.practice.expectation_state import Expectation, Outcome
from domain.practice.guards import override_that_holds, talked_about
from domain.practice.kinds import ActionKind, ExpectationKind, LesserStep, Side, Tier
from domain.practice.rehearsal_cited import CITED, Attack, Rehearsed
from domain.practice.state import Practice
from domain.practice.weighing import CALLED, STEPS, view_that_counts
from domain.rules import Asked

SAFETY_IS_NEW = timedelta(days=28)
FEW_WORDS = 4
_KIND_OF = {LesserStep.SUPPORT: ActionKind.SUPPORT_OFFER, LesserStep.VISIT: ActionKind.VISIT}


def rehearse(
    practice: Practice, command: DecideTier, asked: Asked, opened: frozenset[int] | None = None
) -> list[Attack]:
    """What would be asked of a decision that is not taken yet. `opened` are the entries that its decider has opened; None
    where that is not known. The practice has the rules of the day (`practice.framework`), where there are any.
    """
    day = command.occurred_on or asked.on
    told = Rehearsed(practice, command, asked, day, opened)
    return [attack for question in QUESTIONS for attack in question(told)]


# --- proportionate ------------------------------------------------------------------------------------------------


def lesser_steps(told: Rehearsed) -> Iterator[Attack]:
    """A raised tier: each less formal step was tried, stands in the record, and is among what is cited."""
    if not told.raised:
        return
    cited = {*told.cited, *told.answered}
    for step in STEPS[told.command.tier]:
        if step not in told.command.tried:
            if told.command.immediate_safety is None and told.command.tier == Tier.CAUSE_FOR_CONCERN:
                yield Attack("lesser-step-untried", f"Why was it not tried first: {CALLED[step]}?")
            continue
        there = set(_record_of(step, told.practice))
        if not there:
            yield Attack(
                "step-not-in-the-record", f"Where is it recorded: {CALLED[step]}? Nothing here shows it."
            )
        elif not there & cited:
            asks = f"You say that it was tried ({CALLED[step]}), and cite no entry of it. Which shows what came of it?"
            yield Attack("step-not-cited", asks, (max(there),))


def _record_of(step: LesserStep, practice: Practice) -> Iterator[int]:
    """The entries that show a step."""
    for entry in practice.standing.values():
        match entry.fact:
            case e.FlagExplained() if step == LesserStep.VALIDATION:
                yield entry.version
            case e.ConversationRecorded() as fact if step == LesserStep.CONVERSATION and fact.with_practice:
                yield entry.version
    for action in practice.actions.values():
        kind = _KIND_OF.get(step)
        validates = step == LesserStep.VALIDATION and action.kind == ActionKind.DATA_VALIDATION
        planned = (
            step == LesserStep.ACTION_PLAN and action.plan_id is not None and action.status != "proposed"
        )
        if validates or planned or (kind is not None and action.kind == kind):
            yield action.version


def plan_still_runs(told: Rehearsed) -> Iterator[Attack]:
    """A tier is raised while what was agreed has its time still."""
    runs = [
        one.version
        for one in told.practice.actions.values()
        if one.plan_id is not None and one.status == "agreed" and one.due_on >= told.day
    ]
    if runs and told.raised:
        asks = "An agreed plan has time still. Why is it not waited for?"
        yield Attack("plan-still-runs", asks, tuple(sorted(runs)))


def safety_that_waited(told: Rehearsed) -> Iterator[Attack]:
    """An immediate risk that was known for weeks."""
    days = told.days_of_concerns
    if told.command.immediate_safety and days and told.day - max(days) > SAFETY_IS_NEW:
        asks = "What is cited is older than 28 days. What made the risk immediate now?"
        yield Attack("immediate-safety-waited", asks, tuple(told.concerns))


def review(told: Rehearsed) -> Iterator[Attack]:
    """A tier above assurance based is looked at again, as soon as the framework says."""
    command, framework = told.command, told.practice.framework
    if command.tier == Tier.ASSURANCE_BASED:
        return
    if command.review_on is None:
        yield Attack("no-review-date", "When is it looked at again? No review date is set.")
        return
    months = framework.response(command.tier).get("review_months") if framework else None
    if months and command.review_on > review_due_on(command.effective_on, months):
        asks = f"The framework says {months} {'month' if months == 1 else 'months'} until the review. Why is it later?"
        yield Attack("review-later-than-the-framework", asks)


# --- reasoned -----------------------------------------------------------------------------------------------------


def contradiction(told: Rehearsed) -> Iterator[Attack]:
    """The rules recommend otherwise, and it is not said why, or in next to no words."""
    practice, command = told.practice, told.command
    if practice.framework is None:
        return
    found = recommend(practice, practice.framework, told.asked.on)
    if found.tier != command.tier:
        if len((command.differs_because or "").split()) < FEW_WORDS:
            asks = "The rules recommend another tier, and next to nothing says why you differ."
            yield Attack("contradiction-unexplained", asks, found.facts)
        return
    deciding = {version for one in found.deciding for version in one.facts}
    if deciding and not deciding & {*told.cited}:
        yield Attack("recommendation-not-cited", _rests_on(found), tuple(sorted(deciding)))


def _rests_on(found: Recommendation) -> str:
    """Where rules of lower tiers hold too, what is cited may be theirs: the question names the rules that it is about."""
    asks = "On what does the decision rest?"
    if found.deciding == found.satisfied:
        return f"You follow the rules, and cite none of the entries on which they rest. {asks}"
    *others, last = (one.rule for one in found.deciding)
    lead = f"{', '.join(others)} and {last} alone lead" if others else f"{last} alone leads"
    holds = "they hold" if others else "it holds"
    return f"Of the rules that hold, {lead} to this tier, and you cite no entry by which {holds}. {asks}"


def copied_reasons(told: Rehearsed) -> Iterator[Attack]:
    """Whoever decides has reasons of their own, and of now."""
    practice, said = told.practice, told.command.rationale.strip()
    if practice.decisions and practice.decisions[-1].rationale.words.strip() == said:
        asks = "The reasons are word for word those of the decision before. What has changed?"
        yield Attack("reasons-of-last-time", asks, (practice.decisions[-1].version,))
    proposal = practice.proposals.get(told.command.proposal_id or "")
    entry = practice.standing.get(proposal.version) if proposal else None
    if (
        entry is not None
        and isinstance(entry.fact, e.TierProposed)
        and entry.fact.rationale.words.strip() == said
    ):
        asks = "The reasons are word for word those of the proposal. What did you weigh yourself?"
        yield Attack("reasons-of-the-proposal", asks, (entry.version,))


# --- informed -----------------------------------------------------------------------------------------------------


def other_view(told: Rehearsed) -> Iterator[Attack]:
    """A tier that moves: the local commissioner was asked in time, and what it said is weighed."""
    practice, view = told.practice, view_that_counts(told.practice, told.day)
    responsible = practice.responsible_on(told.day)
    if not told.moves or responsible is None or not responsible.local_commissioner:
        return
    if view is None:
        yield from _no_view(told)
        return
    if view.tier != told.command.tier:
        asks = "The other organisation would choose another tier. Do your reasons answer it?"
        yield Attack("view-differs", asks, (view.version,))
    if told.days_of_concerns and view.stated_on < max(told.days_of_concerns):
        asks = "The other organisation stated its view before what you cite arose. Would it say so still?"
        yield Attack("view-before-the-evidence", asks, (view.version,))


def _no_view(told: Rehearsed) -> Iterator[Attack]:
    since = told.since
    asked_for = [
        one
        for one in told.practice.expectations.values()
        if one.kind == ExpectationKind.VIEW
        and one.expected_of == Side.LOCAL_COMMISSIONER
        and one.version > since
    ]
    if not asked_for:
        yield Attack("view-never-asked", "The other organisation was never asked for its view. Why not?")
    elif any(one.outcome(told.day) in {Outcome.WAITING, Outcome.STOPPED} for one in asked_for):
        asks = "The other organisation was asked too late: its time to state a view has not run out."
        yield Attack("view-asked-late", asks, tuple(one.version for one in asked_for))
    else:
        asks = "The other organisation’s view is missing. What was done when it did not come?"
        yield Attack("view-missing", asks, tuple(one.version for one in asked_for))


def nobody_consulted(told: Rehearsed) -> Iterator[Attack]:
    if told.command.tier == Tier.CAUSE_FOR_CONCERN and told.moves and not told.command.consulted:
        yield Attack("nobody-consulted", "Who else was asked? Nobody is named as consulted.")


def on_override(told: Rehearsed) -> Iterator[Attack]:
    """Cause for concern without the shared conversation that comes first, and not for immediate safety."""
    practice, command = told.practice, told.command
    into = command.tier == Tier.CAUSE_FOR_CONCERN and told.moves and not command.immediate_safety
    override = override_that_holds(practice, told.day)
    if into and override is not None and not talked_about(practice, told.entries, told.day):
        asks = "It rests on an override. Why could the shared conversation not come first?"
        yield Attack("rests-on-an-override", asks, (override.version,))


# --- heard --------------------------------------------------------------------------------------------------------


def not_heard(told: Rehearsed) -> Iterator[Attack]:
    """The practice was told, was spoken with since the newest concern arose, and had its time to answer."""
    if not told.raised:
        return
    practice, days = told.practice, told.days_of_concerns
    newest = max(days, default=told.day)
    talks = [
        one.fact.occurred_on
        for one in practice.standing.values()
        if isinstance(one.fact, e.ConversationRecorded) and one.fact.with_practice
    ]
    if max(talks, default=date.min) < newest:
        asks = "Nobody has spoken with the practice since what you cite arose. How was it heard?"
        yield Attack("not-spoken-with-since", asks, tuple(told.concerns))
    if not any(one.version > told.since for one in practice.told.values()):
        yield Attack(
            "practice-not-told",
            "What was the practice told, and when? Nothing is recorded since the last decision.",
        )
    waits = [one.version for one in practice.expectations.values() if _waits_for_the_practice(one, told.day)]
    if waits:
        asks = "The practice has time to answer still. Why is its answer not waited for?"
        yield Attack("reply-not-awaited", asks, tuple(waits))


def _waits_for_the_practice(one: Expectation, day: date) -> bool:
    return (
        one.expected_of == Side.PRACTICE
        and one.open
        and one.outcome(day) in {Outcome.WAITING, Outcome.STOPPED}
    )


def unread_answer(told: Rehearsed) -> Iterator[Attack]:
    """What the practice answered since the last decision is named where it is said what it answered."""
    left = [
        one.version
        for one in told.practice.responses.values()
        if one.version > told.since and one.version not in {*told.answered, *told.cited}
    ]
    if left:
        asks = "The practice answered, and the decision names no such answer. Was it weighed?"
        yield Attack("answer-not-cited", asks, tuple(left))


def unsafe_without_risk(told: Rehearsed) -> Iterator[Attack]:
    if told.command.not_waited_because and not told.command.immediate_safety and told.raised:
        asks = "Waiting for the practice’s answer is said to be unsafe, and no immediate risk is stated. Which risk was it?"
        yield Attack("unsafe-without-a-risk", asks)


QUESTIONS: tuple[Callable[[Rehearsed], Iterator[Attack]], ...] = (
    lesser_steps,
    plan_still_runs,
    safety_that_waited,
    review,
    contradiction,
    copied_reasons,
    *CITED,
    other_view,
    nobody_consulted,
    on_override,
    not_heard,
    unread_answer,
    unsafe_without_risk,
)
"""In the order of the four words: proportionate, reasoned, informed, heard."""
