"""Releases of published data from the command line: taken in, restated, withdrawn, listed, and the flags they raised."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import asdict
from pathlib import Path
from typing import Any

import click

from application.facts import topic_of
from application.releases.flags import OpenFlags, raised_by
from application.releases.publishing import NothingTaken, Published, publish, withdraw
from application.releases.reading import KINDS, FileRefused, Read
from application.releases.standing import releases
from domain.practice.events import FlagRaised
from domain.practice.settling import RELEASE
from domain.releases.releases import Release
from domain.rules import Recorded
from web.commands.opening import Opened, as_person, opened
from web.commands.printing import print_json, progress
from web.commands.refusals import REFUSED, Refused, cited

FILE = click.Path(exists=True, dir_okay=False, path_type=Path)
SHOWN = 500
"""Reports of a kind that are named one by one."""


def import_observations(file: Path, name: str, mapping: Path | None, email: str | None) -> None:
    with _telling(email, "PublishRelease") as (casebook, observed, show):
        done = publish(
            casebook.casebook, observed, name, file, casebook.asked, mapping=mapping, progress=show
        )
        casebook.catch_up()
    _tell(done)


@click.group("release")
def release_command() -> None:
    """Restate or withdraw a release of published data. `casebook import observations` takes one in."""


@release_command.command("restate")
@click.argument("name")
@click.argument("file", type=FILE)
@click.option("--mapping", type=FILE, help="Which columns hold what (TOML).")
@click.option("--reason", required=True, help="Why, for the record.")
@as_person
def restate(name: str, file: Path, mapping: Path | None, reason: str, email: str | None) -> None:
    """Publish FILE in the place of what the release NAME has now. Its flags are withdrawn, and raised where they hold."""
    with _telling(email, "RestateRelease") as (casebook, observed, show):
        done = publish(
            casebook.casebook,
            observed,
            name,
            file,
            casebook.asked,
            mapping=mapping,
            reason=reason,
            progress=show,
        )
        casebook.catch_up()
    _tell(done)


@release_command.command("withdraw")
@click.argument("name")
@click.option("--reason", required=True, help="Why, for the record.")
@as_person
def withdrawn(name: str, reason: str, email: str | None) -> None:
    """Say that the numbers of the release NAME stand no more. Its flags are withdrawn; what it was stays on record."""
    with _telling(email, "WithdrawRelease") as (casebook, observed, show):
        done = withdraw(casebook.casebook, observed, name, reason, casebook.asked, show)
        casebook.catch_up()
    _tell(done)


@click.command("releases")
@click.option("--json", "as_json", is_flag=True, help="As JSON.")
@as_person
def releases_command(as_json: bool, email: str | None) -> None:
    """List every release of published data: when, how much, what was reported, and the flags that followed.

    As JSON with everything that was recorded of each: by whom, of which file and why.
    """
    with opened(email) as casebook:
        casebook.may("ReadReleases")
        book = casebook.casebook
        found = [
            {**_listed(name, one), "history": _history(book.history(f"release-{name}"))}
            for name, one in releases(book.recorder).items()
        ]
    if as_json:
        print_json({"releases": found})
        return
    for one in found:
        flagged = one["flags"]
        flags = f"{flagged['raised']} flags raised" if flagged else "flags not recorded yet: run it again"
        click.echo(
            f"{one['release']}  {one['state']}, edition {one['edition']}, {one['on']}: {one['observations']:,}"
            f" observations of {one['practices']:,} practices, {len(one['indicators'])} indicators; {flags}"
        )


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


# --- what is told -------------------------------------------------------------------------------------------


@contextmanager
def _telling(email: str | None, task: str) -> Iterator[tuple[Opened, Any, Callable[[str, int, int], None]]]:
    """An installation opened for a release. What is wrong with a file is told line by line before it is refused."""
    from projections.observations import Observations

    with opened(email) as casebook, progress("Publishing") as bar:
        casebook.may(task)

        def show(_what: str, done: int, of: int) -> None:
            bar(done, of)

        try:
            yield casebook, Observations(casebook.casebook), show
        except FileRefused as refused:
            for mistake in refused.mistakes[1:]:
                click.echo(str(mistake), err=True)
            raise
        except NothingTaken as nothing:
            _tell_reported(nothing.read)
            raise


def _tell(done: Published) -> None:
    if done.read is not None:
        _tell_reported(done.read)
        click.echo(f"rows {done.read.rows}")
        click.echo(f"observations {done.read.observations}")
        click.echo(f"practices {done.read.practices}")
        for kind in KINDS:
            click.echo(f"{kind} {done.read.counts[kind]}")
        click.echo(f"indicators_defined {len(done.defined)}")
        click.echo(f"indicators {len(done.indicators)}")
    if done.unchanged:
        click.echo("unchanged")
        return
    if done.flagged is not None:
        for what in ("raised", "cleared", "withdrawn", "kept", "by_hand"):
            click.echo(f"flags_{what} {getattr(done.flagged, what)}")
        for code, rule in done.flagged.refused:
            click.echo(f"{code} takes no flag: {rule}", err=True)


def _tell_reported(read: Read) -> None:
    """Each report, by kind; of a kind with very many, the first."""
    for kind, words in KINDS.items():
        told = read.told.get(kind, [])
        for one in told[:SHOWN]:
            click.echo(f"{kind}: {one}", err=True)
        if (more := read.counts[kind] - len(told[:SHOWN])) > 0:
            click.echo(f"{kind}: and {more:,} more ({words})", err=True)


def _listed(name: str, release: Release) -> dict[str, Any]:
    received, validated, published = release.received, release.validated, release.published
    assert received is not None
    assert validated is not None
    assert published is not None
    assert release.changed is not None
    return {
        "release": name,
        "state": release.after,
        "edition": release.edition,
        "on": release.changed.recorded_on,
        "sha256": received.file.sha256,
        "rows": validated.rows,
        "observations": validated.observations,
        "practices": validated.practices,
        "reported": dict(validated.reported),
        "indicators": [one.indicator for one in published.indicators],
        "flags": None
        if release.flagged is None
        else {
            what: getattr(release.flagged, what)
            for what in ("raised", "cleared", "withdrawn", "kept", "by_hand")
        },
    }


def _history(entries: Sequence[Recorded]) -> list[dict[str, Any]]:
    """What was recorded of a release: which fact, when, by whom, of which file and why."""
    told = []
    for entry in entries:
        fact: Any = entry.fact
        file = getattr(fact, "file", None)
        told.append(
            {
                "fact": fact.NAME,
                "edition": fact.edition,
                "recorded_at": entry.recorded_at,
                "person": entry.person,
                "role": entry.role,
                "on_behalf_of": entry.on_behalf_of,
                "sha256": file.sha256 if file is not None else None,
                "reason": getattr(fact, "reason", None),
            }
        )
    return told


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
        **{key: value for key, value in _listed(name, release).items() if key != "indicators"},
        "rule_set_version": published.rule_set_version,
        "flags_raised": sum(raised.values()),
        "flags_open": sum(still.values()),
        "indicators": told,
    }
