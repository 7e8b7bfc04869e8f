"""Episodes: what is open about a practice, from its first concern to its close.

A concern is a flag or a piece of intelligence. An episode is worked out from the concerns that its reader sees, and
never stored: it begins with the first that is open where none was, takes in each that comes, and goes on until its
caseworker closes it. A practice that closed has no open episode; if it reopens, its episode goes on.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Literal, NamedTuple

from domain.practice.commands import CloseEpisode, ReopenEpisode
from domain.practice.dates import day_since, in_full
from domain.practice.events import (
    ConversationRecorded,
    CorrectionRequested,
    EpisodeClosed,
    EpisodeReopened,
    FlagRaised,
    FlagReopened,
    IntelligenceRecorded,
)
from domain.practice.handing_over import looks_after
from domain.practice.kinds import Level, Visibility
from domain.practice.state import Episode, Practice
from domain.practice.visible import visibility_of
from domain.rules import Asked, Fact, Recorded, RuleBroken, Sealed, refuse_unless

Standing = Literal["proposal", "request", "action", "evidence", "intelligence", "flag", "dispute"]


class Blocker(NamedTuple):
    """Something that must be settled before an episode is closed, and the entry where it stands."""

    what: Standing
    version: int
    late: bool = False


IN_WORDS: dict[Standing, str] = {
    "proposal": "a proposal for the tier",
    "request": "a correction that was asked for",
    "action": "an open action",
    "evidence": "evidence to be accepted",
    "intelligence": "soft intelligence to be verified",
    "flag": "an open flag",
    "dispute": "a disputed conversation",
}


def open_episode(practice: Practice) -> Episode | None:
    """The episode that goes on now, if any does."""
    last = _last(practice)
    return last if last and last.closed_on is None and practice.closed_on is None else None


def blockers(practice: Practice, today: date) -> list[Blocker]:
    """All that stands in the way of closing, in the order of the practice's page: what is late comes first."""
    episode = open_episode(practice)
    if episode is None:
        return []
    to_do = sorted(_to_do(practice, today), key=lambda one: not one.late)
    return [*to_do, *_disputes(practice, episode)]


def close_episode(practice: Practice, command: CloseEpisode, asked: Asked) -> list[Fact]:
    """An episode is closed by its caseworker, or by whoever covers for them, when nothing in it is left open."""
    _theirs_to_close(practice, asked)
    episode = open_episode(practice)
    if episode is None:
        raise RuleBroken("only-an-open-episode-is-closed", "No episode is open for this practice")
    if found := blockers(practice, asked.on):
        listed = "; ".join(f"{IN_WORDS[one.what]} (entry {one.version})" for one in found)
        raise RuleBroken(
            "an-episode-closes-when-nothing-in-it-is-open", f"Settle first what is still open: {listed}"
        )
    assert practice.caseworker is not None
    return [
        EpisodeClosed(
            closing_id=command.closing_id,
            concerns=tuple(episode.concerns),
            concern=_seen_by_few(practice, episode),
            caseworker=practice.caseworker,
            reason=Sealed(command.reason),
            occurred_on=day_since(_last_settled(practice, episode), command, asked),
        )
    ]


def reopen_episode(practice: Practice, command: ReopenEpisode, asked: Asked) -> list[Fact]:
    """The episode that was closed last is reopened, with a reason, while no other has begun."""
    closed = practice.closings.get(command.closing_id)
    if closed is None or closed.closed_on is None:
        raise RuleBroken("a-closing-is-of-this-practice", "Choose a closed episode of this practice")
    if closed is not _last(practice):
        later = practice.episodes[-1]
        raise RuleBroken(
            "only-the-latest-episode-is-reopened",
            f"Another episode has begun on {in_full(later.opened_on)}: go on in that one",
        )
    return [
        EpisodeReopened(
            closing_id=command.closing_id,
            concern=closed.seen_with,
            reason=Sealed(command.reason),
            occurred_on=day_since(closed.closed_on, command, asked),
        )
    ]


def _theirs_to_close(practice: Practice, asked: Asked) -> None:
    refuse_unless(
        looks_after(practice, asked),
        "an-episode-is-closed-by-its-caseworker",
        "Only the named caseworker, or whoever covers for them, can close this",
    )


def _last(practice: Practice) -> Episode | None:
    return practice.episodes[-1] if practice.episodes else None


