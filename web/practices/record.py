"""Recording something about a practice: one address for each command, and one way through all of them."""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import suppress
from dataclasses import replace
from typing import Any

from flask import Blueprint, abort, redirect, render_template, request
from flask.typing import ResponseReturnValue
from werkzeug.exceptions import NotFound

from application.closure import taken_after_closure
from application.outcomes import Busy, Outcome
from application.overtaken import as_drawn, would_be_refused
from domain.practice.commands import (
    AgreePlan,
    AnswerPlan,
    DecideTier,
    IssueNotice,
    JoinThreads,
    OpenTierDecision,
    RecordConversation,
    RegisterPractice,
)
from domain.practice.correctable import correctable_fields
from domain.practice.corrections import needs_a_manager
from domain.practice.state import Practice
from domain.rules import Command, Recorded, RuleBroken
from web import drafts
from web.conversation_templates import filled, offered
from web.forms.drawing import Drawing
from web.forms.fields import Hidden
from web.forms.form import Form, Typed, told
from web.forms.sending import Asking, respond
from web.names import caseworkers, commissioners
from web.notices import NOTHING_CHANGED, Link, notify
from web.practices.again import said_before
from web.practices.barred import LADDER, Bar, bar_to
from web.practices.beside_decision import beside_decision
from web.practices.deciding import owed_by, ways_told
from web.practices.episode import blocked, not_to_close
from web.practices.forms import ABOUT_AN_ENTRY, ADDRESSES, FORMS
from web.practices.forms.agreed import is_there
from web.practices.forms.corrections import correction_form
from web.practices.forms.plans import plan_is_there
from web.practices.forms.threads import is_there_to_join
from web.practices.letter_from import comes_from_then
from web.practices.meanwhile import gone, meanwhile
from web.practices.reading import look_up, note_reading
from web.practices.reviewed import sent_to_be_looked_at
from web.practices.telling import Telling
from web.practices.threads import after_recording, to_join
from web.practices.to_open import entries_to_open, still_to_open
from web.practices.told import Names, happened_on
from web.practices.too_early import too_early
from web.service import current_asked, may, now, refuse, send, service, today
from web.words import day, plural

blueprint = Blueprint("record", __name__)

THINGS = {
    "flag_id": "flags",
    "action_id": "actions",
    "intelligence_id": "intelligence",
    "proposal_id": "proposals",
    "request_id": "requests",
    "reply_to": "entries",
    "of_entry": "entries",
    "access_id": "access",
    "join_id": "joins",
    "closing_id": "closings",
    "explanation_id": "explanations",
    "expectation_id": "expectations",
    "told_id": "told",
    "response_id": "responses",
    "challenge_id": "challenges",
    "regulatory_id": "regulatory_actions",
    "breach_id": "breaches",
    "notice_id": "notices",
    "sanction_id": "sanctions",
    "suspension_id": "suspensions",
    "termination_id": "terminations",
    "dispute_id": "disputes",
    "declaration_year": "declarations",
    "application_id": "list_closures",
    "branch_id": "branch_closures",
    "merger_id": "mergers",
}
"""What an address may name, and where the practice keeps it."""

TEMPLATES = {
    "close-episode": "practices/close_episode.html",
    "decide-tier": "practices/decide_tier.html",
    "issue-notice": "practices/issue_notice.html",
}
"""Forms that have a page of their own."""

AFTER = {
    "RecordConversation": ("Propose an action", "propose-action"),
    "RaiseFlag": ("Explain it", "explain-flag"),
    "ReceivePracticeResponse": ("Record that it says an entry is wrong", "make-factual-challenge"),
}
"""What is often recorded next."""


