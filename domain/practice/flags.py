"""Indicator flags: variation for enquiry, raised, explained, cleared, withdrawn and reopened."""

from __future__ import annotations

from collections.abc import Iterator

from domain.access.roles import Role
from domain.periods import begun
from domain.practice.commands import ClearFlag, ExplainFlag, RaiseFlag, ReopenFlag, WithdrawFlag
from domain.practice.dates import day_of, day_since, in_full
from domain.practice.events import FlagCleared, FlagExplained, FlagRaised, FlagReopened, FlagWithdrawn
from domain.practice.kinds import ClearedBecause, WithdrawnBecause
from domain.practice.state import Flag, Practice
from domain.rules import Asked, Fact, Recorded, RuleBroken, Sealed, refuse_unless, sealed

CLEARED_BY_PEOPLE = (
    ClearedBecause.INSIDE_LIMITS,
    ClearedBecause.VALIDATED_EXPLANATION,
    ClearedBecause.RESOLVED,
)
"""Why a person clears a flag: what is left is said by releases."""


def raise_flag(practice: Practice, command: RaiseFlag, asked: Asked) -> list[Fact]:
    """An indicator has at most one open flag of a kind. It is of the key set on the day that it is flagged."""
    indicator = practice.indicator
    if indicator is None or indicator.code != command.indicator:
        raise RuleBroken("a-flag-is-on-a-key-indicator", "Choose an indicator of the key set", "indicator")
    refuse_unless(command.flag_id not in practice.flags, "flag-ids-are-new", "This flag is already recorded")
    _one_open_flag_an_indicator_and_kind(practice, command.indicator, command.kind)
    day = day_of(command, asked)
    refuse_unless(
        not command.period or begun(command.period, day),
        "a-flag-is-of-a-period-that-began",
        f"Enter a period that had begun by {in_full(day)}: this one is still to come",
        "period",
    )
    return [
        FlagRaised(
            flag_id=command.flag_id,
            indicator=indicator.code,
            indicator_version=indicator.version,
            indicator_name=indicator.name,
            domain=indicator.domain,
            kind=command.kind,
            direction=command.direction,
            level=command.level,
            note=sealed(command.note),
            source="by_hand",
            period=command.period or None,
            numerator=None,
            denominator=None,
            value=None,
            comparator=None,
            lower_alert=None,
            upper_alert=None,
            lower_alarm=None,
            upper_alarm=None,
            z=None,
            phi=None,
            tau2=None,
            method=None,
            method_version=None,
            parameters=(),
            release=None,
            rule_set_version=None,
            occurred_on=day,
        )
    ]


def explain_flag(practice: Practice, command: ExplainFlag, asked: Asked) -> list[Fact]:
    """An open flag may be explained, more than once; it stays open. The local commissioner proposes explanations."""
    flag = _open_flag(practice, command.flag_id)
    refuse_unless(
        command.explanation_id not in practice.explanations,
        "explanation-ids-are-new",
        "This explanation is already recorded",
    )
    day = day_since(flag.raised_on, command, asked)
    return [
        FlagExplained(
            flag_id=command.flag_id,
            explanation_id=command.explanation_id,
            category=command.category,
            words=Sealed(command.words),
            given_by=command.given_by,
            proposed=asked.role == Role.LEAD,
            occurred_on=day,
        )
    ]


def clear_flag(practice: Practice, command: ClearFlag, asked: Asked) -> list[Fact]:
    """Only an open flag is cleared, with a reason: that its explanation was validated, once another person accepted it."""
    flag = _open_flag(practice, command.flag_id)
    a_person_clears_by(practice, command.flag_id, command.because)
    day = day_since(flag.open_since, command, asked)
    return [
        FlagCleared(
            flag_id=flag.flag_id,
            because=command.because,
            reason=Sealed(command.reason),
            release=None,
            occurred_on=day,
        )
    ]


def withdraw_flag(practice: Practice, command: WithdrawFlag, asked: Asked) -> list[Fact]:
    """Only an open flag is withdrawn, with a reason."""
    flag = _open_flag(practice, command.flag_id)
    a_person_withdraws_by(command.because)
    day = day_since(flag.open_since, command, asked)
    return [
        FlagWithdrawn(
            flag_id=flag.flag_id,
            because=command.because,
            reason=Sealed(command.reason),
            release=None,
            occurred_on=day,
        )
    ]


