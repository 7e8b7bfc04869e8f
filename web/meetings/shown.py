"""What pages show of meetings: each practice's row while it is prepared, and what was recorded afterwards."""

from __future__ import annotations

from typing import Any, NamedTuple

from domain.access.permissions import scope_of
from domain.practice.state import Practice
from projections import meetings, people
from projections.readers import reader
from web.drafts import drafts
from web.forms.form import Errors, NotUnderstood
from web.meetings.addresses import address_of, is_part, meeting_at, title_of
from web.meetings.agenda import Point, agenda
from web.meetings.gathering import Meeting, is_meeting
from web.names import organisation_names
from web.practices.links import entry_link, practice_link
from web.practices.offers import Offers
from web.practices.offers.entry import on_entry
from web.practices.reading import note_reading
from web.practices.telling import Telling
from web.practices.told import Names, joined, lower_first
from web.service import current_asked, may, service
from web.words import day, label, moment, plural

STATES = {
    "proposed": "Waits to be agreed",
    "amended": "Amended, waits to be agreed",
    "agreed": "Agreed by both organisations",
    "disputed": "Disputed",
}


class Row(NamedTuple):
    """A practice of a meeting that is prepared: its agenda, and what was typed of it."""

    code: str
    name: str
    agenda: list[Point]
    state: str
    words: str
    href: str
    entry: str
    error: str


class HeldRow(NamedTuple):
    """What a meeting left on a practice. `agree` is the form by which this reader's side answers it."""

    name: str
    href: str
    entry: str
    state: str
    agree: str


def lines_of_all(meeting: Meeting) -> list[tuple[str, str]]:
    """What holds of every practice, in words; what was typed of it where something is to be mended still."""
    typed = meeting.typed_of_all()
    if typed is None:
        return []
    try:
        found = meeting.said_of_all()
    except NotUnderstood as problem:
        message = next(iter(problem.errors.values())).message
        return [("To be mended", message), ("The same for every practice", typed.get("said", ""))]
    you = current_asked().person
    there = (
        "you" if one.person == you else lower_first(one.described or label(one.role))
        for one in found.attendees
    )
    return [
        ("When", day(found.occurred_on)),
        ("How", label(found.channel, "Channel")),
        ("Who", joined(there)),
        ("Title", found.subject or ""),
        ("The same for every practice", found.said or ""),
    ]


def rows_of(meeting: Meeting, errors: Errors) -> list[Row]:
    return [_row(meeting, practice, errors) for practice in meeting.practices.values()]


def _row(meeting: Meeting, practice: Practice, errors: Errors) -> Row:
    assert practice.details is not None
    code, recorded = practice.code, meeting.recorded_on(practice)
    state, words = _state(meeting, practice)
    return Row(
        code,
        practice.details.name.words,
        agenda(practice, current_asked().on),
        "Recorded" if recorded and code not in errors else state,
        words,
        meeting.about_one(code),
        entry_link(code, recorded.version) if recorded else "",
        errors[code].message if code in errors else "",
    )


def _state(meeting: Meeting, practice: Practice) -> tuple[str, str]:
    try:
        one = meeting.said_of(practice)
    except NotUnderstood as problem:
        typed = meeting.typed_of_one(practice.code)
        message = next(iter(problem.errors.values())).message
        return f"To be mended: {message}", typed.get("said", "") if typed else ""
    if one.said:
        return "Ready", one.said
    if meeting.is_told(one):
        return "Ready: only what holds of every practice", ""
    return "Nothing typed yet", ""


def held_meeting(meeting_id: str) -> dict[str, Any]:
    """What one meeting left on the practices that this reader may read."""
    if not is_meeting(meeting_id):
        return {"rows": []}
    asked = current_asked()
    with service.views.reading() as reading:
        parts = meetings.parts(reading, scope_of(asked), reader(asked), asked.on, meeting_id)
        called = people.names(reading, {one.recorded_by for one in parts})
    names = Names(called, organisation_names({one.organisation for one in parts}, asked.on))
    return {
        "rows": [_held_row(one) for one in parts],
        "meeting": meeting_id,
        "title": title_of(meeting_id),
        "on": " and ".join(sorted({day(one.held_on) for one in parts})),
        "by": sorted(
            {f"{names.person(one.recorded_by)}, {names.organisation(one.organisation)}" for one in parts}
        ),
    }


def _held_row(part: meetings.Part) -> HeldRow:
    asked = current_asked()
    practice = service.casebook.seen(part.code, asked)
    entry, record = practice.standing[part.version], practice.records.get(part.version)
    telling = Telling(practice, Names())
    telling.title(entry.fact)
    note_reading(practice, asked, telling)
    offers = on_entry(Offers(practice, asked, lambda command: may(command, practice)), entry)
    agree = any(one.command == "AgreeEntry" for one in offers)
    return HeldRow(
        part.practice,
        practice_link(part.code),
        entry_link(part.code, part.version),
        STATES[record.state] if record else "",
        f"{practice_link(part.code)}/agree-entry?version={part.version}" if agree else "",
    )


class Listed(NamedTuple):
    title: str
    href: str
    line: str


def listed() -> dict[str, list[Listed]]:
    """The meetings and reminders that one prepares, and the latest that were recorded."""
    asked = current_asked()
    prepared = []
    if may("RecordConversation"):
        for draft in drafts().all_of(asked.person):
            meeting_id = meeting_at(draft.about)
            if is_meeting(meeting_id) and not is_part(draft.about):
                number = plural(sum(name == "practices" for name, _ in draft.typed), "practice")
                prepared.append(
                    Listed(
                        f"{title_of(meeting_id)} on {number}",
                        draft.about,
                        f"kept {moment(draft.saved_at)}",
                    )
                )
    with service.views.reading() as reading:
        held = meetings.held(reading, scope_of(asked), reader(asked), asked.on)
        called = people.names(reading, {one.recorded_by for one in held})
    names = Names(called, organisation_names({one.organisation for one in held}, asked.on))
    return {
        "prepared": prepared,
        "held": [
            Listed(
                f"{title_of(one.meeting)} of {day(one.held_on)}",
                address_of(one.meeting),
                f"{plural(one.practices, 'practice')}, recorded by {names.person(one.recorded_by)},"
                f" {names.organisation(one.organisation)}",
            )
            for one in held
        ],
    }
