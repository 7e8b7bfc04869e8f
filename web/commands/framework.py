"""The tier framework from the command line: its versions, its rules as a file, what a candidate would change, and drafts."""

from __future__ import annotations

import sys
from datetime import date
from pathlib import Path
from typing import Any

import click

from application.framework.dry_run import dry_run
from application.framework.every import in_force, recommend_all
from application.framework.rule_file import LARGEST, RulesSaid, printable, read_rules, written
from application.ids import new_id
from domain.framework.commands import (
    DeclineRuleSet,
    DraftRuleSet,
    FrameworkCommand,
    PublishRuleSet,
    WithdrawRuleSet,
)
from domain.framework.comparing import differences
from domain.framework.events import RuleSetDrafted, RuleSetPublished, RuleSetWithdrawn
from domain.framework.framework import KEY
from domain.framework.parts import Framework
from domain.practice.dates import in_full
from domain.practice.moment import NOW, Moment
from web.commands.framework_told import (
    hangs_on,
    mover_in_line,
    tier_said,
    told_difference,
    told_draft,
    told_dry_run,
    told_recommended,
    told_version,
)
from web.commands.indicators import Day
from web.commands.moments import list_then, of_then
from web.commands.opening import Opened, as_person, opened
from web.commands.printing import many, print_json, progress
from web.commands.refusals import Refused, out_of_scope

FILE = click.Path(exists=True, dir_okay=False, allow_dash=True, path_type=Path)
RULES = click.option(
    "--rules", "file", type=FILE, required=True, help="The rule file (TOML); - reads it here."
)
REASON = click.option("--reason", required=True, help="Why, for the record.")
JSON = click.option("--json", "as_json", is_flag=True, help="As JSON.")


@click.group("framework")
def framework_command() -> None:
    """The rules by which tiers are recommended: their versions, and what another rule set would change."""


@framework_command.command("versions")
@of_then
@JSON
@as_person
def versions_command(moment: Moment, purpose: str | None, as_json: bool, email: str | None) -> None:
    """List every version, with who drafted and who published it, what it changed, and the drafts that wait."""
    with opened(email) as present:
        present.may("ReadFramework")
        casebook = list_then(present, "Framework", moment, purpose)
        known = casebook.casebook.framework()
        told = {
            "versions": [told_version(casebook, one, known.followed(one.draft)) for one in known.published],
            "drafts": [told_draft(casebook, one) for one in known.open],
        }
    if as_json:
        print_json(told)
        return
    for one in told["versions"]:
        gone = f"withdrawn {in_full(one['withdrawn_on'])}, and never " if one["withdrawn_on"] else ""
        click.echo(
            f"version {one['version']}  {gone}in force from {in_full(one['effective_from'])}, published"
            f" {in_full(one['published_on'])}: {one['changes_in_words']};"
            f" drafted by {one['drafted_by_called']}, published by {one['published_by_called']}"
        )
    for one in told["drafts"]:
        click.echo(
            f"draft {one['draft']}  of {in_full(one['drafted_on'])} by {one['drafted_by_called']}, waits for an answer"
        )


@framework_command.command("export")
@click.option(
    "--version",
    "number",
    type=int,
    help="This version; the one in force today, or on the day of the clocks, where it is left out.",
)
@of_then
@as_person
def export_command(number: int | None, moment: Moment, purpose: str | None, email: str | None) -> None:
    """Print the rule set in force as a rule file: change a number in it, and see what would follow with dry-run."""
    with opened(email) as present:
        present.may("ReadFramework")
        casebook = list_then(present, "FrameworkVersion", moment, purpose)
        known = casebook.casebook.framework()
        now = in_force(casebook.casebook, casebook.asked.on)
        found = known.version(now.version if number is None else number)
    if found is None:
        raise Refused(f"There is no version {number}")
    click.echo(written(found.framework, found.digest), nl=False)


