"""From a drawn form to a recorded fact, and every way that can go otherwise, with all that was typed kept."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any, NamedTuple

from flask import abort, current_app, redirect, render_template, request
from flask.typing import ResponseReturnValue

from application.drafts import Draft
from application.outcomes import Busy, Outcome, Stale
from application.overtaken import Overtaken
from application.recording import DiskFull
from domain.rules import Command, Recorded, RuleBroken
from domain.text import new_ids
from web import drafts
from web.forms.drawing import Drawing
from web.forms.form import UNSEEN, Errors, Form, NotUnderstood, Typed, Wrong, told
from web.forms.keeping import Keeper
from web.forms.meanwhile import Meanwhile, apart, set_beside
from web.forms.tokens import Token, TokenRefused, Tokens
from web.forms.untouched import left_alone
from web.notices import Link, notify, notify_done
from web.service import current_asked, send, service

SENT_BEFORE = "a-form-is-sent-once"

ELSEWHERE = (
    "This page was drawn for another person, practice or form, or was altered. Nothing was recorded. "
    "Check what you typed and send it again"
)
SENT_WITH_OTHER_WORDS = (
    "You have already sent this form with other words, and those were recorded. "
    "Your words are kept below: send them only if you want to record them as well"
)
NO_ROOM = (
    "Casebook has no room to record anything: its disk is full. Nothing was recorded. Tell an administrator, "
    "and send the form again when they have made room. Your text is kept below"
)
SIGNED_IN_AGAIN = "You are signed in again. Nothing has been recorded yet: check what you typed and send it"


class Conflict(NamedTuple):
    """What others recorded of the same thing, and why what was typed would be refused on top of it, if it would.

    `apart` where each changed what the other left as it was.
    """

    meanwhile: Sequence[Meanwhile]
    refused: RuleBroken | None
    apart: bool = False


@dataclass(frozen=True, kw_only=True)
class Asking:
    """One form, being drawn or answered. `about` is the stream it is about; `version` is the stream's now.

    `meanwhile` tells what others recorded of the same thing, where the stream has such things.
    `begins` when the command begins a stream of its own, which nobody can have changed meanwhile. `sends` records it, where
    one form records on many streams. `said_before` is the question to ask before the same is recorded twice.
    """

    form: Form
    drawing: Drawing
    about: str
    version: int
    landed: Callable[[Command, Outcome], ResponseReturnValue]
    begins: bool = False
    template: str = "forms/form.html"
    code: Callable[[Command], str] | None = None
    sends: Callable[[Command, Token], Outcome] | None = None
    meanwhile: Callable[[Sequence[Recorded]], list[Meanwhile]] = lambda _facts: []
    gone: Callable[[Sequence[str], int], Sequence[Recorded]] = lambda _chosen, _version: ()
    """What others recorded after a version about what was chosen, where that is not offered any more."""
    stood: Callable[[int], Typed] | None = None
    """What stood in the fields of the form as it was drawn from a version."""
    context: dict[str, Any] = field(default_factory=dict)
    said_before: Callable[[Command, str], str] = lambda _command, _command_id: ""
    fill: Callable[[Typed, str], Typed] | None = None
    """Adds a template to what was typed."""
    owed: Callable[[Command], Sequence[RuleBroken]] = lambda _command: ()
    """What would be refused, told before the answers are checked."""
    beside: Callable[[Command], Mapping[str, Any]] = lambda _command: {}
    """What is shown beside the answers while they are checked."""
    aside: Mapping[str, str] = field(default_factory=dict)
    """Pages that a button of the form leads to, by its step: what was typed is kept as a draft meanwhile."""

    def stream_code(self, command: Command) -> str:
        return self.code(command) if self.code else self.about.partition("-")[2]


def landing(done: str, back: str) -> Callable[[Command, Outcome], ResponseReturnValue]:
    """Back to a page, which says what was done first."""

    def landed(_command: Command, outcome: Outcome) -> ResponseReturnValue:
        notify_done(outcome, done)
        return redirect(back, 303)

    return landed


def respond(asking: Asking) -> ResponseReturnValue:
    """Draw the form, or take what was sent."""
    if request.method == "GET":
        return _draw_first(asking)
    typed = asking.form.typed(request.form, asking.drawing)
    if request.form.get("step") == "keep":
        drafts.keep(drafts.here(), request.form)
        notify("Kept as a draft. Nothing is recorded, and nobody else sees it", success=False)
        return redirect("/drafts", 303)
    if aside := asking.aside.get(request.form.get("step", "")):
        drafts.keep(drafts.here(), request.form)
        back = Link("Go on with your draft", drafts.here())
        notify("What you typed is kept as a draft. Nothing of it is recorded", success=False, links=[back])
        return redirect(aside, 303)
    if request.form.get("step") == "resume":
        return _draw(asking, typed, note=SIGNED_IN_AGAIN, token=_token_or_none(asking))
    try:
        token = _token(asking)
    except TokenRefused:
        return _draw(asking, typed, {"": Wrong(ELSEWHERE)}, status=400)
    if asking.fill and request.form.get("step") == "template":
        return _draw(asking, asking.fill(typed, request.form.get("template", "")), token=token)
    if request.form.get("step") == "edit":
        return _draw(asking, typed, token=token)
    return _take(asking, typed, token)


def _draw_first(asking: Asking) -> ResponseReturnValue:
    """The form as it is first drawn; with what its person kept of it, where they kept something."""
    kept = drafts.kept(drafts.here()) if asking.form.typed_at_length else None
    if kept is None:
        return _draw(asking, asking.form.first(asking.drawing))
    posted = drafts.posted(kept)
    try:
        token = _token(asking, posted.get("token", ""))
    except TokenRefused:
        token = None
    return _draw(asking, asking.form.typed(posted, asking.drawing), token=token, draft=kept)


def tokens() -> Tokens:
    found: Tokens = current_app.extensions["form-tokens"]
    return found


def keeper() -> Keeper:
    found: Keeper = current_app.extensions["form-keeper"]
    return found


def _take(asking: Asking, typed: Typed, token: Token) -> ResponseReturnValue:
    try:
        command = asking.form.read(request.form, asking.drawing, token.ids)
    except NotUnderstood as problem:
        gone = _set_beside(asking, typed, asking.gone(_chosen(typed, problem.errors), token.version))
        return _draw(asking, typed, problem.errors, token=token, overtaken=gone, status=422)
    if asking.form.check and request.form.get("step") != "record":
        if not _recorded(asking, token) and (owed := asking.owed(command)):
            return _draw(asking, typed, _each(owed), token=token, status=422)
        return _draw(asking, typed, token=token, checking=True, beside=asking.beside(command))
    if not token.again and (question := asking.said_before(command, token.command_id)):
        return _draw(asking, typed, {"": Wrong(question)}, token=replace(token, again=True), status=409)
    try:
        outcome = asking.sends(command, token) if asking.sends else _sent(asking, command, token)
    except RuleBroken as broken:
        return _refused(asking, typed, token, broken)
    except Stale as stale:
        return _conflict(asking, typed, token, stale)
    except Busy as busy:
        return _draw(asking, typed, {"": Wrong(f"{busy}. Your text is kept below")}, token=token, status=503)
    except DiskFull:
        return _draw(asking, typed, {"": Wrong(NO_ROOM)}, token=token, status=507)
    if asking.form.typed_at_length and drafts.kept(drafts.here()):
        drafts.discard(drafts.here())
    return asking.landed(command, outcome)


def _chosen(typed: Typed, errors: Errors) -> list[str]:
    """What was chosen in the questions whose answers were not understood: it may have been offered, and not be any more."""
    wrong = [typed[name] for name in errors if name in typed]
    return [
        text for one in wrong for text in (one if isinstance(one, list) else [one]) if isinstance(text, str)
    ]


def _sent(asking: Asking, command: Command, token: Token) -> Outcome:
    return send(
        asking.stream_code(command),
        command,
        command_id=token.command_id,
        expected_version=None if asking.begins else token.version,
    )


def _conflict(asking: Asking, typed: Typed, token: Token, stale: Stale) -> ResponseReturnValue:
    """Both values on one page. Sent again, it is on top of what the others recorded, which its person has now seen: what
    they left as it was is what the others made of it.
    """
    newest = max(asking.version, *(fact.version for fact in stale.facts))
    then = asking.stood(token.version) if asking.stood and asking.form.stands else {}
    others = set_beside(asking.form, asking.drawing, typed, asking.meanwhile(stale.facts), then)
    found = Conflict(others, stale.refused, bool(then) and apart(asking.form, others))
    kept = {**typed, **left_alone(asking.form, asking.drawing, typed, then)}
    return _draw(asking, kept, token=token.at(newest), conflict=found, status=409)


def _set_beside(asking: Asking, typed: Typed, facts: Sequence[Recorded]) -> list[Meanwhile]:
    return set_beside(asking.form, asking.drawing, typed, asking.meanwhile(facts))


def _each(refusals: Sequence[RuleBroken]) -> Errors:
    """What is wrong by field; of each field, and of the form as a whole, the first."""
    return {one.field or "": Wrong(one.message) for one in reversed(refusals)}


def _refused(asking: Asking, typed: Typed, token: Token, broken: RuleBroken) -> ResponseReturnValue:
    if broken.rule == SENT_BEFORE:
        # Its ids are used up: sent again, it is another sending.
        return _draw(asking, typed, {"": Wrong(SENT_WITH_OTHER_WORDS)}, status=409)
    if broken.rule == "the-role-may-do-this":
        abort(403)
    errors: Errors = {broken.field or "": Wrong(broken.message)}
    overtaken = _set_beside(asking, typed, broken.facts) if isinstance(broken, Overtaken) else []
    return _draw(asking, typed, errors, token=token, overtaken=overtaken, status=422)


def _draw(
    asking: Asking,
    typed: Typed,
    errors: Errors | None = None,
    *,
    token: Token | None = None,
    note: str = "",
    conflict: Conflict | None = None,
    overtaken: Sequence[Meanwhile] = (),
    checking: bool = False,
    beside: Mapping[str, Any] | None = None,
    draft: Draft | None = None,
    status: int = 200,
) -> ResponseReturnValue:
    form, drawing, errors = asking.form, asking.drawing, errors or {}
    questions = form.drawn(drawing, typed, errors)
    page = render_template(
        asking.template,
        form=form,
        drawing=drawing,
        title=told(form.title, drawing),
        intro=told(form.intro, drawing),
        about=form.about(drawing) if form.about else "",
        shown=form.shows(drawing) if form.shows else (),
        leads=form.leads(drawing) if form.leads else (),
        questions=questions,
        sections=form.sections(drawing, typed, questions) if form.sections else (),
        answers=form.answers(drawing, typed) if checking else [],
        page_errors=form.summary(drawing, errors),
        token=tokens().write(token or new_token(asking)),
        posted=_posted() if checking else [],
        note=note,
        draft=draft,
        draft_about=drafts.here(),
        conflict=conflict,
        overtaken=overtaken,
        action=request.full_path.rstrip("?"),
        **asking.context,
        **(beside or {}),
    )
    return page, status


def _recorded(asking: Asking, token: Token) -> bool:
    """Whether the form was recorded before: sent once more it leads to its entry, and its own fact refuses it nothing."""
    return any(one.command_id == token.command_id for one in asking.drawing.practice.history)


def new_token(asking: Asking) -> Token:
    ids = service.casebook.ids
    return Token(
        person=current_asked().person,
        about=asking.about,
        command=asking.form.name,
        version=asking.version,
        command_id=ids("command"),
        ids={name: ids(new.prefix) for name, (new, _) in new_ids(asking.form.command).items()},
    )


def _token(asking: Asking, text: str | None = None) -> Token:
    return tokens().read(
        request.form.get("token", "") if text is None else text,
        person=current_asked().person,
        about=asking.about,
        command=asking.form.name,
    )


def _token_or_none(asking: Asking) -> Token | None:
    try:
        return _token(asking)
    except TokenRefused:
        return None


def _posted() -> list[tuple[str, str]]:
    """What was posted, to be carried unseen while it is checked."""
    return [
        (name, value.replace("\r\n", "\n"))
        for name, value in request.form.items(multi=True)
        if name not in UNSEEN
    ]
