"""What a form about the tier tells before anything is typed."""

from __future__ import annotations

from domain.practice import events as e
from domain.practice.cites import cite
from domain.practice.guards import disputed_entries
from domain.practice.kinds import Tier
from domain.practice.state import View
from domain.practice.weighing import view_that_counts
from web.forms.drawing import Drawing
from web.practices.forms.common import about_proposal, telling
from web.practices.forms.reviews import about_review, what_arrived
from web.practices.tiers import began
from web.practices.told import happened_on, joined
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
