"""Taking in published data: the national register, and the names of organisations."""

from __future__ import annotations

from datetime import date, datetime
from pathlib import Path

import click

from application.organisations import FIRST_DAY, import_organisations
from application.register import import_register, registers_that_know
from domain.practice.kinds import ContractorKind
from domain.register import SOURCES, Outcome
from web.commands.opening import as_person, opened
from web.commands.printing import many, progress
from web.commands.refusals import REFUSED
from web.commands.releases import import_observations
from web.commands.reporting import dry_run_option, mapping_option, report_option

KINDS = {
    "practice": ContractorKind.GENERAL_PRACTICE,
    "pharmacy": ContractorKind.PHARMACY,
    "ophthalmic": ContractorKind.OPHTHALMIC,
}
FILE = click.Path(exists=True, dir_okay=False, path_type=Path)


@click.group("import")
def import_command() -> None:
    """Take in published data. Taken in again, a file changes nothing."""


@import_command.command("register")
@click.argument("file", type=FILE)
@click.option(
    "--kind",
    type=click.Choice(sorted(KINDS)),
    default="practice",
    show_default=True,
    help="Whose register it is.",
)
@as_person
def register(file: Path, kind: str, email: str | None) -> None:
    """Take in an ODS register of contractors (27 columns, no heading; plain or gzip).

    It is that of GP practices (epraccur), of pharmacies (edispensary) or of opticians' sites (eoptsite). Active GP
    practices (setting 4), community pharmacies (sub-type 1, an F code) and sites (a T code) are registered, or their
    changed details recorded; one listed as closed (C) closes on the date in column 12, and one listed as active again
    reopens. Dormant, proposed and missing rows change nothing. A closure without a date is rejected: nobody can know
    it but the register.

    Prints how many rows came to what; a rejected line is named on stderr with the reason, and the exit status is 1: the
    other lines are taken in all the same. A file without a contractor of
    the kind that has those of another is refused, and it is said of which. A run that was killed is simply run again.
    """
    with opened(email) as casebook:
        casebook.may("ImportRegister")
        with progress("Taking in the register") as show:
            imported = import_register(casebook.casebook, file, casebook.asked, show, SOURCES[KINDS[kind]])
        casebook.catch_up()
    for line, reason in sorted(imported.rejected):
        click.echo(f"line {line}: {reason}", err=True)
    for outcome in Outcome:
        click.echo(f"{outcome} {imported.counts[outcome]}")
    if imported.rows and not imported.of_the_kind and (others := _another_register(file)):
        click.echo(
            f"Nothing in {file.name} is of --kind {kind}, so nothing was taken in: it looks like the file for {others}",
            err=True,
        )
        raise click.exceptions.Exit(REFUSED)
    _refused_if_any_was(imported.rows, len(imported.rejected))


def _refused_if_any_was(rows: int, rejected: int) -> None:
    if rejected:
        click.echo(_what_was_rejected(rejected, rows), err=True)
        raise click.exceptions.Exit(REFUSED)


def _what_was_rejected(rejected: int, rows: int) -> str:
    """A bad line never stops the rest. Whoever runs it unwatched is told all the same."""
    if rejected == rows:
        return "No row was taken in: every one was rejected"
    were = "was" if rejected == 1 else "were"
    return f"{many(rejected, 'row')} {were} rejected, and the others were taken in. Mend the file and import it again"


def _another_register(file: Path) -> str:
    """Which register a file may be in which nothing is of the kind that it was said to be."""
    known = {one.kind for one in registers_that_know(file)}
    return " or ".join(f"--kind {name}" for name, one in KINDS.items() if one in known)


@import_command.command("observations")
@click.argument("file", type=FILE)
@click.option("--release", "name", required=True, metavar="NAME", help="What the release is called: 2016Q1.")
@mapping_option
@dry_run_option
@report_option
@as_person
def observations(
    file: Path,
    name: str,
    mapping: Path | None,
    dry_run: bool,
    report: Path | None,
    email: str | None,
) -> None:
    """Take in published numbers of indicators as a release (CSV, plain or gzip), and let flags follow.

    The columns are practice, indicator, period, numerator and denominator, or value; or a mapping says what they are.
    A malformed file is refused whole, each mistake named by line and column. What is well formed and cannot be taken in
    is reported by kind, and the rest is published; --dry-run shows what would be. The same file again changes nothing, and finishes a run that was
    killed; another file under the same name is a restatement.
    """
    import_observations(file, name, mapping, email, report, dry_run=dry_run)


@import_command.command("organisations")
@click.argument("file", type=FILE)
@click.option(
    "--from",
    "from_on",
    type=click.DateTime(["%Y-%m-%d"]),
    default=datetime.combine(FIRST_DAY, datetime.min.time()),
    show_default="2013-04-01, when area teams and CCGs began",
    help="The day from which the names are in use, where the file does not say.",
)
@as_person
def organisations(file: Path, from_on: datetime, email: str | None) -> None:
    """Take in what organisations are called, and which came after which, from a CSV file with a heading.

    The heading is code,name,kind,label,part_of,from_on (part_of and from_on may be empty in a row), or that of the
    published lists of area teams or of CCGs. Where no name is known, pages show the code. After from_on there may be a
    column succeeds: the codes of the organisations that this one succeeds from that day, with spaces between.

    Prints how many rows gave a new name, were known already, or were rejected; a rejected line is named on stderr with
    the reason, and the exit status is 1: the other lines are taken in all the same.
    """
    day: date = from_on.date()
    with opened(email) as casebook:
        casebook.may("NameOrganisation")
        named = import_organisations(casebook.casebook, file, casebook.asked, day)
        casebook.catch_up()
    for line, reason in sorted(named.rejected):
        click.echo(f"line {line}: {reason}", err=True)
    for what in ("named", "unchanged", "rejected"):
        click.echo(f"{what} {named.counts[what]}")
    _refused_if_any_was(sum(named.counts.values()), len(named.rejected))
