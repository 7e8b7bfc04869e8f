"""Who covers for whom, and everything of somebody who leaves, handed over in one form."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from flask import Blueprint, abort, g, redirect, render_template, request
from flask.typing import ResponseReturnValue

from application.hand_over import HandedOver, HandOverAll, hand_over_all
from application.outcomes import Outcome
from domain.access import permissions
from domain.access.commands import ArrangeCover
from domain.access.roles import Role
from domain.rules import Asked, Command
from projections import caseload_found, looked_after, people
from projections.people import CoverRow
from web.cover.elsewhere import elsewhere, notify_elsewhere
from web.cover.forms import ARRANGE, END, HAND_OVER_ALL
from web.forms.drawing import Drawing
from web.forms.sending import Asking, respond
from web.forms.tokens import Token
from web.names import people_names
from web.notices import notify
from web.past.theirs import known_today
from web.practices.told import joined
from web.service import catch_up, current_asked, looking_back, may, now, refuse, service
from web.words import day, label, plural

blueprint = Blueprint("cover", __name__, url_prefix="/cover")

BACK = {"href": "/cover", "text": "Cover and hand-over"}


class Whose(NamedTuple):
    """One person: what they look after, who covers for them, and what the reader may do about it."""

    person: str
    name: str
    line: str
    practices: int
    covered: list[CoverRow]
    arranges: bool
    hands_over: bool


@blueprint.get("")
def mine() -> ResponseReturnValue:
    """One's own cover, whom one covers for, and for a manager everybody of theirs."""
    asked = current_asked()
    if not may("ReadCover"):
        refuse("ReadCover")
    catch_up()
    with service.views.reading() as reading:
        found = [one for one in people.covers(reading) if not one.over_on(asked.on)]
        staff = people.of_organisations(reading, asked.on, asked.own)
        theirs = {} if asked.role == Role.AUDITOR else looked_after.by_caseworker(reading, asked, asked.on)
        named = {one.person for one in found} | {one.absent for one in found} | {*theirs}
        names = people.names(reading, named | {asked.person})
    roles = {
        one.person: label(one.now.role) for one in staff if one.now and one.now.role in permissions.COVERING
    }
    shown = _whom(asked, [*theirs, *roles])
    known = known_today(shown)
    names |= {one.person: one.name for one in staff}
    return render_template(
        "cover/cover.html",
        shown=[
            Whose(
                person,
                names[person],
                roles.get(person, f"No role here {'then' if looking_back() else 'today'}"),
                len(theirs.get(person, ())),
                [one for one in found if one.absent == person and person in known],
                may("ArrangeCover") and person in roles,
                asked.role == Role.MANAGER and bool(theirs.get(person)) and not looking_back(),
            )
            for person in sorted(shown, key=lambda one: (one != asked.person, names[one].casefold()))
        ],
        covering=[one for one in found if one.person == asked.person],
        everything=found if asked.role == Role.AUDITOR else [],
        names=names,
        reads_all=asked.role == Role.AUDITOR,
    )


def _whom(asked: Asked, everybody: Iterable[str]) -> set[str]:
    """A manager sees everybody of theirs; others themselves."""
    if asked.role == Role.AUDITOR:
        return set()
    return {asked.person, *everybody} if asked.role == Role.MANAGER else {asked.person}


@blueprint.route("/<person_id>/arrange-cover", methods=["GET", "POST"])
def arrange_cover(person_id: str) -> ResponseReturnValue:
    """Cover for this person, who is away."""
    asked = _for_whom("ArrangeCover", person_id)
    with service.views.reading() as reading:
        staff = people.of_organisations(reading, asked.on, frozenset({_works_for(person_id)}))
        arranged = [one for one in people.covers(reading) if not one.over_on(asked.on)]
        names = people.names(reading, {one.person for one in arranged})
    covered = [one for one in arranged if one.absent == person_id]
    chosen = {
        one.person: _with_absence(one.name, [away for away in arranged if away.absent == one.person])
        for one in staff
        if one.now and one.now.role in permissions.COVERING and one.person != person_id
    }
    return respond(
        Asking(
            form=ARRANGE,
            drawing=Drawing(
                asked=asked,
                people=chosen,
                given={"absent": person_id, "already": _already(covered, names)},
            ),
            about=person_id,
            version=0,
            begins=True,
            code=_who_covers,
            landed=lambda command, outcome: _arranged(command, outcome, covered, names),
            context={"caption": people_names([person_id])[person_id], "back": BACK},
        )
    )


@blueprint.route("/<person_id>/end-cover", methods=["GET", "POST"])
def end_cover(person_id: str) -> ResponseReturnValue:
    """End cover that this person gives."""
    cover_id = request.values.get("cover_id", "")
    one = service.casebook.aggregate("person", person_id).covers.get(cover_id)
    asked = _for_whom("EndCover", one.absent if one else "")
    assert one is not None
    if one.over_on(asked.on) and request.method == "GET":
        abort(404)
    names = people_names([person_id, one.absent])
    return respond(
        Asking(
            form=END,
            drawing=Drawing(asked=asked, given={"person_id": person_id, "cover_id": cover_id}),
            about=person_id,
            version=0,
            begins=True,
            landed=_ended,
            context={"caption": f"{names[person_id]} covers for {names[one.absent]}", "back": BACK},
        )
    )