@framework_command.command("recommend")
@click.argument("codes", nargs=-1, metavar="[CODE]...")
@click.option(
    "--on",
    "day",
    type=Day(),
    help="As it was known on this day; today, or the day of the clocks, where it is left out.",
)
@of_then
@JSON
@as_person
def recommend_command(
    codes: tuple[str, ...],
    day: date | None,
    moment: Moment,
    purpose: str | None,
    as_json: bool,
    email: str | None,
) -> None:
    """List which tier the rules in force recommend for each practice, beside the tier it has: by which rules, and which
    facts satisfy them; of practices that are named, also without which facts another tier would be recommended. It
    records nothing, and moves no tier.

    With --as it counts what that person may read. Without, it counts what each contract's holder sees, as what is
    recorded with a decision does: what the local commissioner keeps to itself is not counted.
    """
    wanted = {code.upper() for code in codes}
    if day is not None and moment != NOW:
        raise click.UsageError("--on is a day of its own: leave it out, or the clocks")
    with opened(email) as present, progress("Recommending") as show:
        present.may("ReadFramework")
        casebook = list_then(present, "Recommendation", moment, purpose)
        on = day or casebook.asked.on
        found = list(recommend_all(casebook.casebook, casebook.asked, on, show, wanted or None))
    if unknown := sorted(wanted - {one.practice for one in found}):
        raise out_of_scope(unknown[0])
    if as_json:
        print_json({"on": on, "practices": [told_recommended(one) for one in found]})
        return
    for one in found:
        rules = ", ".join(one.recommendation.rules)
        by = f", by {rules}" if rules else ": no rule holds"
        click.echo(
            f"{one.practice}  {tier_said(one.tier)}; recommended is {tier_said(one.recommendation.tier)}{by}"
        )
        if one.hangs_on is not None:
            click.echo(f"  {hangs_on(one.practice, one.hangs_on)}")


@framework_command.command("dry-run")
@RULES
@click.option("--on", "day", type=Day(), help="As it was known on this day; today where it is left out.")
@JSON
@as_person
def dry_run_command(file: Path, day: date | None, as_json: bool, email: str | None) -> None:
    """List the practices for which FILE would recommend another tier than the rules in force: from when, and because of
    which fact. It writes nothing. What FILE leaves out is as it is in force, and is named. What counts of a practice is
    what `casebook framework recommend` counts; closed practices are passed over. It takes no clocks: what would have been
    is asked of a day alone.
    """
    with opened(email) as casebook, progress("Comparing") as show:
        casebook.may("ReadDryRun")
        on = day or casebook.asked.on
        now = in_force(casebook.casebook, on)
        said = _read(file, now)
        candidate = Framework(version=0, effective_from=on, rule_set=said.rule_set)
        found = dry_run(casebook.casebook, candidate, casebook.asked, on, show)
    if as_json:
        print_json({**told_dry_run(found, candidate), "left_out": said.left_out})
        return
    _tell_left_out(said)
    changed = [told_difference(one) for one in differences(now.rule_set, candidate.rule_set)]
    click.echo(f"Beside version {now.version} the file changes " + ("nothing." if not changed else "this:"))
    for one in changed:
        click.echo(f"  {one}")
    for mover in found.movers:
        click.echo(mover_in_line(mover))
    of_them = f"{len(found.movers)} of {many(found.practices, 'open practice')}"
    closed = f"; {many(found.closed, 'closed one')} passed over" if found.closed else ""
    click.echo(f"{of_them} would move, beside version {now.version} on {in_full(on)}{closed}")


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


@framework_command.command("withdraw")
@click.argument("version", type=int)
@REASON
@as_person
def withdraw_command(version: int, reason: str, email: str | None) -> None:
    """Take back VERSION, the latest, before it is in force: the one before it is the latest again."""
    with opened(email) as casebook:
        casebook.may("WithdrawRuleSet")
        _record(casebook, WithdrawRuleSet(version=version, reason=reason))


def _record(casebook: Opened, command: FrameworkCommand) -> None:
    outcome = casebook.casebook.handle(KEY, command, casebook.asked, command_id=new_id("command"))
    if not outcome.recorded:
        click.echo("Nothing was changed, so nothing was recorded.")
    for entry in outcome.recorded:
        click.echo(_recorded(entry.fact))


def _recorded(fact: Any) -> str:
    match fact:
        case RuleSetDrafted():
            return f"Proposed as {fact.draft_id}: a manager publishes or declines it."
        case RuleSetPublished():
            return f"Version {fact.version} is published, in force from {in_full(fact.effective_from)}."
        case RuleSetWithdrawn():
            return f"Version {fact.version} is withdrawn: it will not be in force."
        case _:
            return f"{fact.draft_id} is declined."


def _read(file: Path, beside: Framework) -> RulesSaid:
    """No more is read than a rule file may have, and nothing that has no end."""
    if str(file) == "-":
        return read_rules("the rules", sys.stdin.buffer.read(LARGEST + 1), beside.rule_set)
    if not file.is_file():
        raise Refused(f"{printable(file.name)} is not a file: give a file, or - to read the rules here")
    with file.open("rb") as content:
        return read_rules(file.name, content.read(LARGEST + 1), beside.rule_set)


def _tell_left_out(said: RulesSaid) -> None:
    if said.left_out:
        click.echo(f"As in force, because the file leaves them out: {', '.join(said.left_out)}", err=True)
