"""A merger stands in the records of two practices: whoever corrects it in one corrects it in the other, or in neither."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from domain.practice.commands import AuthoriseCorrection, DeclineCorrection, RequestCorrection
from domain.practice.events import MergerApproved, PracticesMerged
from domain.practice.state import Practice
from domain.rules import Command, Recorded, RuleBroken

OfACorrection = RequestCorrection | AuthoriseCorrection | DeclineCorrection


def in_the_other_record(
    code: str, command: Command, practice_of: Callable[[str], Practice]
) -> tuple[str, OfACorrection] | None:
    """The other practice and the same command as it is asked it; None of what one record alone tells."""
    if not isinstance(command, OfACorrection):
        return None
    practice = practice_of(code)
    entry = _about(practice, command)
    if entry is None or not isinstance(entry.fact, MergerApproved | PracticesMerged):
        return None
    other = practice_of(entry.fact.other)
    version = _same_in(other, entry.fact)
    if version is None:
        return None
    if isinstance(command, RequestCorrection):
        return other.code, replace(command, version=version)
    if command.request_id in other.requests:
        return other.code, command
    if isinstance(command, AuthoriseCorrection):
        raise RuleBroken(
            "a-merger-is-corrected-in-both-records",
            "This was asked for one of the two records only: decline it, and ask again for it to be corrected in both",
        )
    return None


def _about(practice: Practice, command: OfACorrection) -> Recorded | None:
    if isinstance(command, RequestCorrection):
        return practice.recorded(command.version)
    request = practice.requests.get(command.request_id)
    return practice.recorded(request.version) if request else None


def _same_in(other: Practice, fact: MergerApproved | PracticesMerged) -> int | None:
    return next(
        (
            entry.version
            for entry in other.standing.values()
            if isinstance(entry.fact, MergerApproved | PracticesMerged)
            and type(entry.fact) is type(fact)
            and entry.fact.merger_id == fact.merger_id
        ),
        None,
    )
