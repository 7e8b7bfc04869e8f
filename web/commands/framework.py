"""The tier framework from the command line: its versions, its rules as a file, what a candidate would change, and drafts."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import click

from application.facts import topic_of
from application.framework.dry_run import DryRun, dry_run
from application.framework.every import Recommended, in_force, recommend_all
from application.framework.rule_file import RulesSaid, read_rules, written
from application.ids import new_id
from domain.framework.commands import DeclineRuleSet, DraftRuleSet, FrameworkCommand, PublishRuleSet
from domain.framework.comparing import differences
from domain.framework.differing import Mover
from domain.framework.framework import KEY, Draft, Version, digest_of
from domain.framework.parts import Framework
from domain.framework.pivotal import Pivotal
from web.commands.indicators import Day
from web.commands.opening import Opened, as_person, opened
from web.commands.printing import print_json, progress
from web.commands.refusals import Refused, cited, out_of_scope

FILE = click.Path(exists=True, dir_okay=False, path_type=Path)
RULES = click.option("--rules", "file", type=FILE, required=True, help="The rule file (TOML).")
REASON = click.option("--reason", required=True, help="Why, for the record.")
JSON = click.option("--json", "as_json", is_flag=True, help="As JSON.")


@click.group("framework")
def framework_command() -> None:
    """The rules by which tiers are recommended: their versions, and what another rule set would change."""


@framework_command.command("versions")
@JSON
@as_person
def versions_command(as_json: bool, email: str | None) -> None:
    """List every version, with who drafted and who published it, what it changed, and the drafts that wait."""
    with opened(email) as casebook:
        casebook.may("ReadFramework")
        known = casebook.casebook.framework()
        told = {
            "versions": [_version(one, known.version(one.framework.version - 1)) for one in known.published],
            "drafts": [_draft(one) for one in known.open],
        }
    if as_json:
        print_json(told)
        return
    for one in told["versions"]:
        click.echo(
            f"version {one['version']}  in force from {one['effective_from']}, {one['changes_in_words']};"
            f" drafted by {one['drafted_by']}, published by {one['published_by']}"
        )
    for one in told["drafts"]:
        click.echo(
            f"draft {one['draft']}  of {one['drafted_on']} by {one['drafted_by']}, waits for an answer"
        )


@framework_command.command("export")
@click.option(
    "--version", "number", type=int, help="This version; the one in force today where it is left out."
)
@as_person
def export_command(number: int | None, email: str | None) -> None:
    """Print the rule set in force as a rule file: change a number in it, and see what would follow with dry-run."""
    with opened(email) as casebook:
        casebook.may("ReadFramework")
        known = casebook.casebook.framework()
        now = in_force(casebook.casebook, casebook.asked.on)
        found = known.version(now.version if number is None else number)
    if found is None:
        raise Refused(f"There is no version {number}")
    click.echo(written(found.framework, found.digest), nl=False)


@framework_command.command("recommend")
@click.argument("codes", nargs=-1, metavar="[CODE]...")
@click.option("--on", "day", type=Day(), help="As it was known on this day; today where it is left out.")
@JSON
@as_person
def recommend_command(codes: tuple[str, ...], day: date | None, as_json: bool, email: str | None) -> None:
    """List which tier the rules in force recommend for each practice, beside the tier it has: by which rules, and which
    facts satisfy them; of practices that are named, also without which facts another tier would be recommended. It
    records nothing, and moves no tier.
    """
    wanted = {code.upper() for code in codes}
    with opened(email) as casebook, progress("Recommending") as show:
        casebook.may("ReadFramework")
        on = day or casebook.asked.on
        found = list(recommend_all(casebook.casebook, casebook.asked, on, show, wanted or None))
    if unknown := sorted(wanted - {one.practice for one in found}):
        raise out_of_scope(unknown[0])
    if as_json:
        print_json({"on": on, "practices": [_recommended(one) for one in found]})
        return
    for one in found:
        rules = ", ".join(one.recommendation.rules) or "none"
        click.echo(
            f"{one.practice}  {one.tier.value}, recommended {one.recommendation.tier.value}: rules {rules}"
        )
        if one.hangs_on is not None:
            click.echo(f"  {_hangs_on(one.practice, one.hangs_on)}")


@framework_command.command("dry-run")
@RULES
@click.option("--on", "day", type=Day(), help="As it was known on this day; today where it is left out.")
@JSON
@as_person
def dry_run_command(file: Path, day: date | None, as_json: bool, email: str | None) -> None:
    """List the practices for which FILE would recommend another tier than the rules in force: from when, and because of
    which fact. It writes nothing. What FILE leaves out is as it is in force.
    """
    with opened(email) as casebook, progress("Comparing") as show:
        casebook.may("ReadDryRun")
        on = day or casebook.asked.on
        now = in_force(casebook.casebook, on)
        said = _read(file, now)
        candidate = Framework(version=0, effective_from=on, rule_set=said.rule_set)
        found = dry_run(casebook.casebook, candidate, casebook.asked, on, show)
    if as_json:
        print_json(_told(found, candidate))
        return
    _tell_left_out(said)
    for mover in found.movers:
        click.echo(_line(mover))
    click.echo(
        f"{len(found.movers)} of {found.practices} practices would move, beside version {now.version} on {on}"
    )


@framework_command.command("draft")
@RULES
@REASON
@as_person
def draft_command(file: Path, reason: str, email: str | None) -> None:
    """Propose FILE as the next version, to be published by another person. What it leaves out stays as it is."""
    with opened(email) as casebook:
        casebook.may("DraftRuleSet")
        latest = casebook.casebook.framework().latest
        if latest is None:
            raise Refused("There is no rule set yet: `casebook init` records the first version")
        said = _read(file, latest.framework)
        command = DraftRuleSet(
            draft_id=new_id("draft"), rules=said.rules, responses=said.responses, reason=reason
        )
        _tell_left_out(said)
        _record(casebook, command)


@framework_command.command("publish")
@click.argument("draft")
@click.option("--from", "day", type=Day(), required=True, help="The first day on which it is in force.")
@REASON
@as_person
def publish_command(draft: str, day: date, reason: str, email: str | None) -> None:
    """Approve somebody else's DRAFT: it is the next version, and never changes."""
    with opened(email) as casebook:
        casebook.may("PublishRuleSet")
        _record(casebook, PublishRuleSet(draft_id=draft, effective_from=day, reason=reason))


