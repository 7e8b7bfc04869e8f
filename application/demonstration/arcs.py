"""The shapes that a practice's two years can take."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta

from application.demonstration.cast import BEGINS, TODAY
from application.demonstration.episodes import visited
from application.demonstration.plan import workday
from application.demonstration.tale import Tale
from domain.practice import commands as c
from domain.practice.kinds import (
    ActionKind,
    Channel,
    ClearedBecause,
    FlagKind,
    Level,
    PracticeAnswer,
    Side,
    Tier,
)

ROOM, CONCERN, ASSURED = Tier.ROOM_FOR_IMPROVEMENT, Tier.CAUSE_FOR_CONCERN, Tier.ASSURANCE_BASED


def ago(days: int) -> date:
    """A working day about so many days before today."""
    return workday(TODAY - timedelta(days=days))


def quiet(tale: Tale) -> None:
    """Nobody has had a reason to look: the starting tier, not yet reviewed."""
    tale.begin()
    if tale.rng.random() < 0.6:
        tale.talk(ago(tale.rng.randint(60, 620)))
    if tale.rng.random() < 0.3:
        tale.vary(ago(tale.rng.randint(100, 500)))


def assured(tale: Tale) -> None:
    """Looked at, and left as it is."""
    tale.begin()
    on = ago(tale.rng.randint(60, 330))
    talk = tale.talk(on)
    tale.decide(workday(on + timedelta(days=9)), ASSURED, (talk, "contract"))
    tale.talk(ago(tale.rng.randint(5, 50)), late=tale.rng.choice((0, 0, 4)))


def watched(tale: Tale) -> None:
    """A flag, asked about, explained, and cleared."""
    tale.begin()
    start = tale.rng.randint(150, 520)
    flag = tale.flag(ago(start), Level.ALERT, tale.rng.choice(tuple(FlagKind)))
    validate = tale.propose(
        ago(start - 3), ago(start - 31), ActionKind.DATA_VALIDATION, Side.PRACTICE, flags=(flag,)
    )
    tale.agree(validate, ago(start - 6))
    tale.answer(validate, ago(start - 8))
    talk = tale.talk(ago(start - 20), flags=(flag,), actions=(validate,), late=tale.rng.choice((0, 5)))
    explained = tale.explain(flag, ago(start - 22), by_lead=tale.rng.random() < 0.4)
    tale.accept_explanation(explained, ago(start - 29))
    tale.complete(validate, ago(start - 28), entry=talk)
    tale.accept(validate, ago(start - 30))
    if tale.rng.random() < 0.25:
        tale.withdraw_flag(flag, ago(start - 60))
    else:
        tale.clear(flag, ago(start - 95), ClearedBecause.VALIDATED_EXPLANATION)
    tale.decide(ago(start - 100), ASSURED, (flag, talk))
    tale.talk(ago(tale.rng.randint(8, 45)))


def plan(tale: Tale, start: int, flag: str, actions: int = 2) -> list[str]:
    """An action plan that both organisations agree, begun `start` days ago."""
    made = []
    for number in range(actions):
        action = tale.propose(
            ago(start),
            ago(max(start - 60 - 20 * number, 1)),
            owner=(Side.PRACTICE, Side.LOCAL_COMMISSIONER, Side.PRACTICE)[number % 3],
            kind=ActionKind.SUPPORT_OFFER if number % 3 == 1 else ActionKind.IMPROVEMENT,
            flags=(flag,),
            plan=f"Plan of {ago(start):%B %Y}",
            by_lead=number % 3 == 1,
        )
        tale.agree(action, ago(start - 5 - number))
        tale.answer(action, ago(start - 7 - number))
        made.append(action)
    return made


def into_room(tale: Tale, start: int) -> tuple[str, list[str], str]:
    """A flag, what was heard, a shared conversation, a plan, and room for improvement."""
    flag = tale.flag(ago(start), Level.ALARM)
    heard = tale.hear(ago(start - 4), (flag,))
    asked = tale.talk(ago(start - 8), flags=(flag,))
    explained = tale.explain(flag, ago(start - 10))
    tale.decline_explanation(explained, ago(start - 16))
    shared = tale.together(ago(start - 20), flags=(flag,))
    tale.verify(heard, ago(start - 21), (shared,))
    actions = plan(tale, start - 22, flag)
    proposal = tale.propose_tier(ago(start - 30), ROOM, (flag, asked, shared, heard))
    tale.decide(ago(start - 34), ROOM, (flag, asked, shared, heard, *actions), proposal)
    return flag, actions, shared


def improving(tale: Tale) -> None:
    """Room for improvement, a plan carried out, and back."""
    tale.begin()
    start = tale.rng.randint(420, 640)
    flag, actions, _ = into_room(tale, start)
    for number, action in enumerate(actions):
        tale.progress(action, ago(start - 55 - number), by_lead=number == 1)
        seen = tale.talk(ago(start - 75 - number), actions=(action,), late=tale.rng.choice((0, 0, 7)))
        tale.complete(action, ago(start - 80 - number), entry=seen)
        tale.accept(action, ago(start - 86 - number))
    tale.clear(flag, ago(start - 180))
    shared = tale.together(ago(start - 185), flags=(flag,), actions=tuple(actions))
    proposal = tale.propose_tier(ago(start - 190), ASSURED, (flag, shared))
    tale.decide(ago(start - 196), ASSURED, (flag, shared, *actions), proposal)
    tale.talk(ago(tale.rng.randint(10, 120)))


def working(tale: Tale) -> None:
    """Room for improvement today, with a plan part done: something moved, something late, something waiting."""
    tale.begin()
    start = tale.rng.randint(120, 260)
    flag, actions, _ = into_room(tale, start)
    first, second = actions
    tale.progress(first, ago(start - 50))
    tale.reschedule(first, ago(start - 60), TODAY + timedelta(days=tale.rng.randint(-20, 24)))
    tale.progress(second, ago(start - 62), by_lead=True)
    tale.talk(ago(start - 70), flags=(flag,), actions=(first,), late=tale.rng.choice((0, 6)))
    if tale.rng.random() < 0.5:
        tale.complete(second, ago(9))
    waiting = tale.propose(ago(6), TODAY + timedelta(days=tale.rng.randint(12, 40)), flags=(flag,))
    tale.agree(waiting, ago(4), board=False, commissioner=tale.rng.random() < 0.5)
    tale.talk(ago(tale.rng.randint(2, 15)), sides=(Side.LOCAL_COMMISSIONER, Side.PRACTICE), flags=(flag,))
    if tale.rng.random() < 0.4:
        tale.hear(ago(3), (flag,))
    if tale.rng.random() < 0.4:
        tale.propose_tier(ago(2), tale.rng.choice((CONCERN, ASSURED)), (flag, first))


def into_concern(tale: Tale, start: int, flag: str, failed: str) -> str:
    """A plan that lapsed, more heard, a visit, and cause for concern."""
    second = tale.flag(ago(start), Level.ALARM, FlagKind.SHIFTING)
    heard = tale.hear(ago(start - 5), (second,))
    shared = tale.together(ago(start - 9), flags=(flag, second))
    tale.verify(heard, ago(start - 12), (shared,))
    tale.cancel(failed, ago(start - 14), not_done=True)
    proposal = tale.propose_tier(ago(start - 16), CONCERN, (flag, second, shared, heard))
    tale.view(ago(start - 17), ROOM)
    tale.decide(ago(start - 19), CONCERN, (flag, second, shared, heard), proposal)
    return second


def troubled(tale: Tale) -> None:
    """Cause for concern today."""
    tale.begin()
    start = tale.rng.randint(380, 560)
    flag, actions, _ = into_room(tale, start)
    tale.progress(actions[1], ago(start - 70), by_lead=True)
    tale.complete(actions[1], ago(start - 90))
    tale.accept(actions[1], ago(start - 95))
    tale.reschedule(actions[0], ago(start - 80), ago(start - 140))
    later = tale.rng.randint(60, 150)
    second = into_concern(tale, later + 20, flag, actions[0])
    visit = tale.propose(ago(later), ago(later - 28), ActionKind.VISIT, Side.CONTRACT_HOLDER, flags=(second,))
    tale.agree(visit, ago(later - 2))
    visited(tale, visit, ago(later - 4), ago(later - 8), ago(later - 20), ago(later - 23))
    seen = tale.talk(ago(later - 20), flags=(flag, second), actions=(visit,), channel=Channel.VISIT, late=3)
    tale.complete(visit, ago(later - 24), entry=seen)
    tale.accept(visit, ago(later - 26))
    renewed = plan(tale, later - 27, second, actions=3)
    tale.progress(renewed[0], ago(later - 45))
    tale.together(ago(max(later - 50, 12)), flags=(second,), actions=tuple(renewed))
    tale.reschedule(renewed[0], ago(8), TODAY + timedelta(days=tale.rng.randint(3, 18)))


def closed(tale: Tale) -> None:
    """A practice that closed; one conversation about it was recorded late."""
    tale.begin()
    flag = tale.flag(ago(400))
    tale.talk(ago(390), flags=(flag,))
    tale.clear(flag, ago(320))
    tale.decide(ago(310), ASSURED, (flag,))
    on = ago(75)
    tale.act(
        tale.manager,
        on,
        lambda: c.ClosePractice(
            closed_on=on, reason="The partners retired and the list went to two neighbours.", occurred_on=on
        ),
    )
    tale.talk(ago(80), late=12)


MISHEARD = (
    "Spoke about {topic}. The practice has begun, and not finished as I had written: {k} of its steps are still to come, the "
    "last in spring. It asked for the national comparison."
)


def corrected(tale: Tale) -> None:
    """Slips, put right in the open: a date corrected, an entry withdrawn, another's date corrected by request."""
    tale.begin()
    flag = tale.flag(ago(200), Level.ALERT)
    first = tale.talk(ago(190), flags=(flag,))
    tale.correct(first, ago(187), tale.caseworker, occurred_on=ago(192).isoformat())
    second = tale.talk(ago(150), sides=(Side.LOCAL_COMMISSIONER, Side.PRACTICE), flags=(flag,))
    tale.withdraw(second, ago(149), tale.lead)
    third = tale.talk(ago(120), sides=(Side.LOCAL_COMMISSIONER, Side.PRACTICE), flags=(flag,))
    asked = tale.request(third, ago(100), tale.caseworker, occurred_on=ago(121).isoformat())
    tale.authorise(asked, ago(98))
    tale.explain(flag, ago(90), by_lead=True)
    action = tale.propose(ago(85), ago(30), flags=(flag,))
    tale.agree(action, ago(80))
    tale.answer(action, ago(78), PracticeAnswer.AGREED_IN_PART)
    tale.complete(action, ago(28))
    tale.send_back(action, ago(26))
    tale.request(first, ago(2), tale.lead, channel="video")
    tale.decide(ago(60), ROOM, (flag, third, action))
    # The decision rests on this conversation, and so is to be looked at again by who decided it.
    tale.correct(third, ago(4), tale.lead, said=tale.words.fill(MISHEARD, tale.theme, ago(120)))


