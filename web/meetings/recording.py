"""Recording a meeting: one command for each practice, in one commit where nobody else is in the way."""

from __future__ import annotations

from typing import NamedTuple

from flask import g

from domain.practice.commands import RecordConversation
from domain.rules import RuleBroken
from web.drafts import discard
from web.forms.form import Errors, NotUnderstood, Wrong
from web.meetings.forms import SayOfAll
from web.meetings.gathering import Meeting
from web.service import current_asked, service


class Done(NamedTuple):
    """What was refused, by the practice's code; on how many it is recorded; and how many had nothing typed."""

    refused: Errors
    recorded: int
    left: int


def record_all(meeting: Meeting, of_all: SayOfAll) -> Done:
    """Record what was typed of each practice. What is recorded is no draft any more; what was refused still is."""
    commands, refused, left = _commands(meeting, of_all)
    asked_for = [(code, command, meeting.command_id(code)) for code, command in commands.items()]
    outcomes = service.casebook.handle_many(asked_for, current_asked())
    g.caught_up = False
    for code, outcome in zip(commands, outcomes, strict=True):
        if isinstance(outcome, RuleBroken):
            refused[code] = Wrong(f"{_called(meeting, code)}: {outcome.message}")
    taken = [code for code in commands if code not in refused]
    if refused or left:
        discard(*(meeting.about_one(code) for code in taken))
    elif meeting.practices:
        discard(*meeting.kept)
    return Done(refused, len(taken), left)


def _commands(meeting: Meeting, of_all: SayOfAll) -> tuple[dict[str, RecordConversation], Errors, int]:
    commands: dict[str, RecordConversation] = {}
    refused: Errors = {}
    left = 0
    for code, practice in meeting.practices.items():
        if meeting.recorded_on(practice) and meeting.typed_of_one(code) is None:
            continue
        try:
            one = meeting.said_of(practice)
        except NotUnderstood as problem:
            message = next(iter(problem.errors.values())).message
            refused[code] = Wrong(f"{_called(meeting, code)}: {message}")
            continue
        if meeting.is_told(one):
            commands[code] = meeting.command(of_all, practice, one)
        else:
            left += 1
    return commands, refused, left


def _called(meeting: Meeting, code: str) -> str:
    details = meeting.practices[code].details
    return details.name.words if details else code
