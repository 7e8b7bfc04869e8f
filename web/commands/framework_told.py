"""What the command line tells of rule sets: their versions, drafts and dry runs, and what they recommend."""

from __future__ import annotations

from typing import Any

from application.facts import topic_of
from application.framework.dry_run import DryRun
from application.framework.every import Recommended
from domain.framework.comparing import Difference, differences
from domain.framework.differing import Mover
from domain.framework.framework import Draft, Version, digest_of
from domain.framework.parts import Framework
from domain.framework.pivotal import Pivotal
from domain.practice.dates import in_full
from domain.practice.kinds import Tier
from web.commands.opening import Opened
from web.commands.refusals import cited
from web.words import label


def told_difference(one: Difference) -> str:
    return f"{one.of} {one.what}: {one.before} to {one.after}"


def tier_said(tier: Tier) -> str:
    return label(tier)[:1].lower() + label(tier)[1:]


def told_version(casebook: Opened, one: Version, before: Version | None) -> dict[str, Any]:
    changed = list(differences(before.framework.rule_set if before else None, one.framework.rule_set))
    said = [told_difference(each) for each in changed]
    return {
        "version": one.framework.version,
        "effective_from": one.framework.effective_from,
        "digest": one.digest,
        "drafted_by": one.draft.entry.person,
        "drafted_by_called": casebook.called(one.draft.entry.person),
        "drafted_on": one.draft.fact.occurred_on,
        "published_by": one.entry.person,
        "published_by_called": casebook.called(one.entry.person),
        "published_on": one.entry.recorded_on,
        "withdrawn_on": one.withdrawn.recorded_on if one.withdrawn else None,
        "changes": [each._asdict() for each in changed],
        "changes_in_words": "; ".join(said) or "Casebook’s first rule set",
    }


def told_draft(casebook: Opened, one: Draft) -> dict[str, Any]:
    return {
        "draft": one.fact.draft_id,
        "drafted_by": one.entry.person,
        "drafted_by_called": casebook.called(one.entry.person),
        "drafted_on": one.fact.occurred_on,
        "follows": one.fact.follows,
        "reason": one.fact.reason,
    }


def told_dry_run(found: DryRun, candidate: Framework) -> dict[str, Any]:
    changed = differences(found.in_force.rule_set, candidate.rule_set)
    return {
        "in_force": {
            "version": found.in_force.version,
            "effective_from": found.in_force.effective_from,
            "digest": digest_of(found.in_force.rule_set),
        },
        "candidate": {"digest": digest_of(candidate.rule_set)},
        "changes": [one._asdict() for one in changed],
        "on": found.on,
        "practices": found.practices,
        "closed": found.closed,
        "movers": [told_mover(one) for one in found.movers],
    }


def told_recommended(one: Recommended) -> dict[str, Any]:
    return {
        "practice": one.practice,
        "tier": one.tier,
        "recommended": one.recommendation.tier,
        "framework_version": one.recommendation.framework_version,
        "satisfied": [
            {
                "rule": rule.rule,
                "tier": rule.tier,
                "facts": [f"{one.practice}/{version}" for version in rule.facts],
            }
            for rule in one.recommendation.satisfied
        ],
        **({"pivotal": told_pivotal(one.practice, one.hangs_on)} if one.hangs_on else {}),
    }


def told_pivotal(code: str, found: Pivotal) -> dict[str, Any] | None:
    """None where no set of facts would change what is recommended; `looked_up_to` where larger sets were not looked for."""
    if not found.facts and found.looked_up_to is None:
        return None
    return {
        "facts": [f"{code}/{version}" for version in found.facts],
        "recommended_without": found.tier,
        "others_of_that_size": found.others,
        "looked_up_to": found.looked_up_to,
    }


def hangs_on(code: str, found: Pivotal) -> str:
    if found.looked_up_to is not None:
        return f"pivotal: no set of up to {found.looked_up_to} facts; larger ones were not looked for"
    if not found.facts or found.tier is None:
        return "pivotal: none"
    facts = ", ".join(f"{code}/{version}" for version in found.facts)
    others = f"; {found.others} other sets of that size" if found.others else ""
    return f"pivotal: without {facts} it would be {tier_said(found.tier)}{others}"


def told_mover(one: Mover) -> dict[str, Any]:
    because = one.because
    return {
        "practice": one.practice,
        "from": one.in_force.tier,
        "to": one.candidate.tier,
        "on": one.since,
        "because": None if because is None else cited(because.stream, because.version),
        "fact": None if because is None else topic_of(type(because.fact)).rpartition(":")[0],
        "by_time": one.by_time,
        "rules_in_force": list(one.in_force.rules),
        "rules_candidate": list(one.candidate.rules),
    }


def mover_in_line(one: Mover) -> str:
    told = told_mover(one)
    because = f"{told['because']} {told['fact']}" if told["because"] else "the rules alone"
    after = "time, after " if one.by_time and told["because"] else ""
    differ = sorted(set(one.in_force.rules) ^ set(one.candidate.rules))
    rules = f" ({', '.join(differ)})" if differ else ""
    return (
        f"{one.practice}  {tier_said(one.in_force.tier)} to {tier_said(one.candidate.tier)}{rules}, from"
        f" {in_full(one.since)}, because of {after}{because}"
    )