@framework_command.command("decline")
@click.argument("draft")
@REASON
@as_person
def decline_command(draft: str, reason: str, email: str | None) -> None:
    """Say that DRAFT will not be published, and why."""
    with opened(email) as casebook:
        casebook.may("DeclineRuleSet")
        _record(casebook, DeclineRuleSet(draft_id=draft, reason=reason))


def _record(casebook: Opened, command: FrameworkCommand) -> None:
    outcome = casebook.casebook.handle(KEY, command, casebook.asked, command_id=new_id("command"))
    if not outcome.recorded:
        click.echo("Nothing was changed, so nothing was recorded.")
    for entry in outcome.recorded:
        fact: Any = entry.fact
        version = f" version {fact.version}" if hasattr(fact, "version") else ""
        click.echo(f"{entry.fact.NAME} {fact.draft_id}{version}")


def _read(file: Path, beside: Framework) -> RulesSaid:
    return read_rules(file.name, file.read_bytes(), beside.rule_set)


def _tell_left_out(said: RulesSaid) -> None:
    if said.left_out:
        click.echo(f"As in force, because the file leaves them out: {', '.join(said.left_out)}", err=True)


# --- what is told -------------------------------------------------------------------------------------------


def _version(one: Version, before: Version | None) -> dict[str, Any]:
    changed = list(differences(before.framework.rule_set if before else None, one.framework.rule_set))
    said = [f"{each.of} {each.what}: {each.before} to {each.after}" for each in changed]
    return {
        "version": one.framework.version,
        "effective_from": one.framework.effective_from,
        "digest": one.digest,
        "drafted_by": one.draft.entry.person,
        "drafted_on": one.draft.fact.occurred_on,
        "published_by": one.entry.person,
        "published_on": one.entry.recorded_on,
        "changes": [each._asdict() for each in changed],
        "changes_in_words": "; ".join(said) or "the first",
    }


def _draft(one: Draft) -> dict[str, Any]:
    return {
        "draft": one.fact.draft_id,
        "drafted_by": one.entry.person,
        "drafted_on": one.fact.occurred_on,
        "follows": one.fact.follows,
        "reason": one.fact.reason,
    }


def _told(found: DryRun, candidate: Framework) -> dict[str, Any]:
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
        "movers": [_mover(one) for one in found.movers],
    }


def _recommended(one: Recommended) -> dict[str, Any]:
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
        **({"pivotal": _pivotal(one.practice, one.hangs_on)} if one.hangs_on else {}),
    }


def _pivotal(code: str, found: Pivotal) -> dict[str, Any] | None:
    """None where no set of facts would change what is recommended; `looked_up_to` where larger sets were not looked for."""
    if not found.facts and found.looked_up_to is None:
        return None
    return {
        "facts": [f"{code}/{version}" for version in found.facts],
        "recommended_without": found.tier,
        "others_of_that_size": found.others,
        "looked_up_to": found.looked_up_to,
    }


def _hangs_on(code: str, found: Pivotal) -> str:
    if found.looked_up_to is not None:
        return f"pivotal: no set of up to {found.looked_up_to} facts; larger ones were not looked for"
    if not found.facts or found.tier is None:
        return "pivotal: none"
    facts = ", ".join(f"{code}/{version}" for version in found.facts)
    others = f"; {found.others} other sets of that size" if found.others else ""
    return f"pivotal: without {facts} it would be {found.tier.value}{others}"


def _mover(one: Mover) -> dict[str, Any]:
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


def _line(one: Mover) -> str:
    told = _mover(one)
    because = f"{told['because']} {told['fact']}" if told["because"] else "the rules alone"
    after = "time, after " if one.by_time and told["because"] else ""
    return (
        f"{one.practice}  {told['from'].value} to {told['to'].value}, from {told['on']},"
        f" because of {after}{because}"
    )
