"""Would you decide the same today: which tier the rules recommend against then, and which rules make the difference."""

from __future__ import annotations

from typing import NamedTuple

from application.lens import known_alone
from domain.framework.recommending import recommend
from domain.practice.kinds import Tier
from web.practices.as_of import AsOf
from web.practices.then_and_now_rules import HIDDEN, Held, RulesBeside
from web.practices.told import lower_first
from web.practices.told_then import ToldThen
from web.service import service
from web.words import label


class SameToday(NamedTuple):
    """The answer in a sentence; the rules that hold and did not then, and the other way round; and what alone did it."""

    sentence: str
    newly: list[Held]
    no_longer: list[Held]
    because: str


def same_today(told: ToldThen, rules: RulesBeside, as_of: AsOf) -> SameToday:
    then, today = rules.then, rules.today
    sentence = _tiers(rules, as_of)
    if then.note == HIDDEN or then.tier is None or today.tier is None:
        return SameToday(sentence, [], [], "")
    held, holds = {one.rule for one in then.held}, {one.rule for one in today.held}
    newly = [one for one in today.held if one.rule not in held]
    no_longer = [one for one in then.held if one.rule not in holds]
    if not newly and not no_longer:
        return SameToday(
            sentence, [], [], "The same rules hold." if holds else "No rule held then, and none does."
        )
    alone = then.version == today.version and _by_then_alone(told) == holds
    return SameToday(
        sentence,
        newly,
        no_longer,
        "Time alone made the difference: nothing recorded since did." if alone else "",
    )


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


def _by_then_alone(told: ToldThen) -> set[str]:
    """The rules that hold by now with what was known then, and the decision itself, and nothing of what came since."""
    looked, then = told.looked, told.then
    framework = told.seen.today.practice.framework
    if framework is None:
        return set()
    known = known_alone(looked.practice, {*then.known, *range(then.first, then.last + 1)})
    known.published = service.casebook.publications()
    return {one.rule for one in recommend(known, framework, looked.asked.on).satisfied}
