"""Two instants of one practice: what was added between them, what changed, and what was withdrawn or corrected."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, NamedTuple, TypeVar
from urllib.parse import urlencode

from flask import redirect, render_template, request
from flask.typing import ResponseReturnValue

from application.comparing import Compared, compared
from domain.practice import events as e
from domain.practice.moment import NOW, Moment
from domain.rules import Fact, Recorded
from web.practices.entries import Amended
from web.practices.links import practice_link
from web.practices.reading import Looked, look_up, note_reading
from web.purposes.noted import moments_noted
from web.purposes.stating import note_moment
from web.replay.lines import counted, lines
from web.replay.moments import NoMoment, read_moment, said
from web.replay.step import SAME, blueprint, whole
from web.service import present, service

T = TypeVar("T")

PAGE = 25
"""Lines, and entries, on one page."""

CALLED = {"from": "The first moment", "to": "The second moment"}
EXAMPLES = "a date such as 2026-05-03, a time with its zone such as 2026-05-03T16:00:00Z, or a position of the record such as 1234"


class Corrected(NamedTuple):
    """An entry of the first moment that was corrected or withdrawn by the second: what it is called, and each amendment."""

    title: str
    version: int
    withdrawn: bool
    amended: list[Amended]


class Asked(NamedTuple):
    """The two moments as typed and as read; without both, the page asks for them."""

    typed: dict[str, str]
    read: dict[str, Moment]
    mistakes: dict[str, str]

    @property
    def both(self) -> tuple[Moment, Moment] | None:
        return (self.read["from"], self.read["to"]) if not self.mistakes and len(self.read) == 2 else None


@blueprint.get("/practices/<code>/compared", endpoint="compared")
def page(code: str) -> ResponseReturnValue:
    """`from` and `to` say which; without `to`, with the present."""
    looked = look_up(code, "ReadRecord")
    if code != looked.practice.code:
        return redirect(f"{practice_link(looked.practice.code)}/compared", 301)
    asked = _asked()
    assert looked.practice.details is not None
    heading = {"name": looked.practice.details.name.words, "code": looked.practice.code}
    about: dict[str, Any] = {"heading": heading, "asked": asked, "examples": EXAMPLES, "found": None}
    if asked.both is None:
        return render_template("replay/compared.html", **about), 400 if asked.mistakes else 200
    found = compared(service.casebook, looked.practice.code, looked.asked, *asked.both)
    if found.backwards:
        asked.mistakes["to"] = "The second moment must not be before the first"
        return render_template("replay/compared.html", **about), 400
    if not found.later.practice.registered:
        asked.mistakes["to"] = "Nothing was recorded of this practice by the second moment"
        return render_template("replay/compared.html", **about), 400
    note_moment(moments_noted(*asked.both))
    told = render_template("replay/compared.html", **(about | {"found": _told(looked, asked, found)}))
    note_reading(looked.practice, looked.asked, looked.teller.telling)
    return told


def _told(looked: Looked, asked: Asked, found: Compared) -> dict[str, Any]:
    (before, before_on), (after, after_on) = found.earlier, found.later
    stood = lines(before, before_on, after, after_on, looked.names)
    same = [line for line in stood if not line.how]
    changed = [line for line in stood if line.how]
    line_page, lines_last = _number("lines", changed)
    number, last = _number("page", found.added)
    return {
        "first": said(asked.typed["from"], asked.read["from"]),
        "second": said(asked.typed["to"], asked.read["to"]) if asked.typed["to"] else "now",
        "counted": counted(stood),
        "changed": _of_page(changed, line_page),
        "lines_previous": _page(looked, asked, "lines", line_page - 1, lines_last),
        "lines_next": _page(looked, asked, "lines", line_page + 1, lines_last),
        "same": same[:SAME],
        "more_same": max(0, len(same) - SAME),
        "amended": _corrected(looked, found.amended),
        "total": len(found.added),
        "withdrawn": _versions(found, e.FactWithdrawn),
        "corrected": _versions(found, e.FactCorrected),
        "added": [looked.teller.as_recorded(one) for one in _of_page(found.added, number)],
        "previous": _page(looked, asked, "page", number - 1, last),
        "next": _page(looked, asked, "page", number + 1, last),
    }


def _versions(found: Compared, kind: type[Fact]) -> set[int]:
    """The entries of which the second moment knows that they were withdrawn, or corrected."""
    return {one.corrects or 0 for one in found.later.practice.history if isinstance(one.fact, kind)}


def _corrected(looked: Looked, amended: list[Recorded]) -> list[Corrected]:
    """By the entry that they amend, in the order in which that was first done."""
    by_entry: dict[int, set[int]] = {}
    for one in amended:
        by_entry.setdefault(one.corrects or 0, set()).add(one.version)
    found = []
    for version, amending in by_entry.items():
        recorded = looked.practice.recorded(version)
        if recorded is None:
            continue
        entry = looked.teller.entry(recorded)
        told = [one for one in entry.amended if one.version in amending]
        title = looked.teller.as_recorded(recorded).told.title
        found.append(Corrected(title, version, any(one.withdrawn for one in told), told))
    return found


def _number(name: str, among: Sequence[object]) -> tuple[int, int]:
    """Which page of a list is asked for, and how many there are."""
    last = max(1, -(-len(among) // PAGE))
    return min(max(whole(request.args.get(name)) or 1, 1), last), last


def _of_page(among: list[T], number: int) -> list[T]:
    return among[(number - 1) * PAGE : number * PAGE]


def _page(looked: Looked, asked: Asked, name: str, number: int, last: int) -> dict[str, str] | None:
    """The same two moments, another page of one of their lists."""
    if not 1 <= number <= last:
        return None
    question = urlencode({**asked.typed, name: number})
    place = "added" if name == "page" else "stood"
    return {
        "href": f"{practice_link(looked.practice.code)}/compared?{question}#{place}",
        "text": f"{number} of {last}",
    }


def _asked() -> Asked:
    typed = {name: request.args.get(name, "").strip()[:40] for name in CALLED}
    read, mistakes = {}, {}
    if not any(typed.values()):
        return Asked(typed, {}, {})
    for name, words in typed.items():
        if not words and name == "to":
            read[name] = NOW
            continue
        try:
            read[name] = read_moment(words, present().casebook)
        except NoMoment as wrong:
            mistakes[name] = f"{CALLED[name]} {wrong}"
    return Asked(typed, read, mistakes)


__all__ = ["blueprint"]
