"""Who sees what: an entry is seen by both organisations, by one of them, or by the other only as being there.

An *entry* is a conversation, a piece of intelligence or a document, with every later fact about it: its corrections, its
replies' requests, who was let in. The draft of a notice is its drafters' own until it is issued: then both see all of it. What a person may not see is taken out of the practice's history before anything is
made of it, so that nothing that is worked out from facts (a page, a count, a number, a day) can tell of it. A command is
decided on what its sender sees, for the same reason.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, fields, replace
from datetime import date
from enum import StrEnum
from typing import Any, ClassVar

from domain.access.roles import SIDE_OF, Role
from domain.practice import events as e
from domain.practice.cites import cite
from domain.practice.kinds import Side, Visibility
from domain.practice.state import Closure, Practice
from domain.rules import Asked, DoesNotOpen, Fact, Recorded, RuleBroken, Sealed

SEES_ALL = frozenset({Role.AUDITOR.value, "operator"})
"""Roles of neither organisation, from whom nothing in a practice's record is kept."""


SIDES = frozenset({Side.CONTRACT_HOLDER, Side.LOCAL_COMMISSIONER})


class Sight(StrEnum):
    """How much of an entry a person sees."""

    WHOLE = "whole"
    EXISTENCE = "existence"
    NOTHING = "nothing"


@dataclass(frozen=True, slots=True, kw_only=True)
class Withheld(Fact):
    """Stands where a restricted fact stands, for somebody who may know that it is there and no more. Never stored.

    `entry` is the version of the entry it belongs to, `organisation` whose entry that is.
    """

    NAME: ClassVar[str] = "withheld"
    entry: int
    organisation: str | None
    occurred_on: date


BEGINS_AN_ENTRY = (e.ConversationRecorded, e.IntelligenceRecorded, e.DocumentAttached)
"""The facts that say who sees them, with whatever follows."""

DRAFTS = (e.RemedialNoticeDrafted, e.BreachNoticeDrafted, e.SanctionProposed, e.TerminationNoticeDrafted)
"""What one organisation weighs and the other never knows of, unless a notice comes of it."""

OF_ACCESS = (
    e.AccessRequested,
    e.AccessGranted,
    e.AccessDeclined,
    e.EmergencyAccessTaken,
    e.EmergencyAccessReviewed,
)
"""Who asked for and was given access is seen by everybody who knows that the entry is there."""


def closures(history: Iterable[Recorded]) -> dict[int, Closure]:
    """The facts that are not seen by all, by version. Mostly there are none."""
    if not any(closes(recorded.fact) for recorded in history):
        return {}
    entry_of: dict[int, int] = {}
    visibility: dict[int, Visibility] = {}
    organisation: dict[int, str | None] = {}
    known: dict[str, int] = {}
    for recorded in history:
        fact: Any = recorded.fact
        if isinstance(fact, BEGINS_AN_ENTRY):
            entry_of[recorded.version] = entry = recorded.version
            visibility[entry], organisation[entry] = fact.visibility, recorded.organisation
        elif isinstance(fact, DRAFTS):
            entry_of[recorded.version] = entry = recorded.version
            visibility[entry], organisation[entry] = Visibility.INTERNAL, recorded.organisation
        elif isinstance(fact, Withheld):
            entry_of[recorded.version] = entry = fact.entry
            visibility[entry], organisation[entry] = Visibility.RESTRICTED, fact.organisation
        else:
            entry = _entry_that_it_follows(fact, entry_of, known)
            if entry == 0:
                continue
            entry_of[recorded.version] = entry
        for name in ("intelligence_id", "notice_id", "request_id"):
            if thing := getattr(fact, name, None):
                known.setdefault(thing, entry)
        if isinstance(fact, e.VisibilityChanged):
            visibility[entry] = fact.after
        elif isinstance(fact, e.NoticeIssued):
            visibility[entry] = Visibility.BOTH
    if all(one == Visibility.BOTH for one in visibility.values()):
        return {}
    closed = {
        version: Closure(entry, visibility[entry], organisation[entry])
        for version, entry in entry_of.items()
        if visibility[entry] != Visibility.BOTH
    }
    closed |= _recommended_by_closed(history, closed)
    return closed | _reviewed_for_closed(history, closed)


def _recommended_by_closed(history: Iterable[Recorded], closed: Mapping[int, Closure]) -> dict[int, Closure]:
    """What would tell the other organisation of what one keeps to itself is kept too: a recommendation that rests on it, one
    that a closed fact led to, and one that only says again what was last recommended before such a one.
    """
    led_to = {entry.command_id: closed[entry.version] for entry in history if entry.version in closed}
    found: dict[int, Closure] = {}
    told: e.TierRecommended | None = None
    since: Closure | None = None
    for recorded in history:
        if not isinstance(fact := recorded.fact, e.TierRecommended):
            continue
        cited = (int(one.rpartition("/")[2]) for rule in fact.satisfied for one in rule.facts)
        by = next((closed[one] for one in cited if one in closed), None) or led_to.get(recorded.command_id)
        if by is None and since is not None and _says_again(fact, told):
            by = since
        if by is None:
            told, since = fact, None
        else:
            since = by
            found[recorded.version] = Closure(recorded.version, Visibility.INTERNAL, by.organisation)
    return found


