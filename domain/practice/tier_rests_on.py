"""What moved the tier stays recorded until the tier moves again: a correction is no way around the guards of a move."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from domain.practice import events as e
from domain.practice.concerns import says_more_than_numbers
from domain.practice.guards import data_is_validated, leads_out, raises, talked_about
from domain.practice.kinds import Tier
from domain.practice.state import Practice
from domain.practice.weighing import practice_said
from domain.rules import Recorded, RuleBroken

Replay = Callable[[list[Recorded]], Practice]


def the_tier_still_rests_on_what_moved_it(before: Practice, after: Practice, replay: Replay) -> None:
    """Refuse a correction or withdrawal that takes from the last move of the tier what let it pass. Earlier moves are
    history: what was wrong of them is corrected as anything else is.
    """
    moved = _last_move(before)
    if moved is None or _corrected(after) >= moved.version:
        return
    grounds = set(_grounds(before, moved, replay))
    if grounds and not grounds <= set(_grounds(after, moved, replay)):
        raise RuleBroken(
            "what-moved-the-tier-stands-until-it-moves-again",
            f"{before.code}/{moved.version} moved the tier and rests on this: move the tier anew first, or correct only "
            f"the words. What both organisations said may be disputed or amended",
        )


def _last_move(practice: Practice) -> Recorded | None:
    """The decision by which the tier is what it is, where the framework's guards were asked of it."""
    for decision in reversed(practice.decisions):
        entry = practice.standing[decision.version]
        assert isinstance(entry.fact, e.TierDecided)
        if entry.fact.before != entry.fact.tier:
            return entry if entry.fact.framework_version is not None else None
    return None


def _corrected(after: Practice) -> int:
    """What was corrected or withdrawn last. Of what came after the move, no ground of it was made."""
    fact = after.history[-1].fact
    return fact.corrects if isinstance(fact, e.FactCorrected | e.FactWithdrawn) else 0


def _grounds(practice: Practice, moved: Recorded, replay: Replay) -> Iterator[str]:
    """What let it pass, of what was recorded by then and as it is corrected now. Each is asked alone: who may not see one
    does not take away another.
    """
    fact = moved.fact
    assert isinstance(fact, e.TierDecided)
    then, day = replay(_by_then(practice.history, moved.version)), fact.occurred_on
    found = (then.standing.get(int(one.rpartition("/")[2])) for one in fact.inputs)
    cited = [one for one in found if one is not None]
    if fact.tier == Tier.CAUSE_FOR_CONCERN:
        answers = (then.standing.get(int(one.rpartition("/")[2])) for one in fact.answers)
        if fact.answered is None and any(one and practice_said(one.fact) for one in answers):
            yield "the practice answered"
        if any(says_more_than_numbers(then, one.fact, day) for one in cited):
            yield "more than numbers"
        if fact.immediate_safety is None and fact.override is None and talked_about(then, cited, day):
            yield "talked about"
    elif fact.before == Tier.CAUSE_FOR_CONCERN:
        if any(leads_out(then, cited, day)):
            yield "talked about since"
    elif raises(fact.before, fact.tier) and data_is_validated(then, cited, day):
        yield "validated"


def _by_then(history: list[Recorded], version: int) -> list[Recorded]:
    """What was recorded before a fact, and what corrects that."""
    return [
        one
        for one in history
        if one.version < version
        or (isinstance(one.fact, e.FactCorrected | e.FactWithdrawn) and one.fact.corrects < version)
    ]
