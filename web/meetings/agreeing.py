"""Agreeing to all that one meeting left, or one reminder, in one step: a fact on each practice, each for its own text."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated, NamedTuple

from flask import Blueprint, abort, g, redirect, request
from flask.typing import ResponseReturnValue

from application.outcomes import Outcome
from domain.access.permissions import scope_of
from domain.practice.commands import AgreeEntry
from domain.practice.state import AgreedRecord
from domain.rules import Command, RuleBroken
from domain.text import Words
from projections import meetings
from projections.readers import reader
from web.forms.drawing import Choice, Drawing
from web.forms.fields import Ticks
from web.forms.form import Form
from web.forms.sending import Asking, respond
from web.forms.tokens import Token
from web.meetings.addresses import address_of, title_of
from web.meetings.gathering import is_meeting
from web.names import names_for, organisation_names
from web.notices import notify
from web.practices.offers import Offers
from web.practices.offers.entry import on_entry
from web.service import catch_up, current_asked, may, refuse, service
from web.words import day, plural

blueprint = Blueprint("agreeing", __name__, url_prefix="/meetings/<meeting>/agree")


@dataclass(frozen=True, slots=True, kw_only=True)
class AgreeMeeting(Command):
    """Agree to these texts, each by practice, entry and text: X90001/12/15."""

    texts: tuple[Annotated[str, Words(40, lines=False)], ...]


class Waiting(NamedTuple):
    """An entry of the meeting whose text waits for this reader's side, as it stands now."""

    code: str
    practice: str
    record: AgreedRecord
    heading: str

    @property
    def value(self) -> str:
        return f"{self.code}/{self.record.entry}/{self.record.text_version}"


FORM = Form(
    command=AgreeMeeting,
    title="Agree to these texts",
    intro=lambda drawing: (
        f"You agree for {_own(drawing)} that this is what was said. Each practice’s entry is agreed by itself: "
        "if its text changes later, it is no longer agreed. Leave out what is to be amended or disputed."
    ),
    shows=lambda drawing: [
        (f"{one.practice}: {one.heading}", one.record.text.words) for one in _waits(drawing)
    ],
    fields=(
        Ticks(
            name="texts",
            label="Which do you agree to?",
            missing="Choose at least one",
            required=True,
            choices=lambda drawing: [Choice(value, text) for value, text in drawing.people.items()],
            preset=lambda drawing: list(drawing.people),
        ),
    ),
    button="Agree to these texts",
)


@blueprint.route("", methods=["GET", "POST"])
def agree_all(meeting: str) -> ResponseReturnValue:
    if not may("AgreeEntry"):
        refuse("AgreeEntry")
    catch_up()
    asked = current_asked()
    parts = _parts(meeting)
    if not parts:
        abort(404)
    waiting = [one for part in parts if (one := _waiting(part)) is not None]
    back = address_of(meeting)
    if request.method == "GET" and not waiting:
        notify("Nothing of it waits for you to agree", success=False)
        return redirect(back, 303)
    known = {f"{part.code}/{part.version}/": part.practice for part in parts}
    choices = {one.value: f"{one.practice} ({one.code})" for one in waiting}
    # What was sent is judged by the rules, also where its text was changed, or agreed to, since it was read.
    sent = [value for value in request.form.getlist("texts") if value.rpartition("/")[0] + "/" in known]
    choices |= {value: value for value in sent if value not in choices and _number(value)}
    return respond(
        Asking(
            form=FORM,
            drawing=Drawing(asked=asked, people=choices, given={"meeting": meeting}),
            about=meeting,
            version=0,
            begins=True,
            sends=_sends,
            landed=lambda _command, _outcome: _landed(known, back),
            context={"back": {"href": back, "text": title_of(meeting)}},
        )
    )


def _own(drawing: Drawing) -> str:
    code = drawing.asked.organisation or ""
    return organisation_names([code], drawing.today).get(code, code)


def _waits(drawing: Drawing) -> list[Waiting]:
    return [one for part in _parts(drawing.given["meeting"]) if (one := _waiting(part)) is not None]


def _parts(meeting: str) -> list[meetings.Part]:
    """What the meeting left on the practices that this reader may read."""
    if not is_meeting(meeting):
        return []
    asked = current_asked()
    with service.views.reading() as reading:
        return meetings.parts(reading, scope_of(asked), reader(asked), asked.on, meeting)


def _waiting(part: meetings.Part) -> Waiting | None:
    asked = current_asked()
    practice = service.casebook.seen(part.code, asked)
    record, entry = practice.records.get(part.version), practice.standing.get(part.version)
    if record is None or entry is None:
        return None
    offers = on_entry(Offers(practice, asked, lambda command: may(command, practice)), entry)
    text = practice.recorded(record.text_version)
    if text is None or not any(one.command == "AgreeEntry" for one in offers):
        return None
    who = names_for(practice, asked.on).organisation(text.organisation)
    return Waiting(part.code, part.practice, record, f"the text of {who}, {day(text.recorded_on)}")


def _number(value: str) -> int:
    text = value.rpartition("/")[2]
    return int(text) if text.isascii() and text.isdecimal() and len(text) < 10 else 0


def _sends(command: Command, token: Token) -> Outcome:
    """One command for each text, its id made of the form's: sent again, nothing is agreed twice."""
    assert isinstance(command, AgreeMeeting)
    asked_for = []
    for value in command.texts:
        code, version, text = value.split("/")
        agree = AgreeEntry(version=int(version), text_version=int(text))
        asked_for.append((code, agree, f"{token.command_id}:{code}:{version}"))
    outcomes = service.casebook.handle_many(asked_for, current_asked())
    g.caught_up = False
    g.agreed = list(zip(command.texts, outcomes, strict=True))
    return Outcome("", ())


def _landed(known: dict[str, str], back: str) -> ResponseReturnValue:
    done = sum(not isinstance(outcome, RuleBroken) for _, outcome in g.agreed)
    if done:
        notify(f"Agreed on {plural(done, 'practice')}")
    for value, outcome in g.agreed:
        if isinstance(outcome, RuleBroken):
            notify(f"{known[value.rpartition('/')[0] + '/']}: {outcome.message}", success=False)
    return redirect(back, 303)
