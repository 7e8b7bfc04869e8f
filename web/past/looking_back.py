"""Where an address sets a clock, the page is made of what was known then: its casebook and its views are those of that
moment, and no page knows of it.
"""

from __future__ import annotations

from datetime import date, datetime
from typing import NamedTuple

from flask import Flask, Response, current_app, g, render_template, request
from flask.typing import ResponseReturnValue

from application.past import NotTheirScreen, go_back
from domain.access.permissions import may_read
from domain.practice.moment import NOW, Moment
from domain.rules import Asked
from projections.past import ViewsThen
from web.past.address import CLOCKS, THROUGH, LooksAt, WrongClock, past_or_wrong, read
from web.past.carrying import carried_on, led_on
from web.past.clocks import drawn, practice_of_page, refused, this_page
from web.past.keeping import QUICKLY, Keeping
from web.past.pages import LOOKED_BACK, TODAY_ONLY, Needs
from web.security import CONTENT_SECURITY_POLICY
from web.service import Service, current_asked, present, service


class Past(NamedTuple):
    """What a page of the past says of itself: what was asked for, the last position of what was recorded by then, that
    instant and the day, and whose screen it is.
    """

    asked_for: LooksAt
    position: int
    recorded_at: datetime
    day: date

    @property
    def through(self) -> str:
        return self.asked_for.through


def set_up_past(app: Flask) -> None:
    app.extensions["past"] = Keeping()

    @app.before_request
    def look_back() -> ResponseReturnValue | None:
        sets = request.blueprint == "clocks"  # where they are set, an address only says to what
        if sets or g.get("person_id") is None or not any(name in request.args for name in CLOCKS):
            return None
        try:
            wanted = read(request.args)
            if not wanted:
                return None
            if request.method != "GET" or request.endpoint not in LOOKED_BACK:
                why = TODAY_ONLY.get(request.endpoint or "", "Nothing can be recorded in the past.")
                return render_template("past/only_today.html", page=this_page(), why=why), 404
            return _go_back(wanted, LOOKED_BACK[request.endpoint])
        except WrongClock as wrong:
            return refused(wrong, this_page()), 400

    app.context_processor(drawn)

    @app.after_request
    def stay_there(response: Response) -> Response:
        past: Past | None = g.get("past")
        if past is not None and response.location:
            response.location = led_on(response.location, past.asked_for)
        if past is not None and response.mimetype == "text/html" and not response.direct_passthrough:
            response.headers["Content-Security-Policy"] = f"{CONTENT_SECURITY_POLICY}; script-src 'self'"
            response.set_data(carried_on(response.get_data(as_text=True), past.asked_for))
        return response


def asked_moment() -> Moment:
    """The moment that the address asks for, as it was understood; NOW where it asks for none."""
    past: Past | None = g.get("past")
    return past.asked_for.moment if past else NOW


def looks() -> Asked:
    """Who looks: not through whose eyes, and as of today."""
    found: Asked = g.get("looks") or current_asked()
    return found


def _go_back(wanted: LooksAt, needs: Needs) -> ResponseReturnValue | None:
    today, code = present(), practice_of_page()
    if code and not _is_theirs(code):
        return None  # of today as of then there is no such page, and that it was asked for is noted
    try:
        moment = past_or_wrong(today.casebook, wanted.moment)
        back = go_back(today.casebook, current_asked(), moment, wanted.through, code)
    except NotTheirScreen:
        problem = "must be an organisation that answered for the practice of the page then"
        raise WrongClock(THROUGH, problem) from None
    if Needs.EVERY in needs:
        views = keeping().views(back.casebook)
        if back.upto > QUICKLY and not views.made:
            return going_back(views, back.upto)
    else:
        views = ViewsThen(back.casebook, [code] if code else [])
    g.looks, g.asked, g.now = current_asked(), back.asked, back.casebook.clock()
    g.past = Past(wanted, back.upto, back.recorded_at, back.day)
    g.service_then = Service(back.casebook, views, today.settings, today.demonstration)
    if Needs.NUMBERS in needs:
        views.with_numbers()
    return None


def _is_theirs(code: str) -> bool:
    practice = service.casebook.seen(code, current_asked())
    return practice.registered and may_read(current_asked(), practice)


def keeping() -> Keeping:
    found: Keeping = current_app.extensions["past"]
    return found


def going_back(views: ViewsThen, upto: int) -> ResponseReturnValue:
    """How far it is, until every practice is as it was: the page asks again by itself."""
    done = min(99, 100 * views.walked // upto)
    return render_template("past/going_back.html", done=done, page=request.full_path), 202, {"Refresh": "3"}
