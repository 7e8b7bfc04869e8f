"""What the rules recommended by what was known then, and what they recommend by what is known today; each with its digest."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, NamedTuple

from application.lens import Known, Lens
from domain.framework.pivotal import as_known
from domain.framework.recommending import recommend
from domain.practice import events as e
from domain.practice.affected import known_of
from domain.practice.kinds import Tier
from domain.practice.recommended import recommended_for
from web.practices.as_of import AsOf
from web.practices.reading import Looked
from web.practices.told import lower_first
from web.service import service
from web.words import label

HIDDEN = "Some of what it rested on is not shown to you."


class Held(NamedTuple):
    """A rule that holds, in its words, with the entries by which it does: the lists beside it and above tell them."""

    rule: str
    words: str
    entries: list[int]


@dataclass(frozen=True)
class Side:
    """One side: the tier that the rules recommend, None where nothing is; by which version, and the digest of `facts` facts."""

    tier: str | None
    version: int | None
    held: list[Held]
    facts: int
    digest: str
    note: str = ""


class RulesBeside(NamedTuple):
    """`changed` says whether the rules did, and `of_that_day` what those of the day make of what is known of it today."""

    then: Side
    today: Side
    changed: str
    of_that_day: str

    @property
    def both(self) -> list[Held]:
        """The rules that hold on both sides in the same words, and by the same entries."""
        return [one for one in self.then.held if one in self.today.held]


def rules_beside(looked: Looked, seen: Lens, as_of: AsOf) -> RulesBeside:
    left, right = _then(looked, seen), _today(seen)
    changed = ""
    if left.version and right.version and left.version != right.version:
        changed = f"The rules have changed since: version {left.version} then, version {right.version} {as_of.known}."
    return RulesBeside(left, right, changed, _of_that_day(looked, seen, left, as_of.known))


def _of_that_day(looked: Looked, seen: Lens, left: Side, known_on: str) -> str:
    """By the rules of the day, with what is known of that day now: what only became known since, and corrections."""
    version = service.casebook.framework().version(left.version or 0)
    if version is None or left.tier is None or left.note == HIDDEN:
        return ""
    known = as_known(known_of(looked.practice.history, seen.entry))
    known.published = service.casebook.publications()
    found = recommend(known, version.framework, seen.entry.recorded_on).tier
    said = lower_first(label(found, Tier))
    if str(found) == left.tier:
        return f"By the rules of that day, what is known of that day {known_on} leads to the same: {said}."
    was = lower_first(label(Tier(left.tier), Tier))
    return (
        f"By the rules of that day, what is known of that day {known_on} leads to {said}, and not to {was}."
    )


def _then(looked: Looked, seen: Lens) -> Side:
    """As it was recorded then. Of what rests on something that is kept from the reader today, that alone is said."""
    fact = seen.entry.fact
    assert isinstance(fact, e.TierDecided)
    said = recommended_for(looked.practice, seen.decision)
    whole = said is not None and said.tier == fact.recommended
    held = [
        (one.rule, [int(cited.rpartition("/")[2]) for cited in one.facts])
        for one in (said.satisfied if said and whole else ())
    ]
    note = ""
    if fact.recommended is None:
        note = "No rules were in force."
    elif not whole:
        note = HIDDEN
    elif not held:
        note = "No rule of a higher tier held."
    return _side(seen.known, fact.recommended, fact.framework_version, held, note)


def _today(seen: Lens) -> Side:
    told: dict[str, Any] = seen.today.told
    said, framework = told["recommendation"], told["framework"]
    at = {one.position: one.version for one in seen.today.practice.history}
    held = (
        [(one["rule"], [at[position] for position in one["facts"]]) for one in said["rules"]] if said else []
    )
    note = "" if held else "No rule of a higher tier holds."
    if said is None:
        note = "The practice is closed, or no rules are in force: nothing is recommended."
    number = framework["version"] if framework else None
    return _side(seen.today, said and said["tier"], number, held, note)


def _side(
    known: Known,
    tier: str | None,
    number: int | None,
    held: list[tuple[str, list[int]]],
    note: str,
) -> Side:
    version = service.casebook.framework().version(number or 0)
    rules = []
    for rule, versions in held:
        known_rule = version.framework.rule(rule) if version else None
        rules.append(Held(rule, known_rule.words if known_rule else "", sorted(versions)))
    return Side(tier and str(tier), number, rules, len(known.told["facts"]), known.digest, note)
