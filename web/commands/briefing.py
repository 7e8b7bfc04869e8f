"""A brief of a practice: one page of sentences, each with its facts."""

from __future__ import annotations

from pathlib import Path

import click

from application.notice_pdf import NotDrawn, installed
from domain.practice.moment import NOW, Moment
from web.brief.files import html_of, pdf_of
from web.brief.making import make, note_restricted
from web.brief.presenters import FACTS, Shown, shown
from web.commands.moments import past_or_refuse, went_back, with_clocks
from web.commands.opening import as_person, opened
from web.commands.purposes import for_purpose, noted
from web.commands.refusals import Refused
from web.commands.showing import may_read_or_refuse


@click.command("brief")
@click.argument("code", metavar="CODE")
@with_clocks
@click.option("--html", "html", type=click.Path(dir_okay=False, path_type=Path), help="Write it as HTML.")
@click.option("--pdf", "pdf", type=click.Path(dir_okay=False, path_type=Path), help="Write it as PDF.")
@for_purpose
@as_person
def brief_command(
    code: str,
    moment: Moment,
    html: Path | None,
    pdf: Path | None,
    purpose: str | None,
    email: str | None,
) -> None:
    """Tell a practice on one page, as at now or at a moment of the past. The same moment gives the same bytes."""
    code = code.strip().upper()
    if pdf is not None and not installed():
        raise Refused("PDF is not installed here: pip install 'casebook[pdf]'")
    with opened(email) as found:
        past_or_refuse(found, moment)
        now = Moment(found.casebook.recorder.last_position(), found.asked.on)
        looked = noted(found, purpose, now if moment == NOW else moment)
        may_read_or_refuse(found, code, "ReadPractice", "Brief", **looked)
        then = went_back(found, moment)
        casebook, asked = then.casebook, then.asked
        practice = casebook.seen(code, asked)
        if not practice.registered:
            raise Refused(f"Nothing was recorded of {code} by then")
        brief = make(casebook, practice, asked.on, casebook.recorder.last_position())
        note_restricted(casebook, practice, asked, brief)
        if html is not None or pdf is not None:
            casebook.log_access(asked, "exported", "Brief", subject=f"practice-{code}", **looked)
        base = found.settings.base_url or ""
    if html is not None:
        html.write_bytes(html_of(brief, base))
    if pdf is not None:
        try:
            pdf.write_bytes(pdf_of(brief))
        except NotDrawn:
            raise Refused(
                "This brief has characters that the fonts for PDF do not have: ask for HTML"
            ) from None
    if html is None and pdf is None:
        _print(shown(brief, base, pinned=True))


def _print(brief: Shown) -> None:
    click.echo(f"{brief.title}\n{brief.asat}")
    for part in brief.parts:
        click.echo(f"\n{part.heading}")
        for one in part.said:
            click.echo(f"  {one.words} [{', '.join(map(str, one.notes))}]")
        if part.more:
            click.echo(f"  {part.more}.")
    click.echo(f"\n{FACTS}")
    for note in brief.notes:
        click.echo(f"  {note.number:>2}  {note.entry}, {note.rest}")
    click.echo(f"\n{brief.digest}")
