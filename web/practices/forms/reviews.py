"""The form that re-affirms a decision, and what is told of a decision that is looked at again before it is answered."""

from __future__ import annotations

from domain.practice import commands as c
from domain.practice.state import Review
from web.forms.drawing import Drawing
from web.forms.fields import Hidden
from web.forms.form import Form
from web.practices.forms.common import NO_PATIENTS, WHEN, reason, telling


def review_of(drawing: Drawing) -> Review | None:
    found: Review | None = drawing.thing(drawing.practice.reviews, "asking_id")
    return found


def about_review(drawing: Drawing) -> str:
    """Which decision is to be looked at again, and whose it is."""
    review = review_of(drawing)
    entry = drawing.practice.standing.get(review.version) if review else None
    if entry is None:
        return ""
    told = telling(drawing).tell(entry.fact)
    return f"{told.title}: {told.how}"


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
