"""Releases of published data from the command line: taken in, tried, restated, withdrawn and listed."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import click

from application.releases.publishing import publish, validate, withdraw
from application.releases.standing import releases
from domain.practice.moment import Moment
from domain.releases.releases import Release
from domain.rules import Recorded
from web.commands.moments import list_then, of_then
from web.commands.opening import as_person, opened
from web.commands.printing import many, print_json
from web.commands.reporting import (
    FILE,
    Report,
    dry_run_option,
    mapping_option,
    report_option,
    tell,
    tell_validated,
    telling,
)

CALLED = {
    "cleared": "cleared",
    "withdrawn": "withdrawn",
    "kept": "kept",
    "by_hand": "raised by hand before",
}
"""What else a change of a release led to, as its page calls it."""


def import_observations(
    file: Path, name: str, mapping: Path | None, email: str | None, report: Path | None, *, dry_run: bool
) -> None:
    _take_in(file, name, mapping, email, report, None, dry_run=dry_run)


def _take_in(
    file: Path,
    name: str,
    mapping: Path | None,
    email: str | None,
    report: Path | None,
    reason: str | None,
    *,
    dry_run: bool,
) -> None:
    """Publish a file, or with a reason restate a release by it; or only try."""
    every = Report(report)
    does, task = validate if dry_run else publish, "RestateRelease" if reason else "PublishRelease"
    with telling(email, task, every) as (casebook, observed, show):
        done = does(
            casebook.casebook,
            observed,
            name,
            file,
            casebook.asked,
            mapping=mapping,
            reason=reason,
            most=every.most,
            progress=show,
        )
        if not dry_run:
            casebook.catch_up()
    if dry_run:
        tell_validated(done, every)
    elif reason is None:
        tell(done, every)
    else:
        tell(done, every, unchanged="unchanged: it is published from this file already")


@click.group("release")
def release_command() -> None:
    """Restate or withdraw a release of published data. `casebook import observations` takes one in."""


@release_command.command("restate")
@click.argument("name")
@click.argument("file", type=FILE)
@mapping_option
@click.option("--reason", required=True, help="Why, for the record.")
@dry_run_option
@report_option
@as_person
def restate(
    name: str,
    file: Path,
    mapping: Path | None,
    reason: str,
    dry_run: bool,
    report: Path | None,
    email: str | None,
) -> None:
    """Publish FILE in the place of what the release NAME has now.

    A flag stands where its practice's own numbers are as they were. The others of the release are withdrawn, and raised
    where they hold.
    """
    _take_in(file, name, mapping, email, report, reason, dry_run=dry_run)


@release_command.command("withdraw")
@click.argument("name")
@click.option("--reason", required=True, help="Why, for the record.")
@as_person
def withdrawn(name: str, reason: str, email: str | None) -> None:
    """Say that the numbers of the release NAME stand no more. Its flags are withdrawn; what it was stays on record."""
    with telling(email, "WithdrawRelease", Report(None)) as (casebook, observed, show):
        done = withdraw(casebook.casebook, observed, name, reason, casebook.asked, show)
        casebook.catch_up()
    tell(done, Report(None))


@click.command("releases")
@of_then
@click.option("--json", "as_json", is_flag=True, help="As JSON.")
@as_person
def releases_command(moment: Moment, purpose: str | None, as_json: bool, email: str | None) -> None:
    """List every release of published data: when, how much, what was reported, and the flags that followed; now, or with
    either clock set to the past.

    As JSON with everything that was recorded of each: by whom, of which file and why.
    """
    with opened(email) as present:
        present.may("ReadReleases")
        book = list_then(present, "Releases", moment, purpose).casebook
        found = [
            {**listed(name, one), "history": _history(book.history(f"release-{name}"))}
            for name, one in releases(book.recorder).items()
            if one.after  # up to a position of the past, a file may be received and not yet published
        ]
    if as_json:
        print_json({"releases": found})
        return
    for one in found:
        flagged = one["flags"]
        flags = _flags_in_words(flagged) if flagged else "flags not recorded yet: run it again"
        click.echo(
            f"{one['release']}  {one['state']}, edition {one['edition']}, {one['on']}: {one['observations']:,}"
            f" observations of {one['practices']:,} practices, {many(len(one['indicators']), 'indicator')}; {flags}"
        )


def _flags_in_words(flagged: dict[str, int]) -> str:
    """What its last change led to: published, restated or withdrawn."""
    told = [f"{flagged[what]:,} {said}" for what, said in CALLED.items() if flagged[what]]
    return ", ".join([f"{many(flagged['raised'], 'flag')} raised", *told])


def listed(name: str, release: Release) -> dict[str, Any]:
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
