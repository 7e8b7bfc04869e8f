"""Flags of a release from the command line: what it was found to say of each indicator, which it raised, and recomputed."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

import click

from application.facts import topic_of
from application.releases.flags import OpenFlags, raised_by
from domain.practice.events import FlagRaised
from domain.practice.settling import RELEASE
from domain.releases.releases import Release
from domain.rules import Recorded
from web.commands.opening import Opened, as_person, opened
from web.commands.printing import print_json, progress
from web.commands.refusals import REFUSED, Refused, cited
from web.commands.releases import listed


@click.group("flags", invoke_without_command=True)
@click.option("--release", "name", metavar="NAME", help="Of this release.")
@click.option("--json", "as_json", is_flag=True, help="As JSON.")
@as_person
@click.pass_context
def flags_command(ctx: click.Context, name: str | None, as_json: bool, email: str | None) -> None:
    """What a release was found to say of each indicator, and how many flags it raised; or recompute every flag.

    Practices, those beyond the limits, phi and tau2 are as stored when the release was published; flags are counted from
    the practices' own facts.
    """
    if ctx.invoked_subcommand is not None:
        return
    if name is None:
        raise click.UsageError("Say which release, with --release NAME", ctx)
    with opened(email) as casebook:
        casebook.may("ReadReleases")
        release: Release = casebook.casebook.aggregate("release", name)
        if release.published is None:
            raise Refused(f"There is no release {name}")
        found = _flags_of(casebook, name, release)
    if as_json:
        print_json(found)
        return
    state = found["state"]
    click.echo(
        f"{name}  {state}, edition {found['edition']}: {found['flags_raised']} flags raised in all,"
        f" {found['flags_open']} open"
    )
    for one in found["indicators"]:
        phi = "-" if one["phi"] is None else f"{one['phi']:.4f}"
        click.echo(
            f"{one['indicator']}  {one['period']}: {one['practices']} practices, phi {phi}; beyond alert"
            f" {one['beyond_alert']['unadjusted']}, adjusted {one['beyond_alert']['adjusted']}; beyond alarm"
            f" {one['beyond_alarm']['unadjusted']}, adjusted {one['beyond_alarm']['adjusted']};"
            f" flags raised {one['flags_raised']}, open {one['flags_open']}"
        )


@flags_command.command("recompute")
@click.option("--release", "name", metavar="NAME", help="Only flags of this release.")
@as_person
def recompute_command(name: str | None, email: str | None) -> None:
    """Derive each flag that a release raised from its own fact alone. Exit status 1 if any differs; each is named."""
    with opened(email) as casebook:
        casebook.may("ReadReleases")
        facts = casebook.casebook.recorder.facts_named("practice", [topic_of(FlagRaised)])
    checked, differing = 0, []
    with progress("Recomputing flags") as show:
        for number, entry in enumerate(facts):
            if not isinstance(entry.fact, FlagRaised) or entry.fact.source != RELEASE:
                continue
            if name is None or entry.fact.release == name:
                checked += 1
                differing += _differs(entry, entry.fact)
            if not number % 100:
                show(number, len(facts))
    for line in differing:
        click.echo(line)
    click.echo(f"{checked} flags recomputed, {len(differing)} differ")
    if differing:
        raise click.exceptions.Exit(REFUSED)


def _differs(entry: Recorded, fact: FlagRaised) -> list[str]:
    from application.releases.recomputing import differences

    found = differences(fact)
    where = cited(entry.stream, entry.version)
    return [f"{where} {fact.indicator} {fact.period}: {'; '.join(found)}"] if found else []


def _flags_of(casebook: Opened, name: str, release: Release) -> dict[str, Any]:
    published = release.published
    assert published is not None
    raised = raised_by(casebook.casebook, name)
    still = OpenFlags.read(casebook.casebook).of_release(name)
    names = casebook.casebook.key_set()
    told = [
        {
            **asdict(one),
            "name": names[one.indicator].versions[one.version - 1].name,
            "parameters": dict(one.parameters),
            "flags_raised": raised[one.indicator],
            "flags_open": still[one.indicator],
        }
        for one in published.indicators
    ]
    return {
        **{key: value for key, value in listed(name, release).items() if key != "indicators"},
        "rule_set_version": published.rule_set_version,
        "flags_raised": sum(raised.values()),
        "flags_open": sum(still.values()),
        "indicators": told,
    }
