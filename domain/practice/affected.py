"""Which decisions on the tier rest on what a command corrects, withdraws or records late, and what the rules of their own
day say of that day now.

A decision is checked by what is known now, cut to what had happened by its day: what was recorded before it as it reads
now, and what had happened before it and was recorded since.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import timedelta
from typing import Any

from domain.framework.parts import Framework
from domain.framework.read import UNREAD, what_is_read
from domain.framework.recommending import Recommendation, recommend
from domain.practice import events as e
from domain.practice.cites import cite
from domain.practice.corrections import effective
from domain.practice.kinds import RestsOn
from domain.practice.moment import happened_by
from domain.practice.recommended import recommended_for
from domain.practice.state import Decision, Practice
from domain.releases.publications import Publications
from domain.rules import Fact, Recorded

Replay = Callable[[list[Recorded]], Practice]

PUT_RIGHT = (e.FactCorrected, e.FactWithdrawn, e.FlagWithdrawn)
"""What says that an earlier entry was wrong. A flag is withdrawn that should not have been raised."""

_DECIDED = (e.TierDecided, e.DecisionRevised)
_DAY = timedelta(days=1)
_BETWEEN_WORDS = re.compile(r"[\W_]+")
_BESIDE = frozenset({"next_contact_on", "review_on", "note"})
"""Fields that say what is to follow, or that stand beside what happened. No decision turned on them."""


@dataclass(frozen=True, slots=True)
class Rules:
    """The rules of the framework by the number of their version, and which periods were published when."""

    version: Callable[[int], Framework | None]
    published: Publications | None


@dataclass(frozen=True, slots=True)
class Affected:
    """A decision that was checked again. `before` and `after` are what is recommended for its day without what arrived and
    with it, and `counts` whether an entry that it cites reads otherwise now in what counts.
    """

    decided: Recorded
    arrived: tuple[int, ...]
    replaced: tuple[int, ...]
    rests: tuple[RestsOn, ...]
    before: Recommendation | None
    after: Recommendation | None
    counts: bool
    corrector: str

    @property
    def has_effect(self) -> bool:
        return self.counts or differs(self.before, self.after)

    @property
    def facts(self) -> tuple[int, ...]:
        """The entries by which the rules hold, without what arrived or with it."""
        found = {version for one in (self.before, self.after) if one for version in one.facts}
        return tuple(sorted(found))


def may_arrive(fact: Fact, day: Any) -> bool:
    """Whether a fact may be one that a decision of this day, recorded before it, turns on."""
    if isinstance(fact, PUT_RIGHT):
        return True
    return type(fact) not in UNREAD and not isinstance(fact, e.TierDecided) and _happened_on(fact) < day


def affected(before: Practice, after: Practice, rules: Rules, replay: Replay) -> Iterator[Affected]:
    """The decisions that what was recorded last bears on, checked again: those that rest on what it replaces, and those
    before which something happened that the rules look at.
    """
    arrived = [
        one for one in after.history if one.version > before.version and may_arrive(one.fact, one.recorded_on)
    ]
    if not arrived:
        return
    requested_by = getattr(arrived[0].fact, "requested_by", None)
    for decision in before.decisions:
        decided = before.standing[decision.version]
        bearing = [one for one in arrived if _may_bear(one, decided, before)]
        if not bearing:
            continue
        how = {one.version: _rests(before, decided, decision, _replaced(one.fact, before)) for one in bearing}
        if not any(how.values()) and not any(_is_read(one.fact, before) for one in bearing):
            continue
        then, now = (_recommended(one, decided, rules, replay) for one in (before, after))
        replaced = tuple(version for one in bearing if (version := _replaced(one.fact, before)))
        looked_at = then is not None and not set(then.facts).isdisjoint(replaced)
        rests = set().union(*how.values(), {RestsOn.RULES} if looked_at or differs(then, now) else ())
        if not rests and not any(_is_late(one, decided) for one in bearing):
            continue
        yield Affected(
            decided=decided,
            arrived=tuple(how),
            replaced=replaced,
            rests=tuple(one for one in RestsOn if one in rests),
            before=then,
            after=now,
            counts=any(how[one.version] - {RestsOn.RULES} and _counts(one.fact) for one in bearing),
            corrector=requested_by or arrived[0].person,
        )


def differs(one: Recommendation | None, other: Recommendation | None) -> bool:
    """Whether another tier is recommended, or the same one by other rules."""
    if one is None or other is None:
        return one is not other
    return (one.tier, [of.rule for of in one.deciding]) != (other.tier, [of.rule for of in other.deciding])


def known_of(history: list[Recorded], decided: Recorded) -> list[Recorded]:
    """What is known in this history of a decision's day: what had been recorded before it, and what is late."""
    fact: Any = decided.fact
    late = {one.version for one in happened_by(history, fact.occurred_on - _DAY)}
    gone = _raised_in_error(history, decided.version)
    kept: set[int] = set()
    for entry in happened_by(history, decided.recorded_on):
        told = entry.fact
        if isinstance(told, e.FactCorrected | e.FactWithdrawn):
            stays = told.corrects in kept
        else:
            stays = entry.version < decided.version or (
                entry.version in late and not isinstance(told, _DECIDED)
            )
            stays = stays and getattr(told, "flag_id", None) not in gone
        if stays:
            kept.add(entry.version)
    return [one for one in history if one.version in kept]


