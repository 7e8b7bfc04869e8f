"""Would you decide the same today: which tier the rules recommend against then, and which rules make the difference."""

from __future__ import annotations

from collections.abc import Collection
from typing import NamedTuple

from domain.framework.parts import Framework
from domain.framework.pivotal import as_known
from domain.framework.recommending import Recommendation, keeps_its_tier, recommend
from domain.practice.events import TierDecided
from domain.practice.kinds import Tier
from web.practices.as_of import AsOf
from web.practices.then_and_now_rules import HIDDEN, Held, RulesBeside
from web.practices.told import joined, lower_first
from web.practices.told_then import ToldThen
from web.service import service
from web.words import label


class SameToday(NamedTuple):
    """The answer in a sentence; the rules that hold and did not then, and the other way round; what alone did it; and the
    entries of the decision itself, by which rules hold a practice where it was decided to be.
    """

    sentence: str
    newly: list[Held]
    no_longer: list[Held]
    because: str
    itself: range


def same_today(told: ToldThen, rules: RulesBeside, as_of: AsOf) -> SameToday:
    then, today = rules.then, rules.today
    itself = range(told.then.first, told.then.last + 1)
    framework = told.seen.today.practice.framework
    sentence = _tiers(rules, as_of)
    if framework is not None and today.tier is not None:
        sentence += _only_as_decided(told, rules, framework, itself)
    if then.note == HIDDEN or then.tier is None or today.tier is None:
        return SameToday(sentence, [], [], "", itself)
    held, holds = {one.rule for one in then.held}, {one.rule for one in today.held}
    newly = [one for one in today.held if one.rule not in held]
    no_longer = [one for one in then.held if one.rule not in holds]
    if not newly and not no_longer:
        same = "The same rules hold." if holds else "No rule held then, and none does."
        return SameToday(sentence, [], [], same, itself)
    because = _because(told, framework, held, holds) if framework and then.version == today.version else ""
    return SameToday(sentence, newly, no_longer, because, itself)


def _tiers(rules: RulesBeside, as_of: AsOf) -> str:
    then, today = rules.then.tier, rules.today.tier
    if then is None:
        return "When it was decided, no rules were in force." + (
            f" {as_of.begins} they recommend {_called(today)}." if today else ""
        )
    if today is None:
        return f"{as_of.begins} the rules recommend nothing; when it was decided they recommended {_called(then)}."
    if then == today:
        return f"{as_of.begins} the rules recommend what they did when it was decided: {_called(then)}."
    return f"{as_of.begins} the rules recommend {_called(today)}; when it was decided they recommended {_called(then)}."


def _called(tier: str | None) -> str:
    return lower_first(label(Tier(tier), Tier)) if tier else "nothing"


def _only_as_decided(told: ToldThen, rules: RulesBeside, framework: Framework, itself: range) -> str:
    """What the rules would recommend had this decision not been taken, nor those after it, where that is another tier: rules
    that keep a practice where it was decided to be would else bear out every decision, and an override above all.
    """
    history = told.looked.practice.history
    since = {
        one.version for one in history if one.version > told.then.last and isinstance(one.fact, TierDecided)
    }
    decided = {*itself} | since
    by_it = [one for one in rules.today.held if decided & {*one.entries}]
    otherwise = _by(told, framework, {one.version for one in history} - decided).tier
    if not by_it or str(otherwise) == rules.today.tier:
        return ""
    taken = "neither this decision nor one since been taken" if since else "this decision not been taken"
    return f" Had {taken}, they would recommend {_called(otherwise)}. {_held_by(by_it, framework, itself)}."


def _held_by(rules: list[Held], framework: Framework, itself: range) -> str:
    """H1 and H2 hold by this decision itself: they keep a practice where it was decided to be."""
    many = len(rules) > 1
    own = any({*itself} & {*one.entries} for one in rules)
    by = "this decision itself" if own else "a decision taken since"
    told = f"{joined(one.rule for one in rules)} {'hold' if many else 'holds'} by {by}"
    known = [framework.rule(one.rule) for one in rules]
    if all(one is not None and keeps_its_tier(one) for one in known):
        told += f": {'they keep' if many else 'it keeps'} a practice where it was decided to be"
    return told


def _because(told: ToldThen, framework: Framework, held: set[str], holds: set[str]) -> str:
    """What made the difference where nothing that was recorded since did; empty where something may have."""
    then = told.then
    by_now = {*_by(told, framework, {*then.known, *range(then.first, then.last + 1)}).rules}
    if by_now != holds:
        return ""
    by_time = {*_by(told, framework, then.known).rules}
    if by_time == holds:
        return "Time alone made the difference: nothing recorded since did."
    what = "This decision itself" if by_time == held else "Time, and this decision itself,"
    return f"{what} made the difference: nothing recorded since did."


def _by(told: ToldThen, framework: Framework, versions: Collection[int]) -> Recommendation:
    """What the rules make by now of these entries alone."""
    looked = told.looked
    known = as_known([one for one in looked.practice.history if one.version in versions])
    known.published = service.casebook.publications()
    return recommend(known, framework, looked.asked.on)