def _to_do(practice: Practice, today: date) -> Iterator[Blocker]:
    for proposal in reversed(practice.proposals.values()):
        if proposal.status == "open":
            yield Blocker("proposal", proposal.version)
    asked_for = (one for one in practice.standing.values() if isinstance(one.fact, CorrectionRequested))
    for entry in reversed(list(asked_for)):
        if practice.requests[entry.fact.request_id].status == "open":  # type: ignore[attr-defined]
            yield Blocker("request", entry.version)
    for action in sorted(practice.actions.values(), key=lambda one: (one.due_on, one.version)):
        if action.status == "completed":
            yield Blocker("evidence", action.version)
        elif action.open:
            yield Blocker("action", action.version, late=action.due_on <= today)
    for heard in sorted(practice.intelligence.values(), key=lambda one: (one.recorded_on, one.version))[::-1]:
        if heard.status == "unverified":
            yield Blocker("intelligence", heard.version, late=heard.immediate_safety_risk)
    for flag in sorted(
        practice.flags.values(), key=lambda one: (one.level != Level.ALARM, one.raised_on, one.version)
    ):
        if flag.open:
            yield Blocker("flag", flag.version)


def _disputes(practice: Practice, episode: Episode) -> Iterator[Blocker]:
    """The newest first, as the conversation stands on the page. What was disputed before belongs to an earlier one."""
    found = []
    for version, record in practice.records.items():
        entry = practice.standing.get(version)
        if record.state == "disputed" and entry and isinstance(entry.fact, ConversationRecorded):
            found.append((entry.fact.occurred_on, version))
    for on, version in sorted(found, reverse=True):
        if on >= episode.opened_on:
            yield Blocker("dispute", version)


def _last_settled(practice: Practice, episode: Episode) -> date:
    """The day before which it was not yet closed: the last that anything in it ended."""
    flags = (practice.flags[one].ended_on for one in episode.concerns if one in practice.flags)
    actions = (action.ended_on for action in practice.actions.values())
    return max(filter(None, (episode.opened_on, episode.reopened_on, *flags, *actions)))


def _seen_by_few(practice: Practice, episode: Episode) -> str | None:
    """The concern with which its closing is seen, where none of them is seen by both organisations."""
    seen: dict[Visibility, str] = {}
    for concern in episode.concerns:
        heard = practice.intelligence.get(concern)
        seen.setdefault(visibility_of(practice.closed, heard.version) if heard else Visibility.BOTH, concern)
    if Visibility.BOTH in seen:
        return None
    return seen.get(Visibility.RESTRICTED) or seen.get(Visibility.INTERNAL)


# --- how facts change state -----------------------------------------------------------------------------------


def concern_opened(
    practice: Practice, fact: FlagRaised | FlagReopened | IntelligenceRecorded, entry: Recorded
) -> None:
    concern = fact.intelligence_id if isinstance(fact, IntelligenceRecorded) else fact.flag_id
    last = _last(practice)
    if last is None or last.closed_on is not None:
        last = Episode(after=last.closed_on if last else None)
        practice.episodes.append(last)
    last.concerns.setdefault(concern, (fact.occurred_on, entry.version))


def episode_closed(practice: Practice, fact: EpisodeClosed, entry: Recorded) -> None:
    """What is open all the same begins an episode of its own: whoever closed it did not see it, or it was corrected."""
    episode = _last(practice)
    if episode is None or episode.closed_on is not None:
        return
    episode.closed_on, episode.closed_version = fact.occurred_on, entry.version
    episode.closing_id, episode.seen_with = fact.closing_id, fact.concern
    left = {concern: since for concern, since in episode.concerns.items() if _still_open(practice, concern)}
    if left:
        practice.episodes.append(Episode(after=fact.occurred_on, concerns=left))


def _still_open(practice: Practice, concern: str) -> bool:
    flag, heard = practice.flags.get(concern), practice.intelligence.get(concern)
    return flag.open if flag else heard is not None and heard.status == "unverified"


def episode_reopened(practice: Practice, fact: EpisodeReopened, entry: Recorded) -> None:
    episode = practice.closings.get(fact.closing_id)
    if episode is None:
        return
    at = practice.episodes.index(episode)
    for later in practice.episodes[at + 1 :]:
        # What began since unseen by whoever reopened it goes on in this one.
        episode.concerns |= later.concerns
    del practice.episodes[at + 1 :]
    episode.closed_on = episode.closed_version = episode.closing_id = episode.seen_with = None
    episode.reopened_on = fact.occurred_on
