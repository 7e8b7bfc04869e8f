"""The form that re-affirms a decision, and what is told of a decision that is looked at again before it is answered."""

from __future__ import annotations

from domain.practice import commands as c
from domain.practice.state import Review
from domain.rules import DoesNotOpen, Sealed
from web.forms.drawing import Drawing
from web.forms.fields import Hidden
from web.forms.form import Form
from web.practices.forms.common import NO_PATIENTS, WHEN, reason, telling
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


def of_the_decision(drawing: Drawing, name: str) -> object:
    """What the decision under review says, to begin from where it is revised."""
    review = review_of(drawing)
    found = (one for one in drawing.practice.decisions if review and one.decision_id == review.decision_id)
    decision = next(found, None)
    said = getattr(drawing.practice.standing[decision.version].fact, name) if decision else None
    if not isinstance(said, Sealed):
        return said
    try:
        return said.words
    except DoesNotOpen:
        return None


def what_arrived(drawing: Drawing) -> list[tuple[str, str]]:
    """What the review is asked for, with its words, and what the rules of the decision's day say of it."""
    review = review_of(drawing)
    entry = drawing.practice.standing.get(review.version) if review else None
    if review is None or entry is None:
        return []
    told, found = telling(drawing), []
    for version in review.arrived:
        arrived = drawing.practice.standing.get(version)
        if arrived is not None:
            said = told.tell(arrived.fact, version)
            changed = [f"{one.label}, before: {one.before}\nNow: {one.after}" for one in said.changes]
            words = [f"{heading}: {text}" if heading else text for heading, text in said.words]
            found.append((said.title, "\n".join([*changed, *words])))
    rows = "\n".join(f"{heading}: {words}" for heading, words in told.tell(entry.fact).rows)
    return [*found, ("What was found", rows)]


FORMS = (
    Form(
        command=c.ReaffirmDecision,
        title="Re-affirm a decision",
        about=about_review,
        shows=what_arrived,
        intro=(
            "Would you decide the same, knowing this? Then say why, and the decision stands as it was. Else revise it: "
            "decide the tier anew."
        ),
        fields=(
            Hidden(name="asking_id", label="Review of a decision"),
            reason("Why does the decision stand?", "Enter why the decision stands", NO_PATIENTS),
            WHEN,
        ),
        button="Re-affirm the decision",
    ),
)
