"""Two people at once, without a store: forms drawn at one version of a random history, and sent one after the other."""

from __future__ import annotations

import random
from dataclasses import fields, replace
from datetime import timedelta
from itertools import combinations
from typing import NamedTuple

from domain.access.permissions import check
from domain.practice.at_once import recorded_meanwhile
from domain.practice.commands import GiveOverride, OpenTierDecision
from domain.practice.practice import decide, replay
from domain.practice.visible import as_seen_by
from domain.rules import Asked, Recorded, RuleBroken
from tests.projections.histories import COMMANDS, PEOPLE, random_history
from tests.support import factories as a
from tests.support.given import ADVISER, told_elsewhere


class Sent(NamedTuple):
    """What one person asks for, and what it would record if nobody else were there."""

    command: object
    asked: Asked
    facts: list
    begins: int


class Became(NamedTuple):
    """What became of a form that was sent: the history after it, and why nothing of it was recorded, if nothing was."""

    history: list[Recorded]
    facts: list
    conflicts: list[Recorded]
    refused: RuleBroken | None = None

    @property
    def applied(self):
        return not self.conflicts and self.refused is None


def pairs(seed, length, tries):
    """Pairs of what two people could each record if they were alone, with the history that both saw."""
    whole, chance = random_history(seed, a.CODE, length), random.Random(seed)
    history = whole[: chance.randrange(length // 4, len(whole) + 1)]
    practice, at = replay(history), history[-1].recorded_at + timedelta(hours=1)
    possible = []
    for number in range(1, tries + 1):
        asked = replace(chance.choice(PEOPLE), at=at)
        command = chance.choice(COMMANDS)(chance, practice, at.date())
        asked = replace(ADVISER, at=at) if isinstance(command, GiveOverride) else asked
        if command is None or isinstance(
            command, OpenTierDecision
        ):  # the page records that, and no form does
            continue
        alone = send(history, len(history), Sent(command, asked, [], 1_000 * number))
        if alone.applied and alone.facts:
            possible.append(Sent(command, asked, alone.facts, 1_000 * number))
    two = [pair for pair in combinations(possible, 2) if pair[0].asked.person != pair[1].asked.person]
    return history, two


def send(history, drawn_at, sent):
    """As `Casebook.handle` does it. Facts are numbered by who sent them, so that both orders can be compared."""
    practice = replay(history)
    seen = as_seen_by(history, practice.closed, sent.asked, practice.let_in)
    known = told_elsewhere(replay(seen), sent.command)
    try:
        check(sent.asked, sent.command, known)
        if conflicts := recorded_meanwhile(sent.command, sent.asked, seen, drawn_at):
            return Became(history, [], conflicts)
        facts = decide(known, sent.command, sent.asked)
    except RuleBroken as refused:
        return Became(history, [], [], refused)
    return Became([*history, *_recorded(facts, sent)], facts, [])


def _recorded(facts, sent):
    return [
        Recorded(
            stream=f"practice-{a.CODE}",
            version=sent.begins + number,
            position=0,
            recorded_at=sent.asked.at,
            person=sent.asked.person,
            organisation=sent.asked.organisation,
            role=sent.asked.role,
            on_behalf_of=None,
            command_id=f"command-{sent.begins:08d}",
            corrects=getattr(fact, "corrects", None),
            fact=fact,
        )
        for number, fact in enumerate(facts)
    ]


def stands(history):
    """How a practice stands, whichever of two facts came first."""
    practice = replay(history)
    apart = {"history", "version"}
    return {
        one.name: _unordered(getattr(practice, one.name)) for one in fields(practice) if one.name not in apart
    }


def _unordered(value):
    if isinstance(value, dict):
        return {key: _unordered(one) for key, one in value.items()}
    return sorted(value, key=repr) if isinstance(value, list) else value