@blueprint.route("/register-practice", methods=["GET", "POST"])
def register_practice() -> ResponseReturnValue:
    if not may("RegisterPractice"):
        refuse("RegisterPractice")
    return respond(
        Asking(
            form=FORMS["register-practice"],
            drawing=Drawing(
                asked=current_asked(), organisations=commissioners(today()), given=request.args.to_dict()
            ),
            about="practice-new",
            version=0,
            begins=True,
            code=_code_typed,
            landed=lambda command, outcome: _landed(
                _code_typed(command), Telling(Practice(), Names()), command, outcome
            ),
            context={"back": {"href": "/practices", "text": "Practices"}},
        )
    )


_VERBS = ",".join(f"'{address}'" for address in ADDRESSES if address != "register-practice")


@blueprint.route(f"/practices/<code>/<any({_VERBS}):verb>", methods=["GET", "POST"])
def record(code: str, verb: str) -> ResponseReturnValue:
    """The form of one command, drawn and answered."""
    looked = look_up(code)
    practice = looked.practice
    drawing = _drawing(verb, practice, looked.names)
    form = _form(verb, drawing)
    if not may(form.name, practice):
        refuse(form.name, f"practice-{practice.code}")
    if request.method == "GET" and (shut := _not_taken(form, drawing)) is not None:
        return shut, 409
    answer = respond(_asking(verb, form, drawing))
    if verb == "decide-tier" and _saved(answer):
        _open_decision(practice.code)
    note_reading(practice, drawing.asked, drawing.telling)
    return answer


def _not_taken(form: Form, drawing: Drawing) -> str | None:
    """The page that says why nothing can be typed: the practice closed, or something bars it."""
    if drawing.practice.closed_on and not taken_after_closure(form.command):
        return _closed(form, drawing)
    _names_what_is_there(form, drawing)
    bar = bar_to(form.name, drawing)
    return None if bar is None else _barred(form, drawing, bar)


def _asking(verb: str, form: Form, drawing: Drawing) -> Asking:
    """The form, with all that its page is told beside it."""
    practice = drawing.practice
    return Asking(
        form=form,
        drawing=drawing,
        template=TEMPLATES.get(verb, "forms/form.html"),
        about=f"practice-{practice.code}",
        version=practice.version,
        landed=lambda command, outcome: _landed(practice.code, drawing.telling, command, outcome),
        meanwhile=lambda facts: meanwhile(drawing, facts),
        gone=lambda chosen, version: gone(drawing, chosen, version),
        stood=lambda version: _stood(verb, drawing, version),
        said_before=lambda command, command_id: (
            said_before(practice, command, command_id, drawing.asked.person, now())
            or too_early(practice, command)
        ),
        fill=_fill if verb == "record-conversation" else None,
        owed=lambda command: _owed(drawing, command),
        beside=lambda command: _beside(drawing, command),
        aside={"talk": f"/practices/{practice.code}/record-conversation", **entries_to_open(drawing)}
        if verb == "decide-tier"
        else {},
        context=_context(verb, drawing),
    )


def _beside(drawing: Drawing, command: Command) -> Mapping[str, Any]:
    """What is shown beside the answers while they are checked."""
    match command:
        case DecideTier():
            return beside_decision(drawing, command)
        case IssueNotice():
            return comes_from_then(drawing, command)
    return {}


def _owed(drawing: Drawing, command: Command) -> list[RuleBroken]:
    """What would be refused, before anybody checks answers that cannot be recorded."""
    if isinstance(command, DecideTier):
        return owed_by(drawing, command)
    if not isinstance(command, IssueNotice):
        return []
    refused = would_be_refused(drawing.practice, command, drawing.asked)
    return [refused] if refused else []


def _context(verb: str, drawing: Drawing) -> dict[str, Any]:
    """What the template of a form reads, some of it for one form only."""
    practice = drawing.practice
    assert practice.details is not None
    return {
        "caption": practice.details.name.words,
        "back": {"href": f"/practices/{practice.code}", "text": drawing.said("Back to the practice")},
        "closed_on": practice.closed_on,
        "ways": ways_told(drawing) if verb == "decide-tier" else None,
        "still_to_open": lambda questions: still_to_open(drawing, questions),
        "to_join": to_join(drawing) if verb == "record-conversation" else [],
        "templates": offered() if verb == "record-conversation" else [],
        "blocked": blocked(drawing.telling, drawing.today) if verb == "close-episode" else [],
        "not_to_close": not_to_close(drawing.telling, drawing.asked) if verb == "close-episode" else "",
    }


