"""On which facts a recommendation hangs, in sentences; and what else stands beside a decision that was taken."""

from __future__ import annotations

from datetime import date
from typing import Any, NamedTuple

from application.seen import seen_then
from domain.framework.parts import Framework
from domain.framework.pivotal import Pivotal, as_known, pivotal
from domain.framework.recommending import recommend
from domain.practice import events as e
from domain.practice.cites import cite
from domain.practice.kinds import Tier
from domain.practice.state import Decision
from domain.practice.visible import Withheld
from domain.rules import Recorded
from web.practices.alike import most_alike
from web.practices.reading import Looked
from web.practices.told import About, lower_first
from web.service import service
from web.words import label, plural


class HangsOn(NamedTuple):
    """`when` says as of when it is told; the entries of the smallest set, and how many other sets do as well."""

    when: str
    sentence: str
    entries: list[About]
    others: str


def hangs_on(looked: Looked, history: list[Recorded], framework: Framework, on: date, when: str) -> HangsOn:
    """Of what this reader sees of the practice."""
    found = pivotal(history, framework, on, service.casebook.publications())
    code, telling = looked.practice.code, looked.teller.telling
    entries = [telling.cited(cite(code, version)) for version in found.facts]
    return HangsOn(when, sentence(found), entries, others(found))


def sentence(found: Pivotal) -> str:
    if found.looked_up_to is not None:
        return (
            f"No set of up to {plural(found.looked_up_to, 'entry', 'entries')} makes the difference. Larger sets were not "
            "looked for."
        )
    if found.tier is None:
        return "No entry makes the difference: whichever were left out, the rules would recommend the same."
    number = "this entry" if len(found.facts) == 1 else f"these {len(found.facts)} entries together"
    return f"Without {number} the rules would recommend {lower_first(label(found.tier, Tier))}:"


def others(found: Pivotal) -> str:
    if not found.facts:
        return ""
    sets = "other entry" if len(found.facts) == 1 else f"other set of {len(found.facts)} entries"
    many = "other entries" if len(found.facts) == 1 else f"other sets of {len(found.facts)} entries"
    if not found.others:
        return f"No {sets} does so."
    return f"{found.others:,} {sets if found.others == 1 else many} would do so too."


def beside(looked: Looked, fact: e.TierDecided, one: Decision) -> dict[str, Any]:
    """For the page of a decision: on what the recommendation hung as it was known then, and like cases. Nothing of either
    where no rules were in force.
    """
    version = service.casebook.framework().version(fact.framework_version or 0)
    if version is None:
        return {"hangs_on": None, "alike": None}
    framework, on = version.framework, fact.occurred_on
    history = _known_then(looked, one)
    then = as_known(history)
    then.published = service.casebook.publications()
    when = "As it was known when it was decided"
    worked_out = recommend(then, framework, on).tier
    hidden = len(history) < one.version - 1 and fact.recommended not in {None, worked_out}
    return {
        "hangs_on": HangsOn(when, "Some of what it rested on is not shown to you.", [], "")
        if hidden
        else hangs_on(looked, history, framework, on, when),
        "alike": most_alike(then, framework, on, fact.tier, looked.asked),
        "alike_as": "This practice is as it was known when it was decided; the others are as they stand today.",
    }


def _known_then(looked: Looked, one: Decision) -> list[Recorded]:
    """What this reader knew of before the decision, of what is still shown to them: opened since, nobody knew it then."""
    history = service.casebook.history(f"practice-{looked.practice.code}")
    seen = seen_then([entry for entry in history if entry.version < one.version], looked.asked).history
    known = {entry.version for entry in seen if not isinstance(entry.fact, Withheld)}
    return [entry for entry in looked.practice.history if entry.version in known]