def second_thoughts(tale: Tale) -> None:
    """Things taken back in the open: a flag reopened, one withdrawn, a proposal declined, an action reopened."""
    tale.begin()
    flag = tale.flag(ago(300), Level.ALARM)
    heard = tale.hear(ago(296), (flag,))
    talk = tale.talk(ago(290), flags=(flag,))
    tale.verify(heard, ago(288), (talk,), borne_out=False)
    tale.explain(flag, ago(285))
    tale.clear(flag, ago(250))
    tale.reopen_flag(flag, ago(200))
    other = tale.flag(ago(198), Level.ALERT, FlagKind.SHIFTING)
    tale.withdraw_flag(other, ago(190))
    action = tale.propose(ago(180), ago(120), flags=(flag,))
    tale.agree(action, ago(176))
    tale.answer(action, ago(175), PracticeAnswer.REFUSED)
    seen = tale.together(ago(130), flags=(flag,), actions=(action,))
    tale.complete(action, ago(126), entry=seen)
    tale.accept(action, ago(124))
    declined = tale.propose_tier(ago(110), CONCERN, (flag, seen))
    tale.decline(declined, ago(104))
    tale.rename(f"{tale.name} and Branch", ago(90))
    tale.reopen_action(action, ago(40), TODAY + timedelta(days=5))
    tale.decide(ago(36), ROOM, (flag, seen, action))


