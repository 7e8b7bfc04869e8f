"""The episode of a practice as its page tells it: since when and why it is open, what stands in the way of closing it,
who looks after it, and the ones before it.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any, NamedTuple

from domain.practice import events as e
from domain.practice.episodes import Blocker, blockers, open_episode
from domain.practice.handing_over import looks_after
from domain.practice.kinds import VisitStage
from domain.practice.state import Action, Episode
from domain.practice.visits import IN_WORDS
from domain.rules import Asked
from web.practices.fields import words_or_why
from web.practices.flags import called
from web.practices.offers import Offer, Offers
from web.practices.offers.tier import on_episode
from web.practices.reviewed import waiting_reviews
from web.practices.telling import Telling
from web.practices.tells.agreed import concern as concern_told
from web.practices.told import About, joined, short
from web.words import day, label, plural


class Earlier(NamedTuple):
    """An episode that is over: its days, and the entry that closed it."""

    words: str
    version: int | None


class EpisodeBox(NamedTuple):
    """What stands on a practice's page. `since` is empty where no episode is open; `reviews` wait, and stand in no way."""

    since: date | None
    days: str
    because: list[About]
    looked_after: str
    closes: str
    blockers: list[About]
    reviews: list[About]
    offers: list[Offer]
    earlier: list[Earlier]


def episode_box(telling: Telling, offers: Offers, covering: Sequence[str]) -> EpisodeBox:
    """`covering` are the names of those who stand in for the caseworker today."""
    practice, today = telling.practice, offers.asked.on
    now = open_episode(practice)
    named = telling.names.person(practice.caseworker)
    who = f"Caseworker {named}" if named else "No caseworker is named, so nobody can close it"
    if named and covering:
        who += f", for whom {joined(covering)} {'covers' if len(covering) == 1 else 'cover'}"
    over = [one for one in practice.episodes if one is not now and one.closed_on]
    return EpisodeBox(
        since=now.opened_on if now else None,
        days=plural((today - now.opened_on).days, "day") if now else "",
        because=_because(telling, now) if now else [],
        looked_after=who,
        closes=""
        if now is None or not named or looks_after(practice, offers.asked)
        else _who_closes(telling),
        blockers=blocked(telling, today) if now else [],
        reviews=waiting_reviews(telling),
        offers=on_episode(offers),
        earlier=[
            Earlier(f"{day(one.opened_on)} to {day(one.closed_on)}", one.closed_version)
            for one in reversed(over)
        ],
    )


def blocked(telling: Telling, today: date) -> list[About]:
    """All that must be settled before the episode is closed, each with the entry where it stands."""
    return [_blocker(telling, one, today) for one in blockers(telling.practice, today)]


def not_to_close(telling: Telling, asked: Asked) -> str:
    """Why there is no form for closing: no episode is open, or it is another person's to close. Else nothing."""
    practice = telling.practice
    if open_episode(practice) is None:
        return telling.names.said("No episode is open for this practice, so there is nothing to close.")
    return "" if looks_after(practice, asked) else _who_closes(telling)


def _who_closes(telling: Telling) -> str:
    named = telling.names.person(telling.practice.caseworker)
    if not named:
        return "No caseworker is named, so nobody can close it. Name one first."
    return f"Only its caseworker, {named}, or whoever covers for them, can close it."


def visit_notes(action: Action) -> list[str]:
    """How far a visit has come, and for which day it is arranged."""
    notes = [f"{IN_WORDS[stage]} {day(on)}" for stage, on in action.stages.items()]
    if action.visit_on and VisitStage.HELD not in action.stages:
        notes.append(f"the visit is on {day(action.visit_on)}")
    return notes


def _because(telling: Telling, episode: Episode) -> list[About]:
    """The concern that it began with, and then the others."""
    found = sorted(episode.concerns, key=lambda one: episode.concerns[one])
    told = [concern_told(telling, one) for one in found]
    return [About(one.text[:1].upper() + one.text[1:], one.version) for one in told]


def _blocker(telling: Telling, blocker: Blocker, today: date) -> About:
    fact: Any = telling.practice.standing[blocker.version].fact
    return About(_in_words(telling, blocker, fact, today), blocker.version)


def _in_words(telling: Telling, blocker: Blocker, fact: Any, today: date) -> str:
    match fact:
        case e.FlagRaised():
            return f"Open flag: {called(fact.indicator_name, fact.kind)}"
        case e.ActionProposed():
            due_on = telling.practice.actions[fact.action_id].due_on
            late = "Overdue action" if due_on < today else "Open action"
            what = "Evidence to be accepted" if blocker.what == "evidence" else late
            return f"{what}: {short(words_or_why(fact.issue))}"
        case e.IntelligenceRecorded():
            return f"Soft intelligence of {day(fact.occurred_on)} to be verified"
        case e.TierProposed():
            return f"Tier proposed: {label(fact.tier).lower()}"
        case e.CorrectionRequested():
            return f"Correction asked for: {telling.entry(fact.version).text}"
    return f"Disputed: {telling.title(fact)}, {day(fact.occurred_on)}"