def reopen_flag(practice: Practice, command: ReopenFlag, asked: Asked) -> list[Fact]:
    """A cleared or withdrawn flag is reopened, unless the same variation has been flagged anew."""
    flag = _flag(practice, command.flag_id)
    refuse_unless(not flag.open, "only-an-ended-flag-is-reopened", "This flag is open")
    _one_open_flag_an_indicator_and_kind(practice, flag.indicator, flag.kind)
    day = day_since(flag.ended_on, command, asked)
    return [FlagReopened(flag_id=flag.flag_id, reason=Sealed(command.reason), occurred_on=day)]


def a_person_clears_by(practice: Practice, flag_id: str, because: ClearedBecause) -> None:
    """An explanation is validated when another person accepted it; that newer numbers follow, a release says."""
    refuse_unless(
        because in CLEARED_BY_PEOPLE,
        "a-release-ends-its-own-flags",
        "Only a later release says that it raises a flag anew",
        "because",
    )
    if because == ClearedBecause.VALIDATED_EXPLANATION and not has_accepted_explanation(practice, flag_id):
        raise RuleBroken(
            "a-validated-explanation-was-accepted",
            "No explanation of this flag has been accepted: another person accepts one first",
            "because",
        )


def a_person_withdraws_by(because: WithdrawnBecause) -> None:
    """That data was restated or withdrawn, its release says."""
    refuse_unless(
        because == WithdrawnBecause.RAISED_IN_ERROR,
        "a-release-ends-its-own-flags",
        "Only a release says that its data was restated or withdrawn",
        "because",
    )


def has_accepted_explanation(practice: Practice, flag_id: str) -> bool:
    """Whether another person accepted an explanation of a flag as it was last opened."""
    flag = practice.flags.get(flag_id)
    return flag is not None and any(one.explains(flag) for one in practice.explanations.values())


def validated_without_acceptance(practice: Practice) -> Iterator[str]:
    """Flags that stand cleared by an explanation, of which none is accepted (any more)."""
    for entry in practice.standing.values():
        fact = entry.fact
        if isinstance(fact, FlagCleared) and fact.because == ClearedBecause.VALIDATED_EXPLANATION:
            flag = practice.flags.get(fact.flag_id)
            # Which one it rested on is not asked: it may have been reopened, and ended in another way, since.
            accepted = (one.flag_id for one in practice.explanations.values() if one.status == "accepted")
            if flag is not None and not flag.open and flag.flag_id not in accepted:
                yield flag.flag_id


def _one_open_flag_an_indicator_and_kind(practice: Practice, indicator: str, kind: str) -> None:
    for flag in practice.flags.values():
        if flag.open and flag.indicator == indicator and flag.kind == kind:
            raise RuleBroken(
                "one-open-flag-per-indicator",
                f"{flag.name} already has an open flag of this kind",
                "indicator",
            )


def _flag(practice: Practice, flag_id: str) -> Flag:
    flag = practice.flags.get(flag_id)
    if flag is None:
        raise RuleBroken("a-flag-is-one-of-this-practice", "Choose a flag of this practice", "flag_id")
    return flag


def _open_flag(practice: Practice, flag_id: str) -> Flag:
    flag = _flag(practice, flag_id)
    refuse_unless(flag.open, "only-an-open-flag-is-answered", f"This flag is already {flag.status}")
    return flag


def flag_raised(practice: Practice, fact: FlagRaised, entry: Recorded) -> None:
    practice.flags[fact.flag_id] = Flag(
        flag_id=fact.flag_id,
        indicator=fact.indicator,
        name=fact.indicator_name,
        domain=fact.domain,
        kind=fact.kind,
        direction=fact.direction,
        level=fact.level,
        raised_on=fact.occurred_on,
        version=entry.version,
        open_since=fact.occurred_on,
    )


def flag_cleared(practice: Practice, fact: FlagCleared, entry: Recorded) -> None:
    if flag := practice.flags.get(fact.flag_id):
        flag.status, flag.ended_on = "cleared", fact.occurred_on


def flag_withdrawn(practice: Practice, fact: FlagWithdrawn, entry: Recorded) -> None:
    if flag := practice.flags.get(fact.flag_id):
        flag.status, flag.ended_on = "withdrawn", fact.occurred_on


def flag_reopened(practice: Practice, fact: FlagReopened, entry: Recorded) -> None:
    if flag := practice.flags.get(fact.flag_id):
        flag.status, flag.ended_on, flag.open_since = "open", None, fact.occurred_on
        flag.reopened = entry.version
