"""Linked practices: that two of them belong together, and why, in the stream `link-CODE` of the one it was said of.

It stands apart from both practices' own streams, so that nothing of a practice tells of another that its reader may not
read. A link is seen from both practices alike, by whoever may read both.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from typing import Annotated, ClassVar

from domain.access import permissions
from domain.practice.dates import in_order, not_in_the_future
from domain.practice.state import Practice
from domain.rules import Asked, Command, Fact, Recorded, RuleBroken, Sealed, refuse_unless
from domain.text import NewId, PracticeCode, Reason, check_command


@dataclass(frozen=True, slots=True, kw_only=True)
class PracticesLinked(Fact):
    """Two practices belong together, for a reason: one provider, one building, people who work in both."""

    NAME: ClassVar[str] = "link.practices-linked"
    code: str
    link_id: str
    other: str
    reason: Sealed
    occurred_on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class PracticesUnlinked(Fact):
    """Two practices belong together no more."""

    NAME: ClassVar[str] = "link.practices-unlinked"
    code: str
    link_id: str
    reason: Sealed
    occurred_on: date


FACTS: tuple[type[Fact], ...] = (PracticesLinked, PracticesUnlinked)


@dataclass(frozen=True, slots=True, kw_only=True)
class LinkCommand(Command):
    """Something about what a practice is linked with."""

    code: PracticeCode
    occurred_on: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class LinkPractices(LinkCommand):
    """Say that another practice belongs together with this one, and why."""

    link_id: Annotated[str, NewId("link")]
    other: PracticeCode
    reason: Reason


@dataclass(frozen=True, slots=True, kw_only=True)
class UnlinkPractices(LinkCommand):
    """Say that two practices belong together no more, and why."""

    link_id: str
    reason: Reason


COMMANDS: dict[str, type[LinkCommand]] = {one.__name__: one for one in (LinkPractices, UnlinkPractices)}


@dataclass(slots=True)
class Link:
    """A link, by the fact that made it; `ended` is the fact that undid it."""

    recorded: Recorded
    fact: PracticesLinked
    ended: Recorded | None = None


@dataclass(slots=True)
class Links:
    """The links that were said of one practice, by id."""

    by_id: dict[str, Link] = field(default_factory=dict)

    def stands_with(self, other: str) -> bool:
        return any(one.fact.other == other and one.ended is None for one in self.by_id.values())


def replay(history: list[Recorded]) -> Links:
    links = Links()
    for entry in history:
        match entry.fact:
            case PracticesLinked() as fact:
                links.by_id[fact.link_id] = Link(entry, fact)
            case PracticesUnlinked() as fact:
                links.by_id[fact.link_id].ended = entry
    return links


def check_about(asked: Asked, command: LinkCommand, practice: Practice) -> None:
    """The practice is theirs to answer for; of another, nothing is told."""
    _readable(asked, practice, "code")
    permissions.check(asked, command, practice)


def check_other(asked: Asked, command: LinkPractices, other: Practice, links: Links) -> None:
    """The other practice is one that they may read, and does not name this one already."""
    _readable(asked, other, "other")
    _is_new(links, command.code)


def _is_new(links: Links, other: str) -> None:
    refuse_unless(
        not links.stands_with(other),
        "two-practices-are-linked-once",
        "These practices are linked already",
        "other",
    )


def _readable(asked: Asked, practice: Practice, named: str) -> None:
    refuse_unless(
        practice.registered and permissions.may_read(asked, practice),
        "a-link-is-between-practices-that-may-be-read",
        "No practice of this code is yours to read. Check the code",
        named,
    )


def decide(links: Links, command: LinkCommand, asked: Asked) -> list[Fact]:
    check_command(command)
    day = command.occurred_on or asked.on
    not_in_the_future(day, asked, "occurred_on")
    if isinstance(command, LinkPractices):
        return [_link(links, command, day)]
    assert isinstance(command, UnlinkPractices)
    return [_unlink(links, command, day)]


def _link(links: Links, command: LinkPractices, day: date) -> Fact:
    refuse_unless(command.link_id not in links.by_id, "link-ids-are-new", "This link is already recorded")
    refuse_unless(
        command.other != command.code,
        "a-practice-is-linked-with-another",
        "Enter the code of another practice",
        "other",
    )
    _is_new(links, command.other)
    return PracticesLinked(
        code=command.code,
        link_id=command.link_id,
        other=command.other,
        reason=Sealed(command.reason),
        occurred_on=day,
    )


def _unlink(links: Links, command: UnlinkPractices, day: date) -> Fact:
    link = links.by_id.get(command.link_id)
    if link is None or link.ended is not None:
        raise RuleBroken("only-a-link-that-stands-is-ended", "Choose a link that stands", "link_id")
    in_order(link.fact.occurred_on, day, "occurred_on")
    return PracticesUnlinked(
        code=command.code, link_id=command.link_id, reason=Sealed(command.reason), occurred_on=day
    )
