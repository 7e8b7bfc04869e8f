"""Pages of releases: every one, newest first, and what was recorded of one. They are changed from the command line."""

from __future__ import annotations

from typing import Any, NamedTuple

from flask import Blueprint, abort, render_template, request
from flask.typing import ResponseReturnValue

from application.releases.found import KINDS
from application.releases.standing import releases
from domain.releases.events import ReleaseFlagged, ReleasePublished
from domain.releases.releases import WITHDRAWN, Release
from domain.rules import Recorded
from web.indicators.released import Edition, editions, found_table, not_flagged_table
from web.names import people_names
from web.service import catch_up, current_asked, may, refuse, service

blueprint = Blueprint("releases", __name__, url_prefix="/releases")

STATES = {
    "published": "Published",
    "restated": "Published again",
    "withdrawn": "Withdrawn",
}
SAID = {
    "release.published": "Published",
    "release.flagged": "Flags were recorded on practices",
    "release.restated": "Published again from another file",
    "release.withdrawn": "Withdrawn",
}


CHANGES = ("raised", "cleared", "withdrawn", "kept", "by_hand")
CALLED = {
    "raised": "raised",
    "cleared": "cleared",
    "withdrawn": "withdrawn",
    "kept": "left as they were",
    "by_hand": "raised by hand before",
}


class Line(NamedTuple):
    """A fact of a release, as its page tells it."""

    entry: Recorded
    what: str
    edition: int
    reason: str | None
    flags: str


@blueprint.get("")
def every() -> ResponseReturnValue:
    _may_read()
    published = [one for one in releases(service.casebook.recorder).items() if one[1].after]
    found = sorted(published, key=lambda one: one[1].changed.position if one[1].changed else 0, reverse=True)
    return render_template("releases/every.html", releases=found, states=STATES, in_words=flags_in_words)


@blueprint.get("/<name>")
def one(name: str) -> ResponseReturnValue:
    """A release: what each of its editions found, what was read, and who recorded what and why."""
    _may_read()
    history = service.casebook.history(f"release-{name}")
    release: Release = service.casebook.aggregate("release", name)
    if not release.after:  # received, perhaps, and not published
        abort(404)
    catch_up()
    known = service.casebook.key_set()
    every_edition = editions(history)
    edition = _edition(every_edition)
    stands = release.stands and edition is every_edition[0]
    return render_template(
        "releases/one.html",
        name=name,
        release=release,
        state=STATES[release.after],
        withdrawn=release.after == WITHDRAWN,
        edition=edition,
        latest=edition is every_edition[0],
        editions=every_edition,
        found=found_table(current_asked(), name, edition, known, stands=stands),
        not_flagged=not_flagged_table(edition, known),
        lines=[_line(entry) for entry in history if _is_told(entry.fact)],
        called=people_names({entry.person for entry in history}),
        kinds=KINDS,
        lists_flags=may("ReadPractice"),
    )


def _edition(every_edition: list[Edition]) -> Edition:
    """The edition that is asked for, or else the latest. One that there is not is no page."""
    typed = request.args.get("edition", "")
    if not typed:
        return every_edition[0]
    return next((one for one in every_edition if str(one.number) == typed), None) or abort(404)


def _may_read() -> None:
    if not may("ReadReleases"):
        refuse("ReadReleases")


def _is_told(fact: Any) -> bool:
    """That a file was received and read is told with its publication; a later edition's, with the restatement."""
    return fact.NAME in SAID and not (isinstance(fact, ReleasePublished) and fact.edition > 1)


def _line(entry: Recorded) -> Line:
    fact: Any = entry.fact
    reason = getattr(fact, "reason", None)
    flags = flags_in_words(fact) if isinstance(fact, ReleaseFlagged) else ""
    return Line(entry, SAID[fact.NAME], fact.edition, reason.words if reason else None, flags)


def flags_in_words(fact: ReleaseFlagged) -> str:
    """36 raised, 4 cleared."""
    told = [f"{number:,} {CALLED[what]}" for what in CHANGES if (number := getattr(fact, what))]
    return ", ".join(told) or "none changed"
