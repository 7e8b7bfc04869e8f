"""Where somebody looks back, or takes something out, they are asked for which purpose: once for what is left of the day.

They are asked and never stopped: who is held up types anything. That they stated none is in the access log as well.
"""

from __future__ import annotations

from datetime import datetime, time
from typing import Any, NamedTuple

from flask import Flask, g, request, url_for

from application.purposes import stated_since
from domain.access.purposes import called
from domain.rules import LONDON
from web.past.address import CLOCKS, LooksAt, WrongClock, read
from web.purposes.noted import as_noted
from web.service import present

REPLAYS = frozenset(
    {
        "brief.page",
        "brief.as_html",
        "brief.as_pdf",
        "decisions.decision",
        "replay.step",
        "replay.compared",
        "caseload_compared.page",
        "caseload_compared.file",
        "sample.page",
    }
)
"""What looks back whatever the clocks of its address say."""


class Strip(NamedTuple):
    """What stands at the head of a page that looks back: the purpose as stated, and where one is stated."""

    called: str
    href: str


def set_up_purposes(app: Flask) -> None:
    @app.context_processor
    def asked() -> dict[str, Any]:
        if not looks_back():
            return {"looking_back": None}
        stated = stated_today()
        here = request.full_path.rstrip("?")
        return {"looking_back": Strip(called(stated) if stated else "", url_for("purposes.state", next=here))}


def looks_back() -> bool:
    """Whether what is asked for is the past, or a replay of it."""
    if g.get("person_id") is None or request.method != "GET":
        return False
    return request.endpoint in REPLAYS or any(request.args.get(name) for name in CLOCKS)


def stated_today() -> str | None:
    """The purpose that this person stated last today, whether they signed in anew since or not."""
    if g.get("person_id") is None:
        return None
    if "purpose_stated" not in g:
        casebook = present().casebook
        midnight = datetime.combine(casebook.day_of(None), time(), LONDON)
        g.purpose_stated = stated_since(casebook.stores.record_engine, g.person_id, midnight)
    found: str | None = g.purpose_stated
    return found


def note_moment(words: str) -> None:
    """What a page shows that says so itself: of which step, which days, or at which moment, where no clock is set."""
    g.moment_noted = words


def moment_noted() -> str | None:
    """Where the clocks of a page stand, as the access log has it; "" for a replay of all there is; None for neither."""
    if not looks_back():
        return None
    of_page: str = g.get("moment_noted", "")
    return " ".join(filter(None, (_clocks_noted(), of_page)))


def _clocks_noted() -> str:
    try:
        wanted = read(request.args)
    except WrongClock:
        wanted = LooksAt()
    return as_noted(wanted)


def of_export() -> dict[str, Any]:
    """What the line of a file that is taken out says: the purpose where one was stated today, looking back or not."""
    return {"purpose": stated_today(), "moment": moment_noted()}


def purpose_noted() -> dict[str, Any]:
    """What a line of the access log says beside what was read."""
    moment = moment_noted()
    return {"purpose": stated_today(), "moment": moment} if moment is not None else {}