@blueprint.route("/<person_id>/hand-over-all", methods=["GET", "POST"])
def hand_over_all_of(person_id: str) -> ResponseReturnValue:
    """All practices of somebody who leaves: one form, and a fact on each practice."""
    asked = current_asked()
    if asked.role != Role.MANAGER:
        refuse("HandOverPractice", person_id)
    catch_up()
    with service.views.reading() as reading:
        codes = looked_after.by_caseworker(reading, asked, asked.on).get(person_id, [])
        staff = people.of_organisations(reading, asked.on, asked.own)
        names = caseload_found.names(reading, codes)
    if not codes and request.method == "GET":
        abort(404)
    listed = request.form["listed"].split() if "listed" in request.form else codes
    shown = frozenset(listed)
    codes = [code for code in codes if code in shown]
    chosen = {
        one.person: one.name
        for one in staff
        if one.now and one.now.role == Role.CASEWORKER and one.person != person_id
    }

    def sends(command: Command, token: Token) -> Outcome:
        assert isinstance(command, HandOverAll)
        done = hand_over_all(service.casebook, asked, person_id, command, codes, token.command_id)
        g.caught_up = False
        g.handed_over = done
        g.elsewhere = elsewhere(listed, person_id, token.command_id)
        return Outcome(person_id, ())

    return respond(
        Asking(
            form=HAND_OVER_ALL,
            drawing=Drawing(
                asked=asked,
                people=chosen,
                organisations={code: f"{names.get(code, code)} ({code})" for code in codes},
                given={"listed": " ".join(listed)},
            ),
            about=person_id,
            version=0,
            begins=True,
            sends=sends,
            landed=lambda command, _outcome: _handed_over(command, names),
            context={"caption": people_names([person_id])[person_id], "back": BACK},
        )
    )


def _for_whom(what: str, absent: str) -> Asked:
    """Who asks, where the person who is away is themselves or of their staff. Of anybody else there is no such page."""
    asked = current_asked()
    if not may(what):
        refuse(what, absent or None)
    catch_up()
    if not absent or not permissions.may_of(asked, what, service.casebook.asked_as(absent, now())):
        rule = permissions.not_ones_to_cover().rule
        service.casebook.log_access(asked, "refused", what, subject=absent or None, rule=rule)
        abort(404)
    return asked


def _works_for(person_id: str) -> str:
    return service.casebook.asked_as(person_id, now()).organisation or ""


def _who_covers(command: Command) -> str:
    assert isinstance(command, ArrangeCover)
    return command.person_id


def _with_absence(name: str, away: list[CoverRow]) -> str:
    """A colleague as the list offers them: with the days on which they are away themselves."""
    days = joined(f"{day(one.from_on)} to {day(one.to_on)}" for one in away)
    return f"{name} (away {days})" if away else name


def _already(covered: list[CoverRow], names: dict[str, str]) -> str:
    told = [f"{names[one.person]} from {day(one.from_on)} to {day(one.to_on)}" for one in covered]
    return f"Covered already by {joined(told)}. What you arrange here is added to it." if told else ""


def _arranged(
    command: Command, outcome: Outcome, covered: list[CoverRow], names: dict[str, str]
) -> ResponseReturnValue:
    assert isinstance(command, ArrangeCover)
    names = names | people_names([command.person_id, command.absent])
    who = f"{names[command.person_id]} covers for {names[command.absent]}"
    also = [
        names[one.person] for one in covered if one.from_on <= command.to_on and command.from_on <= one.to_on
    ]
    if outcome.recorded:
        too = f". On some of these days {joined(also)} covers too" if also else ""
        notify(f"{who} from {day(command.from_on)} to {day(command.to_on)}{too}")
    else:
        notify(f"{who} already: nothing was recorded", success=False)
    return redirect("/cover", 303)


def _ended(_command: Command, _outcome: Outcome) -> ResponseReturnValue:
    notify("The cover is ended")
    return redirect("/cover", 303)


def _handed_over(command: Command, names: dict[str, str]) -> ResponseReturnValue:
    assert isinstance(command, HandOverAll)
    done: HandedOver = g.handed_over
    to = people_names([command.caseworker])[command.caseworker]
    if done.done:
        notify(f"{plural(done.done, 'practice')} handed over to {to}")
    for code, broken in done.refused:
        notify(f"{names.get(code, code)} was not handed over: {broken.message}", success=False)
    notify_elsewhere(g.elsewhere, to)
    if not done.done and not done.refused and not g.elsewhere:
        notify("Nothing was left to hand over", success=False)
    return redirect("/cover", 303)


__all__ = ["blueprint"]