def _saved(answer: ResponseReturnValue) -> bool:
    """Whether a form was kept as a draft, or is shown to be checked: understood, and not recorded yet."""
    if request.method != "POST" or request.form.get("step") in {"record", "edit", "resume"}:
        return False
    status = answer[1] if isinstance(answer, tuple) else getattr(answer, "status_code", 0)
    return status in {200, 303}


def _open_decision(code: str) -> None:
    """The first time that a decision is kept or checked, the record has what was recommended then."""
    with suppress(RuleBroken, Busy):
        send(code, OpenTierDecision(), command_id=service.casebook.ids("command"))


def _fill(typed: Typed, template_id: str) -> Typed:
    return {**typed, "said": filled(typed["said"], template_id)}


def _closed(form: Form, drawing: Drawing) -> str:
    """Says that the practice closed, and what its record still takes."""
    practice, page = drawing.practice, f"/practices/{drawing.practice.code}"
    assert practice.details is not None
    taken = [
        (drawing.said(text), f"{page}/{verb}" if may(FORMS[verb].name, practice) else "")
        for text, verb in (
            ("a conversation of an earlier day", "record-conversation"),
            ("soft intelligence about an earlier day", "record-intelligence"),
            ("a document of an earlier day", "attach-document"),
            ("that the practice is open again", "reopen-practice"),
        )
    ]
    return render_template(
        "forms/closed.html",
        title=told(form.title, drawing),
        caption=practice.details.name.words,
        back={"href": page, "text": drawing.said("Back to the practice")},
        closed_on=practice.closed_on,
        taken=[*taken, ("corrections of its entries, from the entry itself", "")],
    )


def _barred(form: Form, drawing: Drawing, bar: Bar) -> str:
    """Says before anything is typed that this would be refused, who may do it, and where the practice stands."""
    practice, page = drawing.practice, f"/practices/{drawing.practice.code}"
    assert practice.details is not None
    return render_template(
        "forms/barred.html",
        title=told(form.title, drawing),
        caption=practice.details.name.words,
        about=form.about(drawing) if form.about else "",
        bar=bar,
        back={"href": page, "text": drawing.said("Back to the practice")},
        instead=[("The contract’s page", f"{page}/contract")] if form.name in LADDER else [],
    )


def _form(verb: str, drawing: Drawing) -> Form:
    if verb not in ABOUT_AN_ENTRY:
        return FORMS[verb]
    entry = _entry(drawing)
    if verb == "withdraw-fact":
        return FORMS[verb]
    return correction_form(entry, request=verb == "request-correction" or _needs_a_manager(entry))


def _stood(verb: str, drawing: Drawing, version: int) -> Typed:
    """What stood in the fields of a form that was drawn from a version of the practice."""
    practice = as_drawn(drawing.practice, version)
    then = replace(drawing, practice=practice, telling=Telling(practice, drawing.telling.names))
    return _form(verb, then).first(then)


def _names_what_is_there(form: Form, drawing: Drawing) -> None:
    """A form is drawn only about something that is there. One that was sent is answered, so that no text is lost."""
    for name, things in THINGS.items():
        if name in drawing.given and drawing.given[name] not in getattr(drawing.practice, things):
            raise NotFound
    if "version" in drawing.given and _version(drawing) not in drawing.practice.standing:
        raise NotFound
    if not is_there(form, drawing) or (form.command is JoinThreads and not is_there_to_join(drawing)):
        raise NotFound
    if form.command in {AgreePlan, AnswerPlan} and not plan_is_there(drawing):
        raise NotFound
    for one in form.fields:
        needed = isinstance(one, Hidden) and one.asked_for(drawing) and one.need(form.shape(one))["required"]
        if needed and not drawing.given.get(one.name):
            raise NotFound


