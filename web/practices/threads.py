"""What both organisations say about one concern: two conversations, or joined into one; and what may be joined."""

from __future__ import annotations

from typing import Any, NamedTuple

from domain.access.roles import SIDE_OF
from domain.practice import events as e
from domain.practice.state import Join, Practice
from domain.practice.threads import is_open, offered_to_join, standing_join
from domain.rules import Recorded
from web.forms.drawing import Drawing
from web.practices.forms.common import first_upper
from web.practices.links import entry_link, practice_link
from web.practices.offers import Offer, Offers
from web.practices.offers.conversation import on_join, to_join_theirs
from web.practices.telling import Telling
from web.practices.tells.agreed import concern as concern_told
from web.practices.tells.threads import AVOIDED, spoken
from web.practices.told import About
from web.service import current_asked, may
from web.words import day

LATEST = 5
"""Entries of a thread that are shown by what they are called; the earlier ones by number and day."""


class ToJoin(NamedTuple):
    """A conversation of the other organisation that may be joined: whose, on what, its latest entry, and the form."""

    whose: str
    concern: str
    spoke: str
    spoke_href: str
    href: str


class Thread(NamedTuple):
    """One conversation on a concern: whose it is, or that it is joined; and its entries, the newest first."""

    heading: str
    entries: list[About]
    notes: tuple[str, ...] = ()
    words: str = ""
    version: int | None = None


class OnConcern(NamedTuple):
    """What is said about an open concern by both: one thread that was joined, or two."""

    about: About
    name: str
    threads: list[Thread]
    offers: list[Offer]


def to_join(drawing: Drawing) -> list[ToJoin]:
    """What the other organisation spoke about lately, for whoever is about to record a conversation of their own.

    What the address names comes first. A reply continues a conversation already.
    """
    practice, given = drawing.practice, drawing.given
    if given.get("reply_to") or not may("JoinThreads", practice):
        return []
    offered = offered_to_join(practice, SIDE_OF.get(drawing.asked.role), drawing.today)
    named = {given.get("about_flags"), given.get("about_intelligence")}
    found = sorted(offered.items(), key=lambda one: one[0] not in named)
    return [_to_join(drawing.telling, concern, version) for concern, version in found]


def after_recording(telling: Telling, recorded: Recorded) -> list[tuple[str, str]]:
    """Links, with their words: to join what a new conversation begins a second thread on; to reply in what was joined."""
    fact = recorded.fact
    if isinstance(fact, e.ThreadsJoined):
        return _to_reply(telling.practice, fact)
    if not isinstance(fact, e.ConversationRecorded) or not may("JoinThreads", telling.practice):
        return []
    asked, threads = current_asked(), telling.practice.threads
    side = SIDE_OF.get(asked.role)
    found = [
        _to_join(telling, concern, version)
        for concern, version in offered_to_join(telling.practice, side, asked.on).items()
        if side and recorded.version in threads[concern].get(side, ())
    ]
    return [(f"Join the conversation of {one.whose}", one.href) for one in found]


def _to_reply(practice: Practice, joined: e.ThreadsJoined) -> list[tuple[str, str]]:
    last = practice.standing.get(joined.entries[-1])
    if (
        last is None
        or not isinstance(last.fact, e.ConversationRecorded)
        or not may("RecordConversation", practice)
    ):
        return []
    address = f"{practice_link(practice.code)}/record-conversation?reply_to={last.fact.entry_id}"
    return [("Reply to their conversation", address)]


def _to_join(telling: Telling, concern: str, version: int) -> ToJoin:
    practice = telling.practice
    return ToJoin(
        telling.names.organisation(practice.standing[version].organisation),
        concern_told(telling, concern).text,
        spoken(telling, version).text,
        entry_link(practice.code, version),
        f"{practice_link(practice.code)}/join-threads?concern={concern}",
    )


def on_concerns(practice: Practice, telling: Telling, offers: Offers) -> list[OnConcern]:
    """The open concerns on which both organisations' conversations are joined, or stand as two."""
    found = []
    for concern, threads in practice.threads.items():
        join = standing_join(practice, concern)
        if is_open(practice, concern) and (join or len(threads) > 1):
            about = concern_told(telling, concern)
            title = first_upper(about.text)
            shown = [_joined(telling, join)] if join else _two(telling, concern)
            offer = on_join(offers, join.join_id) if join else to_join_theirs(offers, concern)
            found.append(OnConcern(About(title, about.version), title, shown, offer))
    return found


def _joined(telling: Telling, join: Join) -> Thread:
    """Both organisations' entries as one conversation."""
    names, both = telling.names, telling.practice.threads[join.concern].values()
    who = f"{names.person(join.joined_by)}, {names.organisation(join.organisation)}"
    return Thread(
        f"Joined on {day(join.joined_on)} by {who}",
        _entries(telling, [version for versions in both for version in versions]),
        (f"{AVOIDED}.",) if join.avoided_contact else (),
        join.reason.words if join.reason else "",
        join.version,
    )


def _two(telling: Telling, concern: str) -> list[Thread]:
    practice, names = telling.practice, telling.names
    return [
        Thread(
            names.organisation(practice.standing[versions[0]].organisation) or names.side(side),
            _entries(telling, versions),
        )
        for side, versions in practice.threads[concern].items()
    ]


def _entries(telling: Telling, versions: list[int]) -> list[About]:
    def newest_first(version: int) -> Any:
        return getattr(telling.practice.standing[version].fact, "occurred_on", None), version

    found = []
    for at, version in enumerate(sorted(versions, key=newest_first, reverse=True)):
        entry = telling.practice.standing[version]
        # Beyond the latest, words stay sealed: a long conversation must not slow its practice's page.
        about = spoken(telling, version) if at < LATEST else About(_by_number(entry), version)
        found.append(about._replace(text=f"{about.text}, {telling.names.organisation(entry.organisation)}"))
    return found


def _by_number(entry: Recorded) -> str:
    on = getattr(entry.fact, "occurred_on", entry.recorded_on)
    return f"Entry {entry.version}, {day(on)}"
