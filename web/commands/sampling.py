"""A sample for an auditor, by a seed that nobody chose."""

from __future__ import annotations

from datetime import datetime

import click

from application.sampling import MOST, OF, Sample, draw, note, requested, seed_of
from web.commands.opening import as_person, opened
from web.commands.printing import print_json
from web.commands.purposes import for_purpose, noted


@click.command("sample")
@click.option("--size", required=True, type=click.IntRange(1, MOST), help=f"How many, up to {MOST}.")
@click.option("--of", "of", type=click.Choice(list(OF)), default="decisions", help="What to draw from.")
@click.option(
    "--on",
    "day",
    type=click.DateTime(["%Y-%m-%d"]),
    help="As on that day: 2026-11-20. Without it as of today.",
)
@click.option("--json", "as_json", is_flag=True, help="As JSON.")
@for_purpose
@as_person
def sample_command(
    size: int, of: str, day: datetime | None, as_json: bool, purpose: str | None, email: str | None
) -> None:
    """Draw a sample, the same for everybody who asks by the same day. A smaller one is the beginning of a larger."""
    with opened(email) as found:
        found.may("ReadSample")
        casebook, today = found.casebook, found.asked.on
        wanted = requested(of, str(size), (day.date() if day else today).isoformat(), today)
        looked = noted(found, purpose)
        sample = draw(casebook.recorder, wanted, seed_of(casebook.recorder, wanted.day))
        note(casebook, found.asked, wanted, len(sample.items), **looked)
    if as_json:
        print_json(_told(sample, of))
        return
    seed = sample.seed
    click.echo(f"seed {seed.sha256}, of {seed.facts:,} facts recorded by the end of {seed.upto}")
    click.echo(f"{len(sample.items)} of {sample.of:,} {of}")
    for number, item in enumerate(sample.items, start=1):
        click.echo(f"{number:>5}  {item}")


def _told(sample: Sample, of: str) -> dict[str, object]:
    seed = sample.seed
    return {
        "seed": seed.sha256,
        "facts": seed.facts,
        "position": seed.position,
        "recorded_by": seed.upto,
        "of": of,
        "among": sample.of,
        "items": list(sample.items),
    }