def _reviewed_for_closed(history: Iterable[Recorded], closed: Mapping[int, Closure]) -> dict[int, Closure]:
    """A decision that is checked again for what one organisation keeps to itself, or by rules that hold by such entries,
    would tell the other of them: the checking is kept too, and whatever answers or corrects it.
    """
    found: dict[int, Closure] = {}
    known: dict[str, Closure] = {}
    for recorded in history:
        fact: Any = recorded.fact
        by = None
        if isinstance(fact, e.DecisionReviewAsked | e.DecisionChecked):
            cited = (int(one.rpartition("/")[2]) for one in (*fact.arrived, *fact.replaced, *fact.facts))
            by = next((closed[one] for one in cited if one in closed), None)
        elif isinstance(fact, e.DecisionReaffirmed | e.DecisionRevised):
            by = known.get(fact.asking_id)
        elif isinstance(fact, e.CorrectionRequested):
            by = found.get(fact.version)
        elif isinstance(fact, e.CorrectionDeclined):
            by = known.get(fact.request_id)
        elif isinstance(fact, e.FactCorrected | e.FactWithdrawn):
            by = found.get(fact.corrects)
        if by is not None:
            found[recorded.version] = Closure(recorded.version, Visibility.INTERNAL, by.organisation)
            for name in ("asking_id", "request_id"):
                if thing := getattr(fact, name, None):
                    known[thing] = by
    return found


def _says_again(fact: e.TierRecommended, told: e.TierRecommended | None) -> bool:
    if told is None:
        return not fact.satisfied
    return (fact.tier, fact.satisfied, fact.framework_version) == (
        told.tier,
        told.satisfied,
        told.framework_version,
    )


def closes(fact: Fact) -> bool:
    """Whether a fact may be why one is not seen by all."""
    if isinstance(fact, BEGINS_AN_ENTRY):
        return fact.visibility != Visibility.BOTH
    return isinstance(fact, (e.VisibilityChanged, Withheld, e.NoticeIssued, *DRAFTS))


def _entry_that_it_follows(fact: Any, entry_of: Mapping[int, int], known: Mapping[str, int]) -> int:
    """The entry that a later fact is about; 0 when it is about none."""
    for name in ("corrects", "version"):
        if entry := entry_of.get(getattr(fact, name, None) or 0):
            return entry
    for name in ("intelligence_id", "notice_id", "request_id", "concern"):
        if entry := known.get(getattr(fact, name, None) or ""):
            return entry
    return 0


def visibility_of(closed: Mapping[int, Closure], version: int) -> Visibility:
    """Who sees an entry now."""
    closure = closed.get(version)
    return closure.visibility if closure else Visibility.BOTH


def may_be_closed(visibility: Visibility, took_part: frozenset[Side], asked: Asked, field: str) -> None:
    """What both organisations took part in is both's: it cannot be kept from one of them."""
    if visibility != Visibility.BOTH and took_part & (SIDES - {SIDE_OF.get(asked.role)}):
        raise RuleBroken(
            "what-both-took-part-in-both-see",
            "The other organisation took part, so both see it: choose both",
            field,
        )


def no_more_open_than(
    closed: Mapping[int, Closure],
    visibility: Visibility,
    versions: tuple[int, ...],
    field: str = "visibility",
) -> None:
    """What follows a closed entry tells of it, so it is at least as closed."""
    order = [Visibility.BOTH, Visibility.RESTRICTED, Visibility.INTERNAL]
    closest = max((order.index(visibility_of(closed, version)) for version in versions), default=0)
    if order.index(visibility) < closest:
        raise RuleBroken(
            "what-follows-a-closed-entry-is-as-closed",
            f"What it is about is {order[closest].value}: this must be too",
            field,
        )


def sight(closure: Closure | None, asked: Asked, let_in: Mapping[int, Mapping[str, date]]) -> Sight:
    """How much of a fact this person sees. `let_in` is, by entry, who was let in and to the end of which day."""
    if closure is None or asked.role in SEES_ALL or closure.organisation in asked.own:
        return Sight.WHOLE
    if closure.visibility == Visibility.INTERNAL:
        return Sight.NOTHING
    until = let_in.get(closure.entry, {}).get(asked.person)
    return Sight.WHOLE if until is not None and asked.on <= until else Sight.EXISTENCE