def longest(tale: Tale) -> None:
    """One long difficult case: two years of it, two hundred facts."""
    tale.begin(BEGINS, list_size=8_412)
    flag, actions, _ = into_room(tale, 690)
    tale.vary(ago(640))
    tale.complete(actions[1], ago(560))
    tale.accept(actions[1], ago(556))
    for month in range(21):
        on = 632 - month * 29
        entry = tale.talk(ago(on), flags=(flag,), late=(0, 0, 5, 0)[month % 4])
        if month % 3 == 1:
            tale.together(ago(on - 6), flags=(flag,), actions=tuple(actions))
        else:
            tale.talk(ago(on - 9), sides=(Side.LOCAL_COMMISSIONER, Side.PRACTICE), flags=(flag,))
        action = tale.propose(
            ago(on - 10),
            ago(on - 52),
            owner=(Side.PRACTICE, Side.LOCAL_COMMISSIONER)[month % 2],
            flags=(flag,),
        )
        tale.agree(action, ago(on - 12))
        tale.progress(action, ago(on - 20))
        if month % 4 == 2:
            tale.reschedule(action, ago(on - 22), ago(on - 66))
        if month < 18:
            tale.complete(action, ago(on - 24), entry=entry)
            tale.accept(action, ago(on - 27))
        if month == 9:
            into_concern(tale, on - 11, flag, actions[0])
        if month == 16:
            shared = tale.together(ago(on - 11), flags=(flag,))
            proposal = tale.propose_tier(ago(on - 13), ROOM, (flag, shared))
            tale.decide(ago(on - 28), ROOM, (flag, shared), proposal)
    tale.keep_reviewed()
    tale.flag(ago(24), Level.ALERT, indicator="PS01")
    tale.together(ago(3), flags=(flag,), actions=tuple(actions[1:]))


Arc = Callable[[Tale], None]
