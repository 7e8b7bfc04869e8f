"""A decision on the tier: was it proportionate, reasoned and informed, and was the practice heard?

Decisions are numbered from 1, in the order in which they were recorded. What was known then stands beside what is known today.
"""

from __future__ import annotations

from flask import Blueprint, redirect, render_template, request
from flask.typing import ResponseReturnValue

from application.lens import lens
from domain.practice import events as e
from domain.practice.afterwards import stands_as_override, talked_about_afterwards
from domain.practice.guards import AFTERWARDS
from domain.practice.kinds import Tier, Travel
from domain.practice.state import Decision, Practice
from projections.story import PracticeStory
from web.access_log.noting import note_entry
from web.practices.fields import words_or_why
from web.practices.four_words import four_words
from web.practices.had_opened import by_the_decision
from web.practices.hangs_on import beside
from web.practices.links import entry_link, practice_link
from web.practices.not_yet import no_decision_by_then
from web.practices.reading import Looked, look_up, note_reading
from web.practices.reviewed import open_reviews, reviews_of
from web.practices.then_and_now import then_and_now
from web.practices.told import happened_on, lower_first
from web.practices.told_then import told_then
from web.service import service
from web.words import day, label

blueprint = Blueprint("decisions", __name__)


@blueprint.get("/practices/<code>/decisions/<int:number>")
def decision(code: str, number: int) -> ResponseReturnValue:
    looked = look_up(code)
    practice = looked.practice
    if code != practice.code:
        return redirect(f"{practice_link(practice.code)}/decisions/{number}", 301)
    if not 0 < number <= len(practice.decisions):
        return no_decision_by_then(practice, number)
    one = practice.decisions[number - 1]
    fact = practice.standing[one.version].fact
    assert isinstance(fact, e.TierDecided)
    assert practice.details is not None
    seen = lens(service.casebook, code, number, looked.asked)
    assert seen is not None
    told = told_then(looked, seen)
    stays = fact.before == fact.tier
    page = render_template(
        "practices/decision.html",
        title=f"{'Reviewed: stays' if stays else 'Moved to'} {lower_first(label(fact.tier, Tier))}",
        caption=practice.details.name.words,
        code=practice.code,
        back=practice_link(practice.code),
        fact=fact,
        facts=_of_it(looked, fact, one),
        answered=four_words(told, fact, one),
        dissents=_dissents(looked, one),
        reviews=reviews_of(looked, one),
        **beside(looked, fact, one),
        had_opened=by_the_decision(told, fact, one),
        lens=then_and_now(told, request.args),
        entry=entry_link(practice.code, one.version),
        number=number,
        last=len(practice.decisions),
    )
    note_entry(one.version)
    note_reading(practice, looked.asked, looked.teller.telling)
    return page


@blueprint.get("/practices/<code>/decisions")
def every(code: str) -> ResponseReturnValue:
    """Each decision on the tier, the last first."""
    looked = look_up(code)
    practice = looked.practice
    if code != practice.code:
        return redirect(f"{practice_link(practice.code)}/decisions", 301)
    assert practice.details is not None
    return render_template(
        "practices/decisions.html",
        caption=practice.details.name.words,
        code=practice.code,
        back=practice_link(practice.code),
        decisions=[
            (number, one, looked.names.person(one.decided_by), bool(open_reviews(practice, one)))
            for number, one in reversed([*enumerate(practice.decisions, start=1)])
        ],
    )


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
        f"{looked.names.said('the practice')} is {lower_first(label(fact.direction, Travel))}"
        if fact.direction
        else "",
        f"framework version {fact.framework_version}"
        if fact.framework_version
        else "before there was a framework",
    ]
    return [*filter(None, found), *_without_a_conversation(looked, one)]


def _without_a_conversation(looked: Looked, one: Decision) -> list[str]:
    """What became by today of the shared conversation that had not been held: while its days run, nobody missed it."""
    if not one.immediate_safety and one.override is None:
        return []
    today, last = looked.asked.on, one.decided_on + AFTERWARDS
    known = _as_both_know(looked.practice.code)
    followed = talked_about_afterwards(known, one)
    if followed is not None:
        then = f"one followed on {day(happened_on(followed.fact))}"
    elif today <= last:
        then = f"none has followed yet, and the 28 days run until {day(last)}"
    else:
        then = f"none followed by {day(last)}, within 28 days"
    if stands_as_override(known, one, today):
        return [f"stands as an override: no shared conversation came before it, and {then}"]
    return [f"decided for immediate safety, with a shared conversation owed: {then}"]


def _as_both_know(code: str) -> Practice:
    """The practice without what one organisation alone sees: as the list of overrides tells it, whoever reads."""
    return PracticeStory(service.casebook.history(f"practice-{code}")).shared.practice


def _dissents(looked: Looked, one: Decision) -> list[tuple[str, str, str]]:
    found = []
    for dissent in looked.practice.dissents.values():
        if dissent.decision_id == one.decision_id:
            entry = looked.practice.standing[dissent.version]
            assert isinstance(entry.fact, e.DissentRecorded)
            who = looked.names.organisation(dissent.organisation)
            found.append(
                (who, words_or_why(entry.fact.words), entry_link(looked.practice.code, dissent.version))
            )
    return found
