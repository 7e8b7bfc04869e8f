"""What must be true before a tier moves, beside reasons and inputs (domain reference 6.5, items 4 and 5).

Into cause for concern: not on indicator flags alone, and after a shared conversation about a concern that is cited. Where
patients' safety cannot wait, or the medical or quality lead gives an override, the conversation follows. Out of cause for
concern: a shared conversation first, always.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from datetime import date, timedelta

from domain.framework.recommending import SEVERITY
from domain.practice import events as e
from domain.practice.commands import DecideTier
from domain.practice.concerns import (
    concerns_of,
    is_talked_about,
    says_more_than_numbers,
)
from domain.practice.dates import in_full
from domain.practice.kinds import Tier
from domain.practice.state import Override, Practice
from domain.practice.validated import first_validated
from domain.rules import Fact, Recorded, RuleBroken

RECENT = timedelta(days=90)
"""A shared conversation counts for so long."""

AFTERWARDS = timedelta(days=28)
"""Within this a decision for immediate safety is talked about, or it stands as an override; so long an override holds."""

_NO_GROUND = {
    *(
        "",
        "no",
        "nope",
        "none",
        "nil",
        "na",
        "n a",
        "nothing",
        "not applicable",
        "not known",
        "unknown",
        "yes",
    ),
    *(
        "no risk",
        "no immediate risk",
        "none known",
        "no concern",
        "no concerns",
        "there is none",
        "no there is not",
    ),
}
"""Answers to whether patients are at risk, and no ground."""


def raises(before: Tier, after: Tier) -> bool:
    """Whether a tier is more serious than the one before it."""
    return SEVERITY.index(after) < SEVERITY.index(before)


def may_move(
    practice: Practice, command: DecideTier, cited: list[Recorded], day: date, before: Tier | None = None
) -> Override | None:
    """Refuse a move that is not allowed yet, saying what would allow it. Gives the override that it rests on, if it does.

    `before` is the tier that the decision replaces; where it is not given, the one on the day.
    """
    before = practice.tier_on(day) if before is None else before
    _states_a_ground(command, before)
    if command.tier == before:
        return None
    if command.tier == Tier.CAUSE_FOR_CONCERN:
        return _into_cause_for_concern(practice, command, cited, day)
    if before == Tier.CAUSE_FOR_CONCERN:
        _out_of_cause_for_concern(practice, cited, day)
    elif raises(before, command.tier):
        _data_is_validated_first(practice, cited, day)
    return None


def _states_a_ground(command: DecideTier, before: Tier) -> None:
    if not command.immediate_safety:
        return
    if not command.tier == Tier.CAUSE_FOR_CONCERN != before:
        raise RuleBroken(
            "immediate-safety-is-a-ground-for-cause-for-concern",
            "Leave this empty: it is asked only where a practice is moved to cause for concern",
            "immediate_safety",
        )
    an_immediate_risk_is_described(command.immediate_safety)


def an_immediate_risk_is_described(words: str) -> None:
    """Yes or no is no ground: what the risk is, is."""
    if " ".join(re.findall(r"\w+", words.casefold())) in _NO_GROUND:
        raise RuleBroken(
            "an-immediate-risk-is-described",
            "Say what the immediate risk to patients is, or leave this empty where there is none",
            "immediate_safety",
        )


def _into_cause_for_concern(
    practice: Practice, command: DecideTier, cited: list[Recorded], day: date
) -> Override | None:
    if not any(says_more_than_numbers(practice, one.fact, day) for one in cited):
        raise RuleBroken(
            "indicator-flags-alone-raise-no-cause-for-concern",
            "Choose beside the flags at least one conversation, corroborated intelligence, agreed action, or finding of the "
            "regulator or under the contract that still stands",
            "inputs",
        )
    if command.immediate_safety or talked_about(practice, cited, day):
        return None
    if (override := override_that_holds(practice, day)) is not None:
        return override
    raise RuleBroken(
        "a-concern-is-talked-about-before-it-moves-the-tier",
        f"Record a conversation of both organisations about a concern that you cite and that still stands, held since it "
        f"arose and since {in_full(day - RECENT)}, and cite it if it is disputed; or state an immediate risk to patients’ "
        f"safety; or ask the medical or quality lead for an override",
    )


def _out_of_cause_for_concern(practice: Practice, cited: list[Recorded], day: date) -> None:
    if not any(leads_out(practice, cited, day)):
        raise RuleBroken(
            "cause-for-concern-is-left-after-a-shared-conversation",
            f"Record a conversation of both organisations held since {in_full(leads_out_since(practice, day))}, and cite it "
            f"if it is disputed",
        )


def leads_out(practice: Practice, cited: list[Recorded], day: date) -> Iterator[Recorded]:
    """The shared conversations that lead out of cause for concern: held since the practice was moved there, because what
    was said before could not be about what became of it.
    """
    since = leads_out_since(practice, day)
    return (
        one
        for one in shared_conversations(practice, day, cited)
        if since <= one.fact.occurred_on  # type: ignore[attr-defined]
    )


def leads_out_since(practice: Practice, day: date) -> date:
    """The earliest day of a conversation that leads out of cause for concern."""
    since = day - RECENT
    for decision in reversed(practice.decisions_in_effect(day)):
        if decision.tier != Tier.CAUSE_FOR_CONCERN:
            break
        since = max(day - RECENT, decision.effective_on)
    return since


def _data_is_validated_first(practice: Practice, cited: list[Recorded], day: date) -> None:
    if not data_is_validated(practice, cited, day):
        raise RuleBroken(
            "data-is-validated-before-it-moves-the-tier",
            "Validate a flag with the practice first: record its explanation or a conversation with it about the flag, or "
            "choose beside the flags something else that the decision rests on",
            "inputs",
        )


def data_is_validated(practice: Practice, cited: list[Recorded], day: date) -> bool:
    """Where nothing but flags is cited, one of them was by the day explained, talked about or validated with the practice."""
    if any(
        says_more_than_numbers(practice, one.fact, day) or _was_heard(practice, one.fact) for one in cited
    ):
        return True
    flags = {flag for one in cited if (flag := getattr(one.fact, "flag_id", None))}
    first = first_validated(practice)
    return any(first.get(flag, date.max) <= day for flag in flags)


def _was_heard(practice: Practice, fact: Fact) -> bool:
    """Whether a fact is intelligence that nobody discounted, corroborated or not."""
    return (
        isinstance(fact, e.IntelligenceRecorded)
        and practice.intelligence[fact.intelligence_id].status != "discounted"
    )


def shared_conversations(practice: Practice, day: date, cited: Sequence[Recorded] = ()) -> Iterator[Recorded]:
    """The conversations of both organisations of the last 90 days. One that the other organisation disputes counts only
    where it is cited, so that the decision says why it was taken all the same.
    """
    versions, disputed = {one.version for one in cited}, disputed_entries(practice)
    return (
        one
        for one in practice.standing.values()
        if isinstance(one.fact, e.ConversationRecorded)
        and one.fact.shared
        and day - RECENT <= one.fact.occurred_on <= day
        and (one.version in versions or one.version not in disputed)
    )


def disputed_entries(practice: Practice) -> set[int]:
    """The conversations of which the other organisation's last word is a dispute: who corrects an entry answers none."""
    found: set[int] = set()
    for entry in practice.standing.values():
        fact = entry.fact
        if isinstance(fact, e.EntryDisputed):
            found.add(fact.version)
        elif isinstance(fact, e.EntryAgreed | e.EntryAmended):
            found.discard(fact.version)
    return found


def talked_about(practice: Practice, cited: list[Recorded], day: date) -> list[Recorded]:
    """The shared conversations of the last 90 days about a concern that is cited and stands, each held since it arose."""
    concerns, versions = list(concerns_of(practice, cited, day)), {one.version for one in cited}
    return [
        one
        for one in shared_conversations(practice, day, cited)
        if any(is_talked_about(concern, one, versions) for concern in concerns)
    ]


def override_that_holds(practice: Practice, day: date) -> Override | None:
    """The latest override that was given in the last 28 days and that no decision rests on yet."""
    found = [
        one
        for one in practice.overrides.values()
        if one.used is None and one.given_on <= day <= one.given_on + AFTERWARDS
    ]
    return found[-1] if found else None
