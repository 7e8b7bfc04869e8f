"""What others say beside a practice's tier: the other organisation's view, and who does not agree with the decision."""

from __future__ import annotations

from datetime import date

from domain.practice import events as e
from domain.practice.state import Practice, Review
from domain.practice.weighing import view_that_counts
from web.practices.fields import words_or_why
from web.practices.reviewed import open_reviews
from web.practices.telling import Telling
from web.practices.tells.reviews import given_to
from web.practices.told import About, lower_first, short
from web.words import day, label


def others_say(practice: Practice, telling: Telling, today: date) -> list[About]:
    """Each with its entry: the view since the last decision, and dissent from the decision in effect."""
    found = []
    view, decision = view_that_counts(practice, today), practice.decision_on(today)
    if view is not None:
        who = telling.names.organisation(view.organisation)
        said = f"{who} would choose {lower_first(label(view.tier))}, said on {day(view.stated_on)}"
        found.append(_with_words(practice, said, view.version))
    for dissent in practice.dissents.values():
        if decision is not None and dissent.decision_id == decision.decision_id:
            who = telling.names.organisation(dissent.organisation)
            found.append(_with_words(practice, f"{who} does not agree with this decision", dissent.version))
    return [*found, *(_review_asked(one, telling) for one in open_reviews(practice, decision))]


def _review_asked(review: Review, telling: Telling) -> About:
    fact = telling.practice.standing[review.version].fact
    whose = f", {given_to(telling, fact)}" if isinstance(fact, e.DecisionReviewAsked) else ""
    asked = f"This decision is to be looked at again, as was asked on {day(review.asked_on)}{whose}"
    return About(f"{asked}: what it rests on was corrected, or more is known of its day", review.version)


def _with_words(practice: Practice, said: str, version: int) -> About:
    fact = practice.standing[version].fact
    words = words_or_why(fact.words) if isinstance(fact, e.TierViewStated | e.DissentRecorded) else ""
    return About(f"{said}: {short(words)}" if words else said, version)