# --- inside -----------------------------------------------------------------------------------------------------


def _happened_on(fact: Any) -> Any:
    return fact.occurred_on


def _is_late(entry: Recorded, decided: Recorded) -> bool:
    """Whether it had happened before a decision that was recorded before it."""
    if isinstance(entry.fact, PUT_RIGHT):
        return False
    return bool(_happened_on(entry.fact) < _happened_on(decided.fact))


def _may_bear(entry: Recorded, decided: Recorded, before: Practice) -> bool:
    replaced = _replaced(entry.fact, before)
    if replaced is None:
        return _is_late(entry, decided)
    return replaced != decided.version


def _replaced(fact: Fact, before: Practice) -> int | None:
    """The entry that a correction or withdrawal is of."""
    if isinstance(fact, e.FactCorrected | e.FactWithdrawn):
        return fact.corrects
    if isinstance(fact, e.FlagWithdrawn) and (flag := before.flags.get(fact.flag_id)):
        return flag.version
    return None


def _is_read(fact: Fact, before: Practice) -> bool:
    """Whether the rules look at it, or at what it corrects."""
    replaced = before.recorded(_replaced(fact, before) or 0)
    return type(replaced.fact if replaced else fact) not in UNREAD


def _rests(before: Practice, decided: Recorded, decision: Decision, replaced: int | None) -> set[RestsOn]:
    """How a decision rests on an entry that is replaced now; not at all on what is new."""
    fact = decided.fact
    assert isinstance(fact, e.TierDecided)
    if replaced is None:
        return set()
    cited = cite(before.code, replaced)
    proposal = before.proposals.get(fact.proposal_id or "")
    said = recommended_for(before, decision)
    how = {
        RestsOn.INPUT: cited in fact.inputs,
        RestsOn.ANSWER: cited in fact.answers,
        RestsOn.VIEW: cited == fact.view,
        RestsOn.OVERRIDE: cited == fact.override,
        RestsOn.PROPOSAL: proposal is not None and proposal.version == replaced,
        RestsOn.RULES: said is not None and any(cited in rule.facts for rule in said.satisfied),
    }
    return {one for one, rests in how.items() if rests}


def _recommended(
    practice: Practice, decided: Recorded, rules: Rules, replay: Replay
) -> Recommendation | None:
    """What the rules of a decision's day recommend for it, by what is known in this history."""
    fact = decided.fact
    assert isinstance(fact, e.TierDecided)
    framework = rules.version(fact.framework_version) if fact.framework_version else None
    if framework is None:
        return None
    known = replay(what_is_read(known_of(practice.history, decided)))
    return recommend(replace(known, published=rules.published), framework, decided.recorded_on)


def _raised_in_error(history: list[Recorded], since: int) -> set[str]:
    """The flags that were withdrawn after a fact, and stand so."""
    gone: set[str] = set()
    for entry in effective(history):
        if entry.version > since:
            if isinstance(entry.fact, e.FlagWithdrawn):
                gone.add(entry.fact.flag_id)
            elif isinstance(entry.fact, e.FlagReopened):
                gone.discard(entry.fact.flag_id)
    return gone


def _counts(fact: Fact) -> bool:
    """Whether it changes what a decision may have gone by: a withdrawal does, and a correction of anything but capitals,
    spaces and stops, what is to follow, and notes.
    """
    if not isinstance(fact, e.FactCorrected):
        return True
    return any(
        one.field not in _BESIDE and _plain(one.before.words) != _plain(one.after.words)
        for one in fact.fields
    )


def _plain(stored: str) -> str:
    value = json.loads(stored)
    return _BETWEEN_WORDS.sub(" ", value).strip().casefold() if isinstance(value, str) else stored