def by_leave(closure: Closure, asked: Asked) -> bool:
    """Whether this person reads what is restricted only because they were let in, or took emergency access."""
    theirs = asked.role in SEES_ALL or closure.organisation in asked.own
    return closure.visibility == Visibility.RESTRICTED and not theirs


def read_by_leave(practice: Practice, asked: Asked) -> list[int]:
    """The restricted entries, by version, that this person reads because they were let in."""
    return [
        version
        for version, closure in practice.closed.items()
        if version == closure.entry
        and by_leave(closure, asked)
        and not isinstance(getattr(practice.recorded(version), "fact", None), Withheld)
    ]


def as_seen_by(
    history: list[Recorded],
    closed: Mapping[int, Closure],
    asked: Asked,
    let_in: Mapping[int, Mapping[str, date]],
) -> list[Recorded]:
    """A practice's history as this person may know it: the same list when nothing in it is kept from them."""
    sights = {version: sight(closure, asked, let_in) for version, closure in closed.items()}
    if all(one == Sight.WHOLE for one in sights.values()):
        return history
    hidden = [entry for entry in history if sights.get(entry.version) == Sight.NOTHING]
    withheld = [entry for entry in history if sights.get(entry.version) == Sight.EXISTENCE]
    gone = _cites_of(hidden) | _names_of(hidden + withheld)
    seen = []
    for entry in history:
        how = sights.get(entry.version, Sight.WHOLE)
        if how == Sight.NOTHING:
            continue
        if how == Sight.EXISTENCE and not isinstance(entry.fact, OF_ACCESS):
            seen.append(_withheld(entry, closed[entry.version]))
        else:
            seen.append(entry._replace(fact=without(entry.fact, gone)) if gone else entry)
    return seen


def _withheld(entry: Recorded, closure: Closure) -> Recorded:
    """Who recorded it, in which role and with what stays with its organisation: the other is told that it is there."""
    fact: Any = entry.fact
    told = Withheld(entry=closure.entry, organisation=closure.organisation, occurred_on=fact.occurred_on)
    return entry._replace(
        position=0,
        person="",
        organisation=closure.organisation,
        role="",
        on_behalf_of=None,
        command_id="",
        corrects=None,
        fact=told,
    )


def _cites_of(hidden: Iterable[Recorded]) -> frozenset[str]:
    """What is not there for somebody is cited by nothing. What is only withheld may be: they know of it."""
    return frozenset(cite(entry.stream.partition("-")[2], entry.version) for entry in hidden)


def _names_of(unread: Iterable[Recorded]) -> frozenset[str]:
    """The ids by which another fact could name an entry, and so tell what kind of entry it is."""
    return frozenset(
        value
        for entry in unread
        for name in ("entry_id", "intelligence_id")
        if (value := getattr(entry.fact, name, None))
    )


def without(fact: Fact, gone: frozenset[str]) -> Fact:
    """A fact that no longer names what is gone: it may rest on what both see and on what one of them sees."""
    changed: dict[str, Any] = {}
    for field in fields(fact):
        value = getattr(fact, field.name)
        if isinstance(value, str) and value in gone:
            changed[field.name] = None
        elif isinstance(value, tuple) and value:
            kept = tuple(left for one in value if (left := _left(one, gone)) is not None)
            if kept != value:
                changed[field.name] = kept
    return replace(fact, **changed) if changed else fact


def of_both(one: Fact, other: Fact) -> Fact:
    """Of two tellings of one fact, each without something, what stands in both."""
    changed: dict[str, Any] = {}
    for field in fields(one):
        value, others = getattr(one, field.name), getattr(other, field.name)
        if value is others or value == others:  # the same words are not opened: their key may be gone
            continue
        both = isinstance(value, tuple) and isinstance(others, tuple)
        changed[field.name] = tuple(part for part in value if part in others) if both else None
    return replace(one, **changed) if changed else one


def _left(one: Any, gone: frozenset[str]) -> Any:
    """One of several values; None where it is gone, or is a correction that changed nothing but what is gone.

    A field of a correction holds what it was and became as JSON.
    """
    if isinstance(one, str):
        return None if one in gone else one
    if not isinstance(one, e.CorrectedField):
        return one
    before, after = (_listed(words, gone) for words in (one.before, one.after))
    if before is one.before and after is one.after:
        return one
    try:
        changed_nothing_else = before == after
    except DoesNotOpen:
        changed_nothing_else = False
    return None if changed_nothing_else else replace(one, before=before, after=after)


def _listed(words: Sealed, gone: frozenset[str]) -> Sealed:
    """The same words where nothing in them is gone, or where they do not open and tell nobody anything."""
    try:
        value = json.loads(words.words)
    except DoesNotOpen:
        return words
    if isinstance(value, str) and value in gone:
        return Sealed("null")
    if isinstance(value, list) and any(isinstance(one, str) and one in gone for one in value):
        return Sealed(json.dumps([one for one in value if one not in gone], ensure_ascii=False))
    return words
