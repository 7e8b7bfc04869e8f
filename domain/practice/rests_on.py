"""What a judgement rests on: were it changed meanwhile, the person would have read something else before they signed.

Nobody signs words that were changed while they read: a notice rests on all that its letter says, a tier on the entries
that it cites, on what the local commissioner said and on what the framework recommends, and every finding on its evidence.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from domain.practice import commands, events
from domain.practice.things import OF_ACCESS, sight_of, things, words_of
from domain.rules import Recorded

_CITED = ("inputs", "evidence", "answers")
"""Fields that cite entries by stream and version."""

_ON_THE_TIER = (commands.DecideTier, commands.ProposeTier, events.TierDecided, events.TierProposed)

_DRAFTS = (
    events.RemedialNoticeDrafted,
    events.BreachNoticeDrafted,
    events.SanctionProposed,
    events.TerminationNoticeDrafted,
)


def rests_on(told: Any, history: list[Recorded]) -> frozenset[str]:
    """The things that a fact or command rests on without answering for them."""
    cited = _cited(told)
    found = {*getattr(told, "rests_on", ()), *map(words_of, cited)}
    if isinstance(told, commands.ReferDispute | events.DisputeReferred):
        found.add(told.subject)
    if isinstance(told, commands.JoinThreads):
        found.add(told.concern)
    found.update(map(sight_of, _asked_to_see(told, history)))
    if isinstance(told, commands.PracticeCommand) and getattr(told, "contract_id", None):
        found.add("contract")
    if isinstance(told, _ON_THE_TIER):
        found.update(*(things(one.fact) for one in history if one.version in cited))
    if isinstance(told, commands.DecideTier | events.TierDecided):
        found |= {"override", "view", "recommendation"}
    if isinstance(told, commands.IssueNotice | events.NoticeIssued):
        found.update(*(_said_by(one) for one in history if _drafts(one.fact, told.notice_id)))
    return frozenset(found)


def _asked_to_see(told: Any, history: list[Recorded]) -> set[int]:
    """The entry that somebody asks to see, or is let in to."""
    if isinstance(told, commands.GrantAccess):
        asked = (one.fact for one in history if isinstance(one.fact, events.AccessRequested))
        return {one.version for one in asked if one.access_id == told.access_id}
    return {told.version} if isinstance(told, OF_ACCESS) else set()


def _cited(told: Any) -> frozenset[int]:
    return frozenset(_versions(cited for name in _CITED for cited in getattr(told, name, ())))


def _versions(cites: Iterator[str]) -> Iterator[int]:
    for cite in cites:
        number = cite.rpartition("/")[2]
        if number.isdecimal():
            yield int(number)


def _drafts(fact: Any, notice_id: str) -> bool:
    return isinstance(fact, _DRAFTS) and fact.notice_id == notice_id


def _said_by(draft: Recorded) -> frozenset[str]:
    """What a notice's letter is made of: its draft, its breaches, what it rests on, its evidence, and whom it is sent to."""
    fact: Any = draft.fact
    evidence = {words_of(version) for version in _cited(fact)}
    of_the_letter = {words_of(draft.version), "contract", "details", "responsibility"}
    return things(fact) | frozenset(getattr(fact, "rests_on", ())) | evidence | of_the_letter
