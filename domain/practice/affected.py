"""Which decisions on the tier rest on what a command corrects, withdraws or records late, and what the rules of their own
day say of that day now.

A decision is checked by what is known now, cut to what had happened by its day: what was recorded before it as it reads
now, and what had happened before it and was recorded since.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import timedelta
from typing import Any

from domain.framework.parts import Framework
from domain.framework.read import UNREAD, what_is_read
from domain.framework.recommending import Recommendation, recommend
from domain.practice import events as e
from domain.practice.cites import cite
from domain.practice.kinds import RestsOn
from domain.practice.moment import happened_by
from domain.practice.reads_otherwise import counts, raised_in_error, reads_otherwise
from domain.practice.recommended import recommended_for
from domain.practice.state import Decision, Practice, Review
from domain.releases.publications import Publications
from domain.rules import Fact, Recorded

Replay = Callable[[list[Recorded]], Practice]

PUT_RIGHT = (e.FactCorrected, e.FactWithdrawn, e.FlagWithdrawn, e.EntryAmended)
"""What says that an earlier entry was wrong. A flag is withdrawn that should not have been raised; the other organisation
amends the words of an entry.
"""

_DECIDED = (e.TierDecided, e.DecisionRevised)
_DAY = timedelta(days=1)
_ANSWERS = (e.DecisionReaffirmed, e.DecisionRevised)


@dataclass(frozen=True, slots=True)
class Rules:
    """The rules of the framework by the number of their version, and which periods were published when."""

    version: Callable[[int], Framework | None]
    published: Publications | None


@dataclass(frozen=True, slots=True)
class Affected:
    """A decision that was checked again. `before` and `after` are what is recommended for its day without what arrived and
    with it, and `counts` whether an entry that it cites reads otherwise now in what counts. `corrector` is who alone
    recorded what arrived.
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

    Each is compared as it was known when it was taken, or last looked at again, with what is known now.
    """
    new = _arrived_since(after, before.version)
    for decision in before.decisions if new else ():
        bearing = [one for one in new if _bears(one, decision, before)]
        if bearing and (found := _checked(before, after, decision, bearing, rules, replay)):
            yield found


def differs(one: Recommendation | None, other: Recommendation | None) -> bool:
    """Whether another tier is recommended, or the same one by other rules."""
    if one is None or other is None:
        return one is not other
    return (one.tier, [of.rule for of in one.deciding]) != (other.tier, [of.rule for of in other.deciding])


def known_of(history: list[Recorded], decided: Recorded) -> list[Recorded]:
    """What is known in this history of a decision's day: what had been recorded before it, and what is late."""
    fact: Any = decided.fact
    late = {one.version for one in happened_by(history, fact.occurred_on - _DAY)}
    gone = raised_in_error(history, decided.version)
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


def corrector_of(arrived: Iterable[Recorded]) -> str:
    """Who alone recorded what arrived, or asked for it to be recorded; nobody, where several did."""
    by_command: dict[str, str] = {}
    for one in arrived:
        asked_for = getattr(one.fact, "requested_by", None)
        if asked_for or one.command_id not in by_command:
            by_command[one.command_id] = asked_for or one.person
    people = set(by_command.values())
    return people.pop() if len(people) == 1 else ""


# --- inside -----------------------------------------------------------------------------------------------------


