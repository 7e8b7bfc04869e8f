"""A brief as a file: HTML that stands alone, or PDF. The same brief gives the same bytes."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from application.brief import Brief
from application.notice_pdf import drawn
from web.brief.presenters import FACTS, shown


def html_of(brief: Brief, base: str) -> bytes:
    """A page that needs nothing else, with whole addresses of its facts where it is known who serves them."""
    template = _templates().get_template("brief/file.html")
    return template.render(brief=shown(brief, base, pinned=True), facts=FACTS).encode()


def pdf_of(brief: Brief) -> bytes:
    """Only where `application.notice_pdf.installed` says so. Raises NotDrawn."""
    made = shown(brief, pinned=True)
    words = {
        "title": made.title,
        "asat": made.asat,
        "facts": FACTS,
        "digest": made.digest,
        "parts": [
            {
                "heading": part.heading,
                "sentences": [
                    {"words": one.words, "notes": ", ".join(map(str, one.notes))} for one in part.said
                ],
                "more": f"{part.more}." if part.more else "",
            }
            for part in made.parts
        ],
        "notes": [f"{note.number}  {note.entry}, {note.rest}" for note in made.notes],
    }
    return drawn("brief.typ", "brief", words)


@cache
def _templates() -> Environment:
    """The same templates as the pages', for the command line too, which serves none."""
    folder = Path(__file__).parents[1] / "templates"
    return Environment(
        loader=FileSystemLoader(folder),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
