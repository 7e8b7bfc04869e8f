"""The form that re-affirms a decision, and what is told of a decision that is looked at again before it is answered."""

from __future__ import annotations

from typing import Any

from domain.practice import commands as c
from domain.practice import events as e
from domain.practice.state import Decision, Review
from domain.rules import DoesNotOpen, Sealed
from web.forms.drawing import Drawing
from web.forms.fields import Hidden
from web.forms.form import Form
from web.practices.fields import words_or_why
from web.practices.forms.common import NO_PATIENTS, on_day, reason, telling
from web.practices.links import practice_link
from web.practices.tells.reviews import STATUS
from web.practices.told import happened_on
from web.words import day


def review_of(drawing: Drawing) -> Review | None:
    found: Review | None = drawing.thing(drawing.practice.reviews, "asking_id")
    return found


def about_review(drawing: Drawing) -> str:
    """Which decision is to be looked at again, and whose it is."""
    review = review_of(drawing)
    entry = drawing.practice.standing.get(review.version) if review else None
    if entry is None:
        return ""
    t = telling(drawing)
    told = t.tell(entry.fact)
    if review is None or review.given_to in {None, drawing.asked.person}:
        return f"{told.title}: {told.how}"
    given = t.names.person(review.given_to)
    return f"{told.title}. It was given to {given}, who decided; you answer as another manager"


def settled(drawing: Drawing) -> str:
    """Why a review takes no answer any more: who answered it and when, or what it ended by. Empty while it waits."""
    review = review_of(drawing)
    if review is None or review.status == "open":
        return ""
    answer = drawing.practice.standing.get(review.answer or 0)
    if answer is None:
        return f"This review waits no more. {STATUS[review.status]}."
    who, on = telling(drawing).names.person(answer.person), day(happened_on(answer.fact))
    return f"This review is answered: {STATUS[review.status].lower()} by {who} on {on}."


def _numbered(drawing: Drawing) -> tuple[int, Decision] | None:
    """The decision under review, and which of the practice's it is."""
    review = review_of(drawing)
    numbered = enumerate(drawing.practice.decisions, start=1)
    return next((one for one in numbered if review and one[1].decision_id == review.decision_id), None)


def leads_to_the_decision(drawing: Drawing) -> list[tuple[str, str]]:
    found = _numbered(drawing)
    if found is None:
        return []
    href = f"{practice_link(drawing.practice.code)}/decisions/{found[0]}"
    return [("The whole decision, by what was known then and is known today", href)]


def of_the_decision(drawing: Drawing, name: str) -> object:
    """What the decision under review says, to begin from where it is revised."""
    found = _numbered(drawing)
    said = getattr(drawing.practice.standing[found[1].version].fact, name) if found else None
    if not isinstance(said, Sealed):
        return said
    try:
        return said.words
    except DoesNotOpen:
        return None


def what_arrived(drawing: Drawing) -> list[tuple[str, str]]:
    """The reasons of the decision; what the review is asked for, with its words; what the rules of that day say of it."""
    review, decided = review_of(drawing), _numbered(drawing)
    entry = drawing.practice.standing.get(review.version) if review else None
    if review is None or entry is None:
        return []
    told, found = telling(drawing), []
    if decided is not None:
        by = told.names.person(decided[1].decided_by)
        why = words_or_why(decided[1].rationale)
        found.append((f"Why it was decided, by {by} on {day(decided[1].decided_on)}", why))
    for version in review.arrived:
        arrived = drawing.practice.standing.get(version)
        if arrived is not None:
            said = told.tell(arrived.fact, version)
            changed = [f"{one.label}, before: {one.before}\nNow: {one.after}" for one in said.changes]
            words = [f"{heading}: {text}" if heading else text for heading, text in said.words]
            found.append((said.title, "\n".join([*_before(drawing, arrived.fact), *changed, *words])))
    rows = "\n".join(f"{heading}: {words}" for heading, words in told.tell(entry.fact).rows)
    return [*found, ("What was found", rows)]


def _before(drawing: Drawing, arrived: Any) -> list[str]:
    """As an entry reads that the other organisation would have otherwise: an amendment tells of what it would have alone."""
    if not isinstance(arrived, e.EntryAmended):
        return []
    before = drawing.practice.recorded(arrived.text_version)
    said = getattr(before.fact, "said", None) if before else None
    return [f"As it was recorded: {words_or_why(said)}"] if said else []


FORMS = (
    Form(
        command=c.ReaffirmDecision,
        title="Re-affirm a decision",
        about=about_review,
        shows=what_arrived,
        leads=leads_to_the_decision,
        intro=(
            "Would you decide the same, knowing this? Then say why, and the decision stands as it was. Else revise it: "
            "decide the tier anew."
        ),
        fields=(
            Hidden(name="asking_id", label="Review of a decision"),
            reason("Why does the decision stand?", "Enter why the decision stands", NO_PATIENTS),
            on_day("When was it looked at again?", "The date"),
        ),
        button="Re-affirm the decision",
    ),
)