def _checked(
    before: Practice, after: Practice, decision: Decision, new: list[Recorded], rules: Rules, replay: Replay
) -> Affected | None:
    decided, since = before.standing[decision.version], _last_looked_at(before, decision)
    known = [one for one in after.history if one.version < since]
    then, now = (_recommended(one, decided, rules, replay) for one in (known, after.history))
    turns = reads_otherwise(known, after.history, _cited(before, decided))
    waits = [
        one
        for one in before.reviews.values()
        if one.status == "open" and one.decision_id == decision.decision_id
    ]
    otherwise = turns or differs(then, now)
    if otherwise and waits and _is_said(before, waits[-1], now) and not any(counts(one.fact) for one in new):
        turns, then, arrived = False, now, new
    elif otherwise or waits:
        asked = {version for one in waits for version in one.arrived}
        arrived = [
            one
            for one in _arrived_since(after, since)
            if one.version in asked or (counts(one.fact) and _bears(one, decision, before))
        ] or new
    else:
        arrived = new
    replaced = {version for one in arrived if (version := _replaced(one.fact, before))}
    looked_at = then is not None and not replaced.isdisjoint(then.facts)
    rests = {how for version in replaced for how in _rests(before, decided, decision, version)}
    rests |= {RestsOn.RULES} if looked_at or differs(then, now) else set()
    if not rests and not waits and not any(_is_late(one, decided) for one in arrived):
        return None
    return Affected(
        decided=decided,
        arrived=tuple(one.version for one in arrived),
        replaced=tuple(sorted(replaced)),
        rests=tuple(one for one in RestsOn if one in rests),
        before=then,
        after=now,
        counts=turns,
        corrector=corrector_of(arrived),
    )


def _arrived_since(practice: Practice, version: int) -> list[Recorded]:
    return [
        one for one in practice.history if one.version > version and may_arrive(one.fact, one.recorded_on)
    ]


def _last_looked_at(practice: Practice, decision: Decision) -> int:
    """The decision, or the last answer to a review of it: what was recorded before it was known then."""
    answers = (
        version
        for version, entry in practice.standing.items()
        if isinstance(entry.fact, _ANSWERS) and entry.fact.decision_id == decision.decision_id
    )
    return max(answers, default=decision.version)


def _is_said(practice: Practice, review: Review, now: Recommendation | None) -> bool:
    """Whether a review that waits was asked by what is recommended now."""
    fact = practice.standing[review.version].fact
    assert isinstance(fact, e.DecisionReviewAsked)
    return (fact.after, fact.after_rules) == ((now.tier, now.rules) if now else (None, ()))


def _bears(entry: Recorded, decision: Decision, before: Practice) -> bool:
    """Whether a decision may turn on it: the rules look at it, or the decision rests on what it replaces."""
    decided, replaced = before.standing[decision.version], _replaced(entry.fact, before)
    if replaced is None:
        return _is_late(entry, decided) and _is_read(entry.fact, before)
    if replaced == decision.version:
        return False
    return _is_read(entry.fact, before) or bool(_rests(before, decided, decision, replaced))


def _cited(practice: Practice, decided: Recorded) -> set[int]:
    """The entries that a decision cites, and its proposal."""
    fact = decided.fact
    assert isinstance(fact, e.TierDecided)
    cites = {*fact.inputs, *fact.answers, fact.view, fact.override}
    return {
        one.version
        for one in practice.history
        if cite(practice.code, one.version) in cites
        or (isinstance(one.fact, e.TierProposed) and one.fact.proposal_id == fact.proposal_id)
    }


def _happened_on(fact: Any) -> Any:
    return fact.occurred_on


def _is_late(entry: Recorded, decided: Recorded) -> bool:
    """Whether it had happened before a decision that was recorded before it."""
    if isinstance(entry.fact, PUT_RIGHT):
        return False
    return bool(_happened_on(entry.fact) < _happened_on(decided.fact))


def _replaced(fact: Fact, before: Practice) -> int | None:
    """The entry that a correction or withdrawal is of."""
    if isinstance(fact, e.FactCorrected | e.FactWithdrawn):
        return fact.corrects
    if isinstance(fact, e.EntryAmended):
        return fact.version
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
    history: list[Recorded], decided: Recorded, rules: Rules, replay: Replay
) -> Recommendation | None:
    """What the rules of a decision's day recommend for it, by what is known in this history."""
    fact = decided.fact
    assert isinstance(fact, e.TierDecided)
    framework = rules.version(fact.framework_version) if fact.framework_version else None
    if framework is None:
        return None
    known = replay(what_is_read(known_of(history, decided)))
    return recommend(replace(known, published=rules.published), framework, decided.recorded_on)
