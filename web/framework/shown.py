"""The framework as its pages show it: rules by what they recommend, versions with what each changed, drafts, movers."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from domain.framework.comparing import differences
from domain.framework.differing import Mover
from domain.framework.framework import Draft, Version, Versions
from domain.framework.parts import Rule, RuleSet
from domain.practice.kinds import Tier
from domain.rules import Recorded
from web.practices.fields import words_or_why
from web.practices.told import Changed
from web.words import day, label

HEADINGS = (
    ("C", "Cause for concern is recommended when any of these holds"),
    ("R", "Room for improvement is recommended when none of those and any of these holds"),
    ("H", "A practice that was moved stays where it is for a time"),
)
WHEN_DRAFTED = {"open": "waits for an answer", "declined": "declined: never in force"}


@dataclass(frozen=True, slots=True)
class Group:
    heading: str
    rules: tuple[Rule, ...]


@dataclass(frozen=True, slots=True)
class Told:
    """A version, or a draft, on the page: what it says otherwise, by whom and why."""

    title: str
    href: str
    when: str
    drafted: tuple[str, datetime]
    reason: str
    answered: tuple[str, datetime] | None
    answer: str
    changes: tuple[Changed, ...]
    withdrawn: tuple[str, datetime, str] | None = None
    first: bool = False


@dataclass(frozen=True, slots=True)
class Moved:
    """A practice that would move, as the page tells it."""

    code: str
    name: str
    before: Tier
    after: Tier
    since: date
    rules: str
    why: str
    entry: int | None


def groups(rule_set: RuleSet) -> list[Group]:
    return [
        Group(heading, tuple(one for one in rule_set.rules if one.rule.startswith(letter)))
        for letter, heading in HEADINGS
    ]


def changes(before: RuleSet | None, after: RuleSet) -> tuple[Changed, ...]:
    """What one rule set says otherwise than another, in words."""
    tiers = {tier.value: label(tier) for tier in Tier}
    return tuple(
        Changed(f"{tiers.get(one.of, one.of)}, {one.what[:1].lower()}{one.what[1:]}", one.before, one.after)
        for one in differences(before, after)
    )


def version(known: Versions, one: Version, called: Mapping[str, str], href: str, today: date) -> Told:
    number = one.framework.version
    before = known.followed(one.draft)
    when = _when(known, one, today)
    return Told(
        title=f"Version {number}, {when}",
        href=href,
        when=when,
        drafted=(who(one.draft.entry, called), one.draft.entry.recorded_at),
        reason=words_or_why(one.draft.fact.reason),
        answered=(who(one.entry, called), one.entry.recorded_at),
        answer=words_or_why(one.entry.fact.reason),  # type: ignore[attr-defined]
        changes=changes(before.framework.rule_set if before else None, one.framework.rule_set),
        withdrawn=None
        if (gone := one.withdrawn) is None
        else (who(gone, called), gone.recorded_at, words_or_why(gone.fact.reason)),  # type: ignore[attr-defined]
        first=number == 1,
    )


def _when(known: Versions, one: Version, today: date) -> str:
    """From when until when a version is in force; of one that never was or will be, why."""
    number, effective = one.framework.version, one.framework.effective_from
    if one.withdrawn is not None:
        return f"never in force: withdrawn before its day, {day(effective)}"
    later = next((two for two in known.standing if two.framework.version > number), None)
    if later and later.framework.effective_from <= effective and later.entry.recorded_on < effective:
        by = later.framework.version
        return f"never in force: version {by} took its place before its day, {day(effective)}"
    until = f" until {day(later.framework.effective_from)}" if later else ""
    return f"{'not yet: ' if effective > today else ''}from {day(effective)}{until}"


def draft(known: Versions, one: Draft, called: Mapping[str, str], href: str) -> Told:
    follows = known.followed(one)
    answer = one.answer
    return Told(
        title=f"Proposed by {who(one.entry, called)}",
        href=href,
        when=WHEN_DRAFTED.get(one.status, one.status),
        drafted=(who(one.entry, called), one.entry.recorded_at),
        reason=words_or_why(one.fact.reason),
        answered=None if answer is None else (who(answer, called), answer.recorded_at),
        answer="" if answer is None else words_or_why(answer.fact.reason),  # type: ignore[attr-defined]
        changes=changes(follows.framework.rule_set if follows else None, one.fact.rule_set),
    )


def who(entry: Recorded, called: Mapping[str, str]) -> str:
    """Version 1 was recorded by whoever set Casebook up, at the machine."""
    return "the operator" if entry.role == "operator" else called.get(entry.person, entry.person)


def people_in(known: Versions) -> set[str]:
    entries = [one.entry for one in known.drafts.values()]
    entries += [one.answer for one in known.drafts.values() if one.answer is not None]
    entries += [one.withdrawn for one in known.published if one.withdrawn is not None]
    return {entry.person for entry in entries}


def moved(
    movers: Sequence[Mover], names: Mapping[str, str], told: Mapping[tuple[str, int], str]
) -> list[Moved]:
    """Those who would move; the entry because of which is called as the practice's page calls it."""
    found = []
    for one in movers:
        because = one.because
        entry = None if because is None else because.version
        what = "" if entry is None else told.get((one.practice, entry), f"entry {entry}")
        why = what
        if one.by_time:
            why = f"Time passed, after: {what}" if what else "The rules alone"
        found.append(
            Moved(
                one.practice,
                names.get(one.practice, one.practice),
                one.in_force.tier,
                one.candidate.tier,
                one.since,
                _rules_that_differ(one),
                why,
                entry,
            )
        )
    return found


def _rules_that_differ(one: Mover) -> str:
    """Which rules the candidate has hold that do not now, and which hold no more."""
    now, then = one.in_force.rules, one.candidate.rules
    found = [f"{rule} would hold" for rule in then if rule not in now]
    found += [f"{rule} would not hold" for rule in now if rule not in then]
    return ", ".join(found)
