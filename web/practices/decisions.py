"""A decision on the tier: was it proportionate, reasoned and informed, and was the practice heard?

Decisions are numbered from 1, in the order in which they were recorded. What is known today, beside what was known then,
is no part of this page.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from flask import Blueprint, redirect, render_template
from flask.typing import ResponseReturnValue
from werkzeug.exceptions import NotFound

from domain.practice import events as e
from domain.practice.afterwards import stands_as_override
from domain.practice.kinds import LesserStep, Side, Tier, Travel
from domain.practice.recommended import recommended_for
from domain.practice.state import Decision, Practice
from web.practices.hangs_on import beside
from web.practices.links import entry_link, practice_link
from web.practices.reading import Looked, look_up, note_reading
from web.practices.told import About, joined, lower_first
from web.words import day, label, plural

blueprint = Blueprint("decisions", __name__)


@dataclass(frozen=True, slots=True)
class Answered:
    """One of the four words: what answers it in sentences, what somebody wrote under headings, and what is cited."""

    word: str
    sentences: list[str]
    words: list[tuple[str, str]] = field(default_factory=list)
    cited: list[About] = field(default_factory=list)


@blueprint.get("/practices/<code>/decisions/<int:number>")
def decision(code: str, number: int) -> ResponseReturnValue:
    looked = look_up(code)
    practice = looked.practice
    if code != practice.code:
        return redirect(f"{practice_link(practice.code)}/decisions/{number}", 301)
    if not 0 < number <= len(practice.decisions):
        raise NotFound
    one = practice.decisions[number - 1]
    fact = practice.standing[one.version].fact
    assert isinstance(fact, e.TierDecided)
    assert practice.details is not None
    stays = fact.before == fact.tier
    page = render_template(
        "practices/decision.html",
        title=f"{'Reviewed: stays' if stays else 'Moved to'} {lower_first(label(fact.tier, Tier))}",
        caption=practice.details.name.words,
        code=practice.code,
        back=practice_link(practice.code),
        fact=fact,
        facts=_of_it(looked, fact, one),
        answered=[
            _proportionate(fact),
            _reasoned(looked, fact, one),
            _informed(looked, fact),
            _heard(looked, fact),
        ],
        dissents=_dissents(looked, one),
        **beside(looked, fact, one),
        entry=entry_link(practice.code, one.version),
        number=number,
        last=len(practice.decisions),
    )
    note_reading(practice, looked.asked, looked.teller.telling)
    return page


def number_of(practice: Practice, version: int) -> int | None:
    """Which decision a fact is, numbered from 1; None where it is none."""
    found = [at for at, one in enumerate(practice.decisions, start=1) if one.version == version]
    return found[0] if found else None


def _of_it(looked: Looked, fact: e.TierDecided, one: Decision) -> list[str]:
    recorded = looked.practice.standing[one.version]
    who = looked.names.person(recorded.person)
    organisation = looked.names.organisation(recorded.organisation)
    found = [
        f"Decided {day(fact.occurred_on)} by {who}, {organisation}",
        f"effective {day(fact.effective_on)}",
        f"review {day(fact.review_on)}" if fact.review_on else "no review planned",
        f"the practice is {lower_first(label(fact.direction, Travel))}" if fact.direction else "",
        f"framework version {fact.framework_version}"
        if fact.framework_version
        else "before there was a framework",
    ]
    if stands_as_override(looked.practice, one, looked.asked.on):
        found.append("stands as an override: no shared conversation came before it, or within 28 days")
    return list(filter(None, found))


def _proportionate(fact: e.TierDecided) -> Answered:
    tried = [label(one.step, LesserStep).lower() for one in fact.steps if one.taken]
    untried = [label(one.step, LesserStep).lower() for one in fact.steps if not one.taken]
    sentences = [f"Tried first: {joined(tried)}."] if tried else []
    sentences += [f"Not tried: {joined(untried)}."] if untried else []
    return Answered(
        "Proportionate",
        sentences
        or [
            "No less formal step had to be weighed: the tier was not raised, or it was before the framework."
        ],
        [
            *((label(one.step, LesserStep), one.words.words) for one in fact.steps),
            *_said(
                ("What is asked of the practice", fact.asked_for),
                ("What is to come of it", fact.outcome),
                ("What would lead down from here", fact.de_escalation),
            ),
        ],
    )


def _reasoned(looked: Looked, fact: e.TierDecided, one: Decision) -> Answered:
    """The rules that held then, the manager's own reasons, and why these differ where they do."""
    sentences, cited = [], []
    if fact.recommended is not None:
        follows = (
            "It follows the recommendation"
            if fact.recommended == fact.tier
            else "It differs from the recommendation"
        )
        sentences.append(f"{follows}: {lower_first(label(fact.recommended, Tier))}.")
    said = recommended_for(looked.practice, one) if fact.recommended is not None else None
    if said is not None:
        sentences += [
            f"Rule {rule.rule} held, by {plural(len(rule.facts), 'fact')}." for rule in said.satisfied
        ]
        cited = [looked.teller.telling.cited(cite) for rule in said.satisfied for cite in rule.facts]
    return Answered(
        "Reasoned",
        sentences or ["No rules were in force, or none held."],
        _said(
            ("", fact.rationale),
            ("Why it differs", fact.differs_because),
            ("Why it was decided although an entry is disputed", fact.over_dispute),
        ),
        list(dict.fromkeys(cited)),
    )


def _informed(looked: Looked, fact: e.TierDecided) -> Answered:
    return Answered(
        "Informed",
        [f"{plural(len(fact.inputs), 'entry', 'entries')} cited."],
        _said(
            ("Who was consulted", fact.consulted),
            (
                f"Why the view of the {looked.names.side(Side.LOCAL_COMMISSIONER)} was not waited for",
                fact.no_view_because,
            ),
        ),
        [looked.teller.telling.cited(one) for one in (*fact.inputs, *filter(None, (fact.view,)))],
    )


def _heard(looked: Looked, fact: e.TierDecided) -> Answered:
    if fact.answered or fact.answers:
        sentence = "The practice answered."
    elif fact.not_waited_because:
        sentence = "Its answer was not waited for."
    else:
        sentence = "Nothing is recorded of what the practice answered."
    return Answered(
        "Heard",
        [sentence],
        _said(
            ("What it answered", fact.answered),
            ("Why waiting was unsafe", fact.not_waited_because),
            ("Immediate risk to patients’ safety", fact.immediate_safety),
        ),
        [looked.teller.telling.cited(one) for one in (*fact.answers, *filter(None, (fact.override,)))],
    )


def _dissents(looked: Looked, one: Decision) -> list[tuple[str, str, str]]:
    found = []
    for dissent in looked.practice.dissents.values():
        if dissent.decision_id == one.decision_id:
            entry = looked.practice.standing[dissent.version]
            assert isinstance(entry.fact, e.DissentRecorded)
            who = looked.names.organisation(dissent.organisation)
            found.append((who, entry.fact.words.words, entry_link(looked.practice.code, dissent.version)))
    return found


def _said(*each: tuple[str, object]) -> list[tuple[str, str]]:
    return [(heading, words.words) for heading, words in each if words is not None]  # type: ignore[attr-defined]
