"""Keeping what is recorded: views made again, backups, and what doctor finds."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import click

from application.backup import backup, restore
from application.doctor import Check, examine
from application.documents import DocumentLost
from application.ids import new_id
from application.releases.standing import releases
from application.schema import NotReady
from application.stores import Stores
from projections import observations_loaded
from projections.all import READ_MODELS
from projections.health import positions
from projections.rebuild import Certificate
from web.commands.opening import Opened, as_person, casebook_on, opened, settings
from web.commands.printing import Progress, print_json, progress
from web.commands.refusals import REFUSED, Refused
from web.commands.setting_up import make_views

NEW_FILE = click.Path(dir_okay=False, path_type=Path)
FILE = click.Path(exists=True, dir_okay=False, path_type=Path)


@click.command("rebuild")
@click.option(
    "--view",
    "views",
    multiple=True,
    type=click.Choice([model.name for model in READ_MODELS]),
    help="Only this view; may be given more than once.",
)
@as_person
def rebuild_command(views: tuple[str, ...], email: str | None) -> None:
    """Make the views again from the record, beside the live ones, and put them in their place.

    Prints what was made and whether it equals what was there; each row that differed is named.
    """
    with opened(email) as casebook:
        casebook.may("Rebuild")
        with progress("Rebuilding") as show:
            certificate = casebook.views.rebuild(views or None, show)
        _print_certificate(certificate)
        if not views:
            with progress("Reading the files of releases") as show:
                _load_observations(casebook, show)
    if certificate.failed:
        raise click.exceptions.Exit(REFUSED)


def _load_observations(casebook: Opened, show: Progress) -> None:
    """Published numbers are of no stream: they are read again from the kept files."""
    try:
        rows, otherwise = observations_loaded.load_again(casebook.casebook, show)
    except DocumentLost as lost:
        raise Refused(f"Published numbers could not be read again, and are as they were: {lost}") from None
    click.echo(f"observations  {rows} rows, from the files of the releases that stand")
    for indicator, period in otherwise:
        click.echo(f"differed  observations: {indicator} {period} was different before")


def _print_certificate(certificate: Certificate) -> None:
    click.echo(f"rebuilt   {', '.join(certificate.rebuilt) or 'nothing'}")
    click.echo(f"from      {certificate.facts} facts, {certificate.rows} rows")
    for view in certificate.rebuilt:
        differing = [one for one in certificate.differences if one.view == view]
        if view not in certificate.compared:
            click.echo(f"new       {view}: there was nothing to compare it with")
        elif not differing:
            click.echo(f"equal     {view}")
        for one in differing:
            row = " ".join(filter(None, (one.table, one.stream, one.key)))
            click.echo(f"differed  {view}: {row} was {one.live} in the live view")
    for view, why in certificate.failed.items():
        click.echo(f"The view {view} could not be made and is as it was: {why}", err=True)


@click.command("backup")
@click.argument("file", type=NEW_FILE)
@click.option(
    "--keys", "key_file", type=NEW_FILE, required=True, metavar="KEYFILE", help="Where the keys go."
)
@as_person
def backup_command(file: Path, key_file: Path, email: str | None) -> None:
    """Copy the record to FILE and its keys to KEYFILE, while others go on working.

    FILE alone opens nothing that was typed: keep the two apart. Documents that were attached go to FILE.documents, sealed
    as they are, and must be beside FILE when it is restored.
    """
    with opened(email) as casebook:
        casebook.may("Backup")
        casebook.casebook.log_access(casebook.asked, "read", "Backup")
        made = backup(casebook.stores, file, key_file)
    click.echo(
        f"{made.facts} facts, to position {made.last_position}, are in {file}; their keys are in {key_file}."
    )


@click.command("restore")
@click.argument("file", type=FILE)
@click.option("--keys", "key_file", type=FILE, required=True, metavar="KEYFILE", help="Where the keys are.")
@click.option("--reason", help="Why, for the record.")
@as_person
def restore_command(file: Path, key_file: Path, reason: str | None, email: str | None) -> None:
    """Put a backup where there is no record, and record that it was. It never writes over a store."""
    if email is not None:
        raise Refused("Only the operator restores: who a person is stands in the record that is not there")
    restore(
        settings(),
        file,
        key_file,
        command_id=new_id("command"),
        clock=lambda: datetime.now(UTC),
        reason=reason,
        make_views=make_views,
    ).close()
    click.echo(f"{file} is restored in {settings().home}, and that it was is recorded.")


@click.command("doctor")
@click.option("--json", "as_json", is_flag=True, help="As JSON.")
@as_person
def doctor_command(as_json: bool, email: str | None) -> None:
    """Check everything the stores promise: versions, stores, facts, keys, and each view against the record.

    Exit status 1 when anything is wrong; each problem is one line.
    """
    if email is not None:
        with opened(email) as casebook:
            casebook.may("Doctor")
    with progress("Reading every fact") as show:
        checks = examine(settings(), _views, show)
    problems = [check for check in checks if not check.ok]
    if as_json:
        print_json(
            {
                "ok": not problems,
                "checks": [{"name": check.name, "ok": check.ok, "detail": check.detail} for check in checks],
            }
        )
    else:
        for check in checks:
            click.echo(f"{'ok     ' if check.ok else 'problem'}  {check.name}: {check.detail}")
    if problems:
        raise click.exceptions.Exit(REFUSED)


def _views(stores: Stores) -> Iterator[Check]:
    for place in positions(stores):
        stands = f"at {place.position} of {place.last_position}"
        yield Check(f"view {place.view}", ok=place.problem is None, detail=place.problem or stands)
    try:
        wrong, told = (
            observations_loaded.problem(casebook_on(stores)),
            "from the files of the releases that stand",
        )
    except NotReady as missing:
        wrong, told = str(missing), ""
    yield Check("observations", ok=wrong is None, detail=wrong or told)
    unfinished = [name for name, one in releases(stores.recorder).items() if one.flagged is None]
    detail = (
        f"flags are not all recorded: {', '.join(unfinished)}: run it again" if unfinished else "followed"
    )
    yield Check("releases", not unfinished, detail)