def _entry(drawing: Drawing) -> Recorded:
    """The entry that the address names. What was sent about one that was withdrawn since is still answered."""
    number = _version(drawing)
    entry = drawing.practice.standing.get(number)
    if entry is None and request.method == "POST":
        entry = drawing.practice.recorded(number)
    if entry is None or not correctable_fields(entry.fact):
        abort(404)
    return entry


def _version(drawing: Drawing) -> int:
    version = drawing.given.get("version", "")
    return int(version) if version.isdecimal() and len(version) < 10 else 0


def _needs_a_manager(entry: Recorded) -> bool:
    return needs_a_manager(entry, current_asked())


def _drawing(verb: str, practice: Practice, names: Names) -> Drawing:
    given = request.args.to_dict()
    for name in (*THINGS, "version", "over_dispute"):
        if posted := request.form.get(name):
            given[name] = posted
    return Drawing(
        asked=current_asked(),
        practice=practice,
        telling=Telling(practice, names),
        people=caseworkers(practice, today()) if verb in {"name-caseworker", "hand-over-practice"} else {},
        organisations=names.organisations,
        indicators=service.casebook.key_set().on(today()) if verb == "raise-flag" else {},
        given=given,
    )


def _code_typed(command: Command) -> str:
    assert isinstance(command, RegisterPractice)
    return command.code


def _landed(code: str, telling: Telling, command: Command, outcome: Outcome) -> ResponseReturnValue:
    """Back to the practice, at the new entry, with a notice of what was recorded."""
    page = f"/practices/{code}"
    if not outcome.recorded:
        notify(NOTHING_CHANGED, success=False)
        return redirect(page, 303)
    first = outcome.recorded[0]
    links = []
    if correctable_fields(first.fact):
        how = "request-correction" if _needs_a_manager(first) else "correct-fact"
        links.append(Link("Correct it", f"{page}/{how}?version={first.version}"))
    links += _next(page, command, first)
    if type(command).__name__ in LADDER:
        links.append(Link("The contract’s page: the next step", f"{page}/contract"))
    # Told as it stands now: a correction may have renamed the entry that it is about.
    now = Telling(service.casebook.seen(code, current_asked()), telling.names)
    links += [Link(*one) for one in after_recording(now, first)]
    links += _waiting_decision(page, command)
    if flag := now.practice.flags.get(getattr(first.fact, "flag_id", "")):
        links.append(Link("Its chart", f"{page}/indicators/{flag.indicator}"))
    again = sent_to_be_looked_at(now, outcome.recorded)
    links += [Link(one.text, f"{page}/entries/{one.version}") for one in again]
    sent = f". {plural(len(again), 'decision is', 'decisions are')} to be looked at again" if again else ""
    notify(f"{now.title(first.fact)}, {day(happened_on(first.fact))}{sent}", links=links)
    return redirect(f"{page}#entry-{first.version}", 303)


def _waiting_decision(page: str, command: Command) -> list[Link]:
    """The way back to a decision that somebody left to record the conversation it needs."""
    if not isinstance(command, RecordConversation):
        return []
    kept = drafts.drafts().addresses(current_asked().person)
    form = f"{page}/decide-tier"
    return [
        Link("Go on with your decision", one) for one in kept if one == form or one.startswith(f"{form}?")
    ]


def _next(page: str, command: Command, entry: Recorded) -> list[Link]:
    text, address = AFTER.get(type(command).__name__, ("", ""))
    if not address:
        return []
    fact: Any = entry.fact
    match address:
        case "explain-flag":
            given = f"?flag_id={fact.flag_id}"
        case "make-factual-challenge":
            given = f"?response_id={fact.response_id}"
        case _:
            given = _about(fact)
    return [Link(text, f"{page}/{address}{given}")]


def _about(fact: Any) -> str:
    return f"?about_flags={fact.about_flags[0]}" if fact.about_flags else ""
