"""A brief as a page and its files show it."""

from __future__ import annotations

from typing import NamedTuple

from application.brief import Brief, Note
from domain.practice.moment import Moment
from web.past.address import at
from web.practices.links import entry_link, practice_link
from web.practices.told import happened_on
from web.words import day, moment, plural


class Said(NamedTuple):
    words: str
    notes: tuple[int, ...]


class Told(NamedTuple):
    heading: str
    said: tuple[Said, ...]
    more: str
    more_href: str


class Footnote(NamedTuple):
    number: int
    entry: str
    href: str
    rest: str


class Shown(NamedTuple):
    title: str
    asat: str
    parts: tuple[Told, ...]
    notes: tuple[Footnote, ...]
    digest: str
    href: str
    """The address of the same brief, whenever it is asked for."""


FACTS = "Facts"


def shown(brief: Brief, base: str = "", *, pinned: bool) -> Shown:
    """`pinned` for who has no page around it: each address is then whole, and of the same moment."""
    then = Moment(brief.position, brief.on)

    def link(path: str) -> str:
        return f"{base}{at(path, then)}" if pinned else path

    return Shown(
        f"{brief.name}, {brief.code}",
        _as_at(brief),
        tuple(
            Told(
                part.heading,
                tuple(Said(one.words, brief.numbers(one)) for one in part.sentences),
                f"And {plural(part.more, 'more', 'more')}" if part.more else "",
                link(f"{practice_link(brief.code)}{f'?kind={part.kind}' if part.kind else ''}"),
            )
            for part in brief.parts
        ),
        tuple(_footnote(brief, one, link(entry_link(brief.code, one.fact.version))) for one in brief.notes),
        f"SHA-256 of these words with their facts: {brief.digest}",
        f"{base}{at(f'{practice_link(brief.code)}/brief', then)}",
    )


def _as_at(brief: Brief) -> str:
    recorded = brief.recorded_at
    when = f", {moment(recorded)}" if recorded else ""
    return f"Brief as at {day(brief.on)}, by what the record held up to position {brief.position:,}{when}."


def _footnote(brief: Brief, note: Note, href: str) -> Footnote:
    fact = note.fact
    happened = happened_on(fact.fact)
    late = f"of {day(happened)}, " if happened != fact.recorded_on else ""
    rest = f"{late}recorded {day(fact.recorded_on)} by {note.by}"
    return Footnote(note.number, f"{brief.code}/{fact.version}", href, rest)
