"""What both organisations say about one concern, joined into one conversation or parted again, in plain words."""

from __future__ import annotations

from typing import TYPE_CHECKING

from domain.practice import events as e
from web.practices.tells.agreed import concern
from web.practices.told import About, Told, typed
from web.words import day

if TYPE_CHECKING:
    from web.practices.telling import Telling

AVOIDED = "They will not contact the practice separately about this"


def threads_joined(t: Telling, fact: e.ThreadsJoined) -> Told:
    about = concern(t, fact.concern)
    return Told(
        title=f"Joined into one conversation: {about.text}",
        group="said",
        how=f"by {t.names.organisation(fact.organisation)}",
        words=typed(("", fact.reason)),
        rows=((t.names.said("Contact with the practice"), t.names.said(AVOIDED)),)
        if fact.avoided_contact
        else (),
        about=(about, *(spoken(t, version) for version in fact.entries)),
    )


def threads_parted(t: Telling, fact: e.ThreadsParted) -> Told:
    about = concern(t, fact.concern)
    join = t.practice.joins.get(fact.join_id)
    joined = (About(f"the joining of {day(join.joined_on)}", join.version),) if join else ()
    return Told(
        title=f"Parted into two conversations again: {about.text}",
        group="said",
        how=f"by {t.names.organisation(fact.organisation)}",
        words=typed(("", fact.reason)),
        about=(about, *joined),
    )


def spoken(t: Telling, version: int) -> About:
    """An entry of a thread, with its day."""
    about = t.entry(version)
    entry = t.practice.standing.get(version) or t.practice.recorded(version)
    on = getattr(entry.fact, "occurred_on", None) if entry else None
    return about._replace(text=f"{about.text}, {day(on)}") if on else about
