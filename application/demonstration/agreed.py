"""What the organisations of the demonstration agree with each other, amend and dispute, and where each stands."""

from __future__ import annotations

import random
from datetime import date, timedelta

from application.demonstration.cast import TODAY
from application.demonstration.plan import Act, workday
from application.demonstration.tale import Tale
from domain.practice import commands as c
from domain.practice.kinds import Tier
from domain.rules import Command

AMENDMENTS = (
    "One point is otherwise in our notes: the {role} spoke of {k} weeks, not of a date.",
    "We add what was said last: the {month} figures are to come from the practice, by {day}.",
    "The {role} did not promise this. They said that they would ask the partners on {day}.",
)
WHY = (
    "Our own note, written on the {day}, has it so.",
    "The {role} rang {k} days later and asked that it be put so.",
    "It was said after {n} minutes, when the figures of {month} were on the table.",
)

DISPUTED_AND_DECIDED = "Ashdown Medical Centre"
DISPUTED = "Summerhill Practice"

POSITIONS: dict[str, tuple[str, ...]] = {
    "Larkfield Road Surgery": (
        "The rise is in one prescriber's items and began with a locum. We would look at two more months before any step.",
        "Two of our other practices had the same locum and no such rise. We would ask for a prescribing audit now.",
    ),
    "Castle View Medical Centre": (
        "The drift is real and the practice has no account of it. It belongs in the contract review of the spring.",
        "The practice lost its lead nurse in the summer. Support first; a review in spring is early enough.",
    ),
    "Quarry Lane Practice": (
        "We hold that this bears on the safety of recalls, and ask for weekly figures until it is inside.",
    ),
}
"""The area team's position on the latest flag, then the group's, where it has stated one."""


JOINED: dict[str, str] = {
    "Larkfield Road Surgery": "You have the appointment already. We add our prescribing figures to it.",
    "Castle View Medical Centre": "One visit about this is enough for the practice. We read your notes instead.",
    "Quarry Lane Practice": "The same question had gone to the practice from you the week before.",
}
"""Why the group joined what the area team had begun to say about the latest flag."""
PARTED = "Quarry Lane Practice"


def ago(days: int) -> date:
    """A working day about so many days before today."""
    return workday(TODAY - timedelta(days=days))


def answers(tale: Tale) -> None:
    """The other organisation answers most of what was written, as it does in life: some days later, or not at all."""
    chance = random.Random(f"{tale.code} agreed")  # noqa: S311 (the same every time, on purpose)
    for act in list(tale.acts):
        if act.label is None or not act.label.startswith("entry-"):
            continue
        on = workday(act.at.date() + timedelta(days=chance.randint(2, 9)))
        fate = chance.random()
        if on >= ago(8) or fate > 0.86:
            continue
        if fate < 0.07:
            _amended(tale, act, on)
        else:
            _agree(tale, _other(tale, act.who), act.label, on)


def disputes(tale: Tale) -> None:
    """What one side holds to be wrong; and in one practice a decision that rests on it all the same."""
    if tale.name not in {DISPUTED, DISPUTED_AND_DECIDED}:
        return
    decided = tale.name == DISPUTED_AND_DECIDED
    talk = tale.talk(ago(24 if decided else 16))
    reason = (
        "We were told by the practice that it refused the second audit. Here it reads as if it had offered one."
        if decided
        else "Nobody from the group was asked about the shortfall, and our figure for it is half of this one."
    )
    label = f"{talk}-disputed"
    tale.act(
        tale.lead,
        ago(21 if decided else 13),
        lambda: c.DisputeEntry(version=tale.version(talk), reason=reason),
        label,
        after=(talk,),
    )
    if decided:
        tale.decide(
            ago(12),
            Tier.ROOM_FOR_IMPROVEMENT,
            (talk,),
            over_dispute=(
                "The audit's results are on file whoever offered it, and they bear out what the decision rests on. "
                "What is disputed is who proposed it."
            ),
            after=(label,),
        )


def positions(tale: Tale) -> None:
    """Where each organisation stands on the flag raised last."""
    stated = POSITIONS.get(tale.name, ())
    flags = [act for act in tale.acts if act.label and isinstance(_raised(act), c.RaiseFlag)]
    for who, position, days in zip((tale.manager, tale.lead), stated, (3, 6), strict=False):
        flag = flags[-1]
        tale.act(
            who,
            workday(flag.at.date() + timedelta(days=days)),
            lambda position=position, concern=flag.label: c.StatePosition(concern=concern, position=position),  # type: ignore[misc]
            after=(flag.label,),
        )


def joins(tale: Tale) -> None:
    """The group joins what the area team says about the flag raised last, and spares the practice a second contact."""
    if tale.name not in JOINED:
        return
    flag = [act for act in tale.acts if act.label and isinstance(_raised(act), c.RaiseFlag)][-1]
    spoken = min(workday(flag.at.date() + timedelta(days=7)), ago(9))
    talk, join, concern = tale.talk(spoken, flags=(str(flag.label),)), tale.new("join"), str(flag.label)
    tale.act(
        tale.lead,
        workday(spoken + timedelta(days=2)),
        lambda: c.JoinThreads(join_id=join, concern=concern, avoided_contact=True, reason=JOINED[tale.name]),
        join,
        after=(talk,),
    )
    if tale.name == PARTED:
        tale.act(
            tale.manager,
            workday(spoken + timedelta(days=5)),
            lambda: c.PartThreads(
                join_id=join, reason="The group's question turned out to be about another clinic."
            ),
            after=(join,),
        )


def _raised(act: Act) -> Command | None:
    return act.make() if act.label and act.label.startswith("flag-") else None


def _agree(tale: Tale, who: str, label: str, on: date) -> None:
    tale.act(who, on, lambda: c.AgreeEntry(version=tale.version(label)), f"{label}-agreed", after=(label,))


def _amended(tale: Tale, act: Act, on: date) -> None:
    """The other side puts its own text, and the first accepts it."""
    written, label = act.make(), act.label
    assert isinstance(written, c.RecordConversation)
    assert label is not None
    more = tale.words.one(AMENDMENTS, tale.theme, on)
    why = tale.words.one(WHY, tale.theme, on)
    amended = f"{label}-amended"
    tale.act(
        _other(tale, act.who),
        on,
        lambda: c.AmendEntry(version=tale.version(label), said=f"{written.said}\n\n{more}", reason=why),
        amended,
        after=(label,),
    )
    tale.act(
        act.who,
        workday(on + timedelta(days=4)),
        lambda: c.AgreeEntry(version=tale.version(label)),
        after=(amended,),
    )


def _other(tale: Tale, who: str) -> str:
    """Who answers for the other organisation."""
    return tale.caseworker if who == tale.lead else tale.lead
