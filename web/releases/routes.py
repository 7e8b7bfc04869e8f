"""Pages of releases: every one, newest first, and what was recorded of one. They are changed from the command line."""

from __future__ import annotations

from typing import Any, NamedTuple

from flask import Blueprint, abort, render_template
from flask.typing import ResponseReturnValue

from application.releases.reading import KINDS
from application.releases.standing import releases
from domain.releases.releases import WITHDRAWN, Release
from domain.rules import Recorded
from web.names import people_names
from web.service import may, refuse, service

blueprint = Blueprint("releases", __name__, url_prefix="/releases")

STATES = {
    "published": "Published",
    "restated": "Published again",
    "withdrawn": "Withdrawn",
}
SAID = {
    "release.received": "Its file was received",
    "release.validated": "The file was read through",
    "release.published": "Published",
    "release.flagged": "Flags were recorded on practices",
    "release.restated": "Published again from another file",
    "release.withdrawn": "Withdrawn",
}


class Line(NamedTuple):
    """A fact of a release, as its page tells it."""

    entry: Recorded
    what: str
    edition: int
    reason: str | None


@blueprint.get("")
def every() -> ResponseReturnValue:
    _may_read()
    found = sorted(
        releases(service.casebook.recorder).items(),
        key=lambda one: one[1].changed.position if one[1].changed else 0,
        reverse=True,
    )
    return render_template("releases/every.html", releases=found, states=STATES)


@blueprint.get("/<name>")
def one(name: str) -> ResponseReturnValue:
    _may_read()
    history = service.casebook.history(f"release-{name}")
    release: Release = service.casebook.aggregate("release", name)
    if not release.known:
        abort(404)
    lines = [_line(entry) for entry in history]
    return render_template(
        "releases/one.html",
        name=name,
        release=release,
        state=STATES[release.after],
        withdrawn=release.after == WITHDRAWN,
        lines=lines,
        called=people_names({entry.person for entry in history}),
        kinds=KINDS,
        key_set=service.casebook.key_set(),
    )


def _may_read() -> None:
    if not may("ReadReleases"):
        refuse("ReadReleases")


def _line(entry: Recorded) -> Line:
    fact: Any = entry.fact
    reason = getattr(fact, "reason", None)
    return Line(entry, SAID[fact.NAME], fact.edition, reason.words if reason else None)
