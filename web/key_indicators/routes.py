"""Pages of the key indicator set: the list by domain, one indicator, and its forms."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from flask import Blueprint, abort, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from application.outcomes import Outcome
from domain.access.permissions import scope_of
from domain.indicators.events import IndicatorDefined
from domain.indicators.indicators import Indicator
from domain.rules import Command, Recorded, RuleBroken
from projections import flagged
from web.forms.drawing import Drawing
from web.forms.form import Form, Typed
from web.forms.meanwhile import Meanwhile, values_of
from web.forms.sending import Asking, respond
from web.key_indicators import shown
from web.key_indicators.forms import ANEW, DEFINE, RETIRE
from web.names import people_names
from web.notices import notify
from web.service import catch_up, current_asked, may, refuse, service, today

blueprint = Blueprint("key_indicators", __name__, url_prefix="/key-indicators")


@blueprint.get("")
def every() -> ResponseReturnValue:
    _may("ReadIndicators")
    known = service.casebook.key_set()
    return render_template(
        "key_indicators/every.html",
        domains=shown.by_domain(known, today()),
        others=shown.not_now(known, today()),
        defines=may("DefineIndicator"),
        flags=_open_flags(),
        reads=may("ReadPractice"),
        reads_releases=may("ReadReleases"),
    )


def _open_flags() -> dict[str, int]:
    """By indicator, how many flags are open on practices that this person may read: also on those that refine it."""
    if not may("ReadPractice"):
        return {}
    catch_up()
    asked = current_asked()
    with service.views.reading() as reading:
        own = flagged.open_by_indicator(reading, scope_of(asked), asked.on)
    found = Counter(own)
    for code, indicator in service.casebook.key_set().items():
        if indicator.latest and indicator.latest.part_of:
            found[indicator.latest.part_of] += own.get(code, 0)
    return found


@blueprint.get("/<code>")
def one(code: str) -> ResponseReturnValue:
    _may("ReadIndicators")
    code, indicator = _indicator(code)
    catch_up()
    called = people_names({entry.person for entry in (*indicator.defined, *indicator.retired)})
    now = indicator.on(today()) or indicator.latest
    assert now is not None
    known = service.casebook.key_set()
    return render_template(
        "key_indicators/one.html",
        now=now,
        valid=indicator.on(today()) is not None,
        said=shown.said(now),
        finer=[found for found in known.on(today()).values() if found.part_of == code],
        versions=shown.versions(indicator, called),
        endings=shown.endings(indicator, called),
        flags=_open_flags(),
        reads=may("ReadPractice"),
        defines=may("DefineIndicator"),
        retires=may("RetireIndicator") and indicator.latest == now and now.valid_to is None,
    )


@blueprint.route("/define-indicator", methods=["GET", "POST"])
def define() -> ResponseReturnValue:
    _may("DefineIndicator")
    return respond(
        Asking(
            form=DEFINE,
            drawing=Drawing(asked=current_asked()),
            about="indicator-new",
            version=0,
            begins=True,
            code=_new_code,
            landed=_landed,
            context={"back": {"href": url_for("key_indicators.every"), "text": "Key indicators"}},
        )
    )


@blueprint.route("/<code>/define-anew", methods=["GET", "POST"])
def define_anew(code: str) -> ResponseReturnValue:
    return _about(code, ANEW)


@blueprint.route("/<code>/retire", methods=["GET", "POST"])
def retire(code: str) -> ResponseReturnValue:
    return _about(code, RETIRE)


def _about(code: str, form: Form) -> ResponseReturnValue:
    _may(form.name)
    code, indicator = _indicator(code)
    assert indicator.latest is not None
    drawing = Drawing(asked=current_asked(), given={"code": code}, indicators={code: indicator.latest})

    def stood(version: int) -> Typed:
        upto = [one for one in indicator.defined if one.version <= version]
        return form.first(replace(drawing, indicators={code: indicator.versions[len(upto) - 1]}))

    return respond(
        Asking(
            form=form,
            drawing=drawing,
            stood=stood,
            about=f"indicator-{code}",
            version=max(entry.version for entry in (*indicator.defined, *indicator.retired)),
            landed=_landed,
            meanwhile=_meanwhile,
            context={"back": {"href": url_for("key_indicators.one", code=code), "text": "The indicator"}},
        )
    )


def _landed(command: Command, outcome: Outcome) -> ResponseReturnValue:
    given: Any = command
    if not outcome.recorded:
        notify("Nothing was changed, so nothing was recorded", success=False)
    elif isinstance(fact := outcome.recorded[0].fact, IndicatorDefined):
        notify(f"Version {fact.version} of {fact.name} is recorded")
    else:
        notify(f"{given.code} is retired")
    return redirect(url_for("key_indicators.one", code=given.code), 303)


def _meanwhile(facts: Sequence[Recorded]) -> list[Meanwhile]:
    called = people_names({entry.person for entry in facts})
    return [
        Meanwhile(
            f"Version {entry.fact.version}" if isinstance(entry.fact, IndicatorDefined) else "Retired",
            called.get(entry.person, entry.person),
            entry.recorded_at,
            values=values_of(entry.fact),
        )
        for entry in facts
    ]


def _new_code(command: Any) -> str:
    if command.code in service.casebook.key_set():
        raise RuleBroken(
            "an-indicator-is-defined-once",
            "There is an indicator of this code already. Open it, and say anew what it is",
            "code",
        )
    return str(command.code)


def _indicator(code: str) -> tuple[str, Indicator]:
    found = service.casebook.key_set().get(code.upper())
    if found is None:
        abort(404)
    return code.upper(), found


def _may(what: str) -> None:
    if not may(what):
        refuse(what)
