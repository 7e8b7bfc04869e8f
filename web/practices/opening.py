"""What is new to the person who looks, and that they have opened it now."""

from __future__ import annotations

from collections.abc import Iterable
from contextlib import suppress
from datetime import date
from http import HTTPStatus
from typing import NamedTuple

from flask import Response, after_this_request, request

from application.outcomes import Busy
from application.recording import DiskFull
from domain.practice.state import Practice
from domain.practice.visible import Withheld
from domain.reading import OpenEntries, Reading, unopened
from domain.rules import Asked, Recorded
from web.names import organisation_names, people_names
from web.practices.entries import Entry
from web.practices.links import practice_link
from web.security import ASKED_AS_HEAD
from web.service import looking_back, service
from web.words import moment


class Unopened(NamedTuple):
    """What others recorded and this person has not opened: which facts, how many entries, and in words.

    `since` says what of it came after they last looked, or that all is older, and `href` leads to where to go on.
    """

    versions: frozenset[int]
    entries: int
    since: str = ""
    href: str = ""
    link: str = ""

    def __bool__(self) -> bool:
        return bool(self.versions)


class OpenedBy(NamedTuple):
    """Who opened an entry, as the page says it."""

    name: str
    organisation: str
    at: str


def reading_of(code: str) -> Reading:
    found: Reading = service.casebook.aggregate("reading", code)
    return found


def new_to(practice: Practice, asked: Asked) -> Unopened:
    """What is new to this person since they last looked. Nothing of the past is."""
    if looking_back():
        return Unopened(frozenset(), 0)
    reading = reading_of(practice.code)
    versions = unopened(practice, reading, asked)
    acts: dict[str, int] = {}
    for entry in practice.history:
        acts.setdefault(entry.command_id, entry.version)
    new = set(versions)
    leading = sorted({acts[entry.command_id] for entry in practice.history if entry.version in new})
    looked = max(reading.by(asked.person) | _own(practice, asked), default=0)
    return Unopened(frozenset(versions), len(leading), *_where_to_go_on(practice.code, leading, looked))


def _own(practice: Practice, asked: Asked) -> set[int]:
    return {entry.version for entry in practice.history if entry.person == asked.person}


def _where_to_go_on(code: str, leading: list[int], looked: int) -> tuple[str, str, str]:
    """The first since somebody last looked, else the latest of what they passed over. Who never looked begins on top."""
    since = [one for one in leading if one > looked]
    if not looked or not leading:
        return "", "", ""
    at = since[0] if since else leading[-1]
    href = f"{practice_link(code)}?entry={at}#entry-{at}"
    if len(since) == len(leading):
        return "", href, "Go to the first"
    if since:
        return f"{len(since):,} of them since you last looked", href, "Go to the first of these"
    return "all older than what you opened", href, "Go to the latest of them"


def note_opened(practice: Practice, asked: Asked, shown: Iterable[int], new: Unopened) -> None:
    """Record that a page shows these entries whole to somebody who had not opened them, once it is made and given out.

    Where it cannot be recorded the page is shown all the same: then they have not opened it as far as anybody knows.
    """
    whole = {
        version
        for version in shown
        if version in new.versions
        and (entry := practice.recorded(version)) is not None
        and not isinstance(entry.fact, Withheld)
    }
    if not whole:
        return
    if ASKED_AS_HEAD in request.environ:
        return
    command = OpenEntries(code=practice.code, versions=tuple(sorted(whole)))

    @after_this_request
    def note(response: Response) -> Response:
        if response.status_code == HTTPStatus.OK:
            with suppress(Busy, DiskFull):
                service.casebook.handle(
                    practice.code, command, asked, command_id=service.casebook.ids("command")
                )
        return response


def versions_in(entries: Iterable[Entry]) -> list[int]:
    """Every fact that some entries show: each act's own, what was recorded with it, and what it was corrected by."""
    return [
        version
        for entry in entries
        for version in (entry.version, *entry.others, *(one.version for one in entry.amended))
    ]


def opened_by(recorded: Recorded, practice: Practice, day: date) -> list[OpenedBy]:
    """Who else has opened an entry, the first of them first. Its own recorder knows it."""
    if isinstance(recorded.fact, Withheld):
        return []
    openings = [
        one for one in reading_of(practice.code).of(recorded.version) if one.person != recorded.person
    ]
    people = people_names(one.person for one in openings)
    organisations = organisation_names((one.organisation for one in openings), day)
    return [
        OpenedBy(people[one.person], organisations.get(one.organisation or "", ""), moment(one.at))
        for one in openings
    ]
