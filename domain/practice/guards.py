"""What must be true before a tier moves, beside reasons and inputs (domain reference 6.5, items 4 and 5).

Into cause for concern: not on indicator flags alone, and after a shared conversation about a concern that is cited. Where
patients' safety cannot wait, or the medical or quality lead gives an override, the conversation follows. Out of cause for
concern: a shared conversation first, always.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

from domain.framework.recommending import SEVERITY
from domain.practice import events as e
from domain.practice.commands import DecideTier
from domain.practice.dates import in_full
from domain.practice.kinds import Tier
from domain.practice.state import Decision, Override, Practice
from domain.practice.validated import first_validated
from domain.rules import Fact, Recorded, RuleBroken

RECENT = timedelta(days=90)
"""A shared conversation counts for so long."""

AFTERWARDS = timedelta(days=28)
"""Within this a decision for immediate safety is talked about, or it stands as an override; so long an override holds."""

BESIDE_DATA: tuple[type[Fact], ...] = (
    e.ConversationRecorded,
    *e.actions.FACTS,
    *e.heard.FACTS,
    *e.contract.FACTS,
    *e.regulator.FACTS,
    *e.declarations.FACTS,
    *e.lists.FACTS,
    *e.contractor.FACTS,
    *e.ladder.FACTS,
    *e.notices.FACTS,
    *e.sanctions.FACTS,
)
"""Facts that say more than published numbers do. What is not here is none: numbers, and what the record says of itself."""


def raises(before: Tier, after: Tier) -> bool:
    """Whether a tier is more serious than the one before it."""
    return SEVERITY.index(after) < SEVERITY.index(before)


def may_move(practice: Practice, command: DecideTier, cited: list[Recorded], day: date) -> Override | None:
    """Refuse a move that is not allowed yet, saying what would allow it. Gives the override that it rests on, if it does."""
    before = practice.tier_on(day)
    if command.immediate_safety and not (
        command.tier == Tier.CAUSE_FOR_CONCERN and before != Tier.CAUSE_FOR_CONCERN
    ):
        raise RuleBroken(
            "immediate-safety-is-a-ground-for-cause-for-concern",
            "Leave this empty: it is asked only where a practice is moved to cause for concern",
            "immediate_safety",
        )
    if command.tier == before:
        return None
    if command.tier == Tier.CAUSE_FOR_CONCERN:
        return _into_cause_for_concern(practice, command, cited, day)
    if before == Tier.CAUSE_FOR_CONCERN:
        _out_of_cause_for_concern(practice, day)
    elif raises(before, command.tier):
        _data_is_validated_first(practice, cited)
    return None


def _into_cause_for_concern(
    practice: Practice, command: DecideTier, cited: list[Recorded], day: date
) -> Override | None:
    if not any(beside_data(practice, one.fact) for one in cited):
        raise RuleBroken(
            "indicator-flags-alone-raise-no-cause-for-concern",
            "Choose beside the flags at least one conversation, corroborated intelligence, inspection or contract fact",
            "inputs",
        )
    if command.immediate_safety or any(_is_about(one, cited) for one in shared_conversations(practice, day)):
        return None
    if (override := override_that_holds(practice, day)) is not None:
        return override
    raise RuleBroken(
        "a-concern-is-talked-about-before-it-moves-the-tier",
        f"Record a conversation of both organisations about a concern that you cite, held since it arose and since "
        f"{in_full(day - RECENT)}; or state an immediate risk to patients’ safety; or ask the medical or quality lead for "
        f"an override",
    )


def _out_of_cause_for_concern(practice: Practice, day: date) -> None:
    if not any(shared_conversations(practice, day)):
        raise RuleBroken(
            "cause-for-concern-is-left-after-a-shared-conversation",
            f"Record a conversation of both organisations held since {in_full(day - RECENT)}",
        )


def _data_is_validated_first(practice: Practice, cited: list[Recorded]) -> None:
    if not data_is_validated(practice, cited):
        raise RuleBroken(
            "data-is-validated-before-it-moves-the-tier",
            "Validate a flag with the practice first: record its explanation or a conversation with it about the flag, or "
            "choose beside the flags something else that the decision rests on",
            "inputs",
        )


def data_is_validated(practice: Practice, cited: list[Recorded]) -> bool:
    """Where nothing but flags is cited, one of them was explained, talked about or validated with the practice."""
    if any(beside_data(practice, one.fact) or isinstance(one.fact, e.IntelligenceRecorded) for one in cited):
        return True
    flags = {flag for one in cited if (flag := getattr(one.fact, "flag_id", None))}
    return not flags.isdisjoint(first_validated(practice))


def beside_data(practice: Practice, fact: Fact) -> bool:
    """Whether a fact says more than published numbers do: intelligence only once it is corroborated."""
    if isinstance(fact, e.IntelligenceRecorded | e.IntelligenceCorroborated):
        return practice.intelligence[fact.intelligence_id].status == "corroborated"
    return isinstance(fact, BESIDE_DATA)


def shared_conversations(practice: Practice, day: date) -> Iterator[Recorded]:
    """The conversations of both organisations, of the last 90 days."""
    return (
        one
        for one in practice.standing.values()
        if isinstance(one.fact, e.ConversationRecorded)
        and one.fact.shared
        and day - RECENT <= one.fact.occurred_on <= day
    )


def _is_about(talked: Recorded, cited: list[Recorded]) -> bool:
    """Whether a conversation was about a cited concern, since that arose. What no conversation can name (an inspection, a
    notice) was talked about where the conversation itself is cited beside it; and where nothing but conversations is cited,
    the concern is what was said.
    """
    said = talked.fact
    assert isinstance(said, e.ConversationRecorded)
    about = {*said.about_flags, *said.about_intelligence, *said.about_actions}
    is_cited = any(one.version == talked.version for one in cited)
    if is_cited and all(isinstance(one.fact, e.ConversationRecorded) for one in cited):
        return True
    for one in cited:
        fact = one.fact
        if one.version == talked.version or getattr(fact, "occurred_on", said.occurred_on) > said.occurred_on:
            continue
        named = {getattr(fact, name, None) for name in ("flag_id", "intelligence_id", "action_id")} - {None}
        if named & about or (is_cited and not named and isinstance(fact, BESIDE_DATA)):
            return True
    return False


def override_that_holds(practice: Practice, day: date) -> Override | None:
    """The latest override that was given in the last 28 days and that no decision rests on yet."""
    found = [
        one
        for one in practice.overrides.values()
        if one.used is None and one.given_on <= day <= one.given_on + AFTERWARDS
    ]
    return found[-1] if found else None


def talked_about_afterwards(practice: Practice, decision: Decision) -> Recorded | None:
    """The shared conversation that followed a decision for immediate safety, recorded within 28 days."""
    last = decision.decided_on + AFTERWARDS
    return next((one for one in _talked_since(practice, decision) if one.recorded_on <= last), None)


def _talked_since(practice: Practice, decision: Decision) -> Iterator[Recorded]:
    """The conversations of both organisations since a decision."""
    return (
        one
        for one in practice.standing.values()
        if isinstance(one.fact, e.ConversationRecorded)
        and one.fact.shared
        and one.fact.occurred_on >= decision.decided_on
    )


def conversation_is_owed(practice: Practice, decision: Decision) -> bool:
    """Whether the shared conversation that immediate safety put off is still to be held: until one is, or until the tier is
    decided again. Held after 28 days, it mends nothing of the decision, but nobody waits for it any more.
    """
    latest = practice.decisions[-1].decision_id == decision.decision_id
    return latest and decision.immediate_safety and next(_talked_since(practice, decision), None) is None


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
