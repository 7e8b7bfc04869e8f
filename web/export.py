"""Any list as a file for a spreadsheet: the rows of the screen, in its order, all of its pages.

The file is UTF-8 and begins with the mark that says so, because Excel takes a file without it for another alphabet and
spoils every name that is not plain English; whatever else reads CSV knows the mark and leaves it out. Its first line
says what it is, as at when, and for whom it was made, unless it is to be given out; the second has the names of the columns.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date, datetime
from enum import Enum

from flask import Response, g, render_template, request, stream_with_context
from flask.typing import ResponseReturnValue

from domain.rules import LONDON
from web.names import organisation_names, person_name
from web.purposes.stating import of_export
from web.service import current_asked, now, service, today
from web.words import label, plural

MOST = 100_000
"""Rows of a file: a spreadsheet takes a million, and nobody reads as many as this."""

MARK = "\ufeff"

_UNSEEN = r"\u00ad\u061c\u180e\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufeff"
_FORMULA = re.compile(rf"\A(?:[\t\r\n]|[\s\"'`“”‘’{_UNSEEN}]*[=+\-@＝＋－＠])")
"""How a text begins that a spreadsheet would take for a formula, also after quotation marks, spaces, and what only steers
other characters and is not seen."""

Cell = str | int | float | bool | date | datetime | Enum | None


def export(
    name: str,
    of: str,
    columns: Sequence[str],
    rows: Iterable[Sequence[Cell]],
    count: int,
    *,
    subject: str | None = None,
    given_out: Mapping[str, str] | None = None,
) -> ResponseReturnValue:
    """The list as a file. That it was taken out, and how many rows, is noted before the first of them leaves.

    `name` is the list's, as the access log has it; `of` says what it is; `subject` what it is about, if one thing.
    `given_out` is what a file was narrowed by that goes to people outside: it does not say for whom it was made, and has no
    words of its address but these. Who took it out is in the access log all the same.
    """
    if count > MOST:
        return too_long(), 422
    service.casebook.log_access(
        current_asked(), "exported", name, subject=subject, number=count, **of_export()
    )
    whom = f", for {_whom()}" if given_out is None else ""
    narrowed = _filters(request.args if given_out is None else given_out)
    first = (f"{of} as at {_when(now())}{whom}: {plural(count, 'row')}{narrowed}",)
    text = _text(first, columns, rows)
    response = Response(stream_with_context(text), mimetype="text/csv")
    stem = re.sub(r"[^a-z0-9]+", "-", of.lower()).strip("-")
    response.headers["Content-Disposition"] = f'attachment; filename="{stem}-{today().isoformat()}.csv"'
    return response


def too_long(most: int = MOST) -> str:
    return render_template(
        "errors/error.html",
        heading="This list is too long for one file",
        advice=f"A file has {most:,} rows at most. Go back, filter the list, and take out each part.",
    )


def cell(value: Cell) -> str:
    """A value as a spreadsheet should read it: days as 2026-11-21, and no text as a formula."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, Enum):
        return label(value)
    if isinstance(value, datetime):
        return _when(value)
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, int | float):
        return str(value)
    return f"'{value}" if _FORMULA.match(value) else value


def _text(first: Sequence[Cell], columns: Sequence[Cell], rows: Iterable[Sequence[Cell]]) -> Iterator[str]:
    """The lines, some at a time: the whole is never in memory."""
    held = io.StringIO()
    held.write(MARK)
    write = csv.writer(held, lineterminator="\r\n").writerow
    write([cell(one) for one in first])
    write([cell(one) for one in columns])
    for row in rows:
        write([cell(one) for one in row])
        if held.tell() > 32_768:
            yield held.getvalue()
            held.seek(0)
            held.truncate()
    yield held.getvalue()


def _when(at: datetime) -> str:
    return at.astimezone(LONDON).isoformat(timespec="seconds")


def _whom() -> str:
    asked = current_asked()
    organisation = organisation_names([asked.organisation], asked.on).get(asked.organisation or "", "")
    return ", ".join(
        filter(None, [person_name(g.person_id), label(asked.role, "Role").lower(), organisation])
    )


def _filters(asked: Mapping[str, str]) -> str:
    """What the list was narrowed by, as its address says it."""
    given = [
        f"{name} {value}"
        for name, value in asked.items()
        if value and name not in {"page", "before", "after"}
    ]
    return f"; {', '.join(given)[:500]}" if given else ""
