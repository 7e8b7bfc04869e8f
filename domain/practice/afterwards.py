"""What becomes of a decision for immediate safety: the shared conversation that it put off is held within 28 days, or the
decision stands as an override from then.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

from domain.practice import events as e
from domain.practice.concerns import NO_CONVERSATION_NAMES, names_of
from domain.practice.guards import AFTERWARDS, disputed_entries
from domain.practice.state import Decision, Practice
from domain.rules import Recorded


def talked_about_afterwards(practice: Practice, decision: Decision) -> Recorded | None:
    """The shared conversation that followed a decision for immediate safety, recorded within 28 days."""
    last = decision.decided_on + AFTERWARDS
    return next((one for one in _talked_since(practice, decision) if one.recorded_on <= last), None)


def _talked_since(practice: Practice, decision: Decision) -> Iterator[Recorded]:
    """The conversations of both organisations since a decision about what it cites, that the other does not dispute."""
    decided = practice.standing[decision.version].fact
    assert isinstance(decided, e.TierDecided)
    found = (practice.standing.get(int(one.rpartition("/")[2])) for one in decided.inputs)
    cited = [one.fact for one in found if one is not None]
    named = {name for fact in cited for name in names_of(fact)}
    entries = {fact.entry_id for fact in cited if isinstance(fact, e.ConversationRecorded)}
    unnamed = not named or any(isinstance(fact, NO_CONVERSATION_NAMES) for fact in cited)
    disputed = disputed_entries(practice)
    for one in practice.standing.values():
        fact = one.fact
        if (
            isinstance(fact, e.ConversationRecorded)
            and fact.shared
            and fact.occurred_on >= decision.decided_on
        ):
            about = unnamed or named & names_of(fact) or fact.reply_to in entries
            if about and one.version not in disputed:
                yield one


def conversation_is_owed(practice: Practice, decision: Decision) -> bool:
    """Whether the shared conversation that immediate safety put off is still to be held: until one is, or until the tier is
    moved again. Held after 28 days, it mends nothing of the decision, but nobody waits for it any more.
    """
    moved_since = any(
        one.version > decision.version and one.tier != decision.tier for one in practice.decisions
    )
    return (
        not moved_since
        and decision.immediate_safety
        and next(_talked_since(practice, decision), None) is None
    )


def stands_as_override_from(practice: Practice, decision: Decision) -> date | None:
    """From which day a decision stands as an override: one that rests on none and is talked about in time never does."""
    if decision.override is not None:
        return decision.decided_on
    if decision.immediate_safety and talked_about_afterwards(practice, decision) is None:
        return decision.decided_on + AFTERWARDS + timedelta(days=1)
    return None


def stands_as_override(practice: Practice, decision: Decision, on: date) -> bool:
    """Whether a decision moved a practice to cause for concern without the shared conversation that is owed."""
    from_on = stands_as_override_from(practice, decision)
    return from_on is not None and from_on <= on
