"""What every command of a practice answers for, and rests on, whatever it is about: asked of `domain` with stand-ins for
ids, in a history that has a fact of every kind. Which facts a command records is read from the rule that answers it.
"""

from __future__ import annotations

import ast
import dataclasses
import inspect
import textwrap
from functools import cache
from itertools import product
from types import FunctionType, SimpleNamespace
from typing import Any

from domain.framework.read import UNREAD
from domain.practice import commands, events, things
from domain.practice import rests_on as resting
from domain.practice.kinds import ActionKind, RecommendedBecause
from domain.practice.practice import DECIDES
from domain.rules import Fact

COMMANDS = commands.COMMANDS | commands.FOLLOWS

ENTRY = 7
"""The one entry that everything is about."""

_STANDS_FOR: dict[str, Any] = {
    "version": ENTRY,
    "corrects": ENTRY,
    "about": f"X90001/{ENTRY}",
    "action_ids": ("<action>",),
    "breaches": ("<breach>",),
    "rests_on": ("<notice>",),
    "signals": (SimpleNamespace(flag_id="<flag>", indicator="<indicator>", kind="<kind>"),),
    "because": RecommendedBecause.FACTS_CHANGED,
    "indicator": "<indicator>",
    "subject": "<notice>",
    "declaration_year": "<year>",
    "contract_id": "<contract>",
    **dict.fromkeys(("inputs", "evidence", "answers"), (f"X90001/{ENTRY}",)),
}


CONCERNS = ("<flag>", "<intelligence>")
"""What a concern is: one or the other."""


@cache
def stand_ins(kind: type) -> tuple[Any, ...]:
    """A command or fact of a kind, about anything; one for each that a concern may be."""
    named = {one.name for one in dataclasses.fields(kind)}
    return tuple(_stand_in(kind, concern) for concern in (CONCERNS if "concern" in named else CONCERNS[:1]))


def _stand_in(kind: type, concern: str) -> Any:
    made: Any = object.__new__(kind)
    for one in dataclasses.fields(kind):
        value = _STANDS_FOR.get(
            one.name, f"<{one.name.removesuffix('_id')}>" if one.name.endswith("_id") else None
        )
        if one.name == "concern":
            value = concern
        if one.name == "kind":
            value = ActionKind.VISIT if "Action" in kind.__name__ else "<kind>"
        object.__setattr__(made, one.name, value)
    return made


@cache
def _everything() -> tuple[Any, ...]:
    return tuple(
        SimpleNamespace(version=ENTRY, fact=made) for fact in events.FACTS for made in stand_ins(fact)
    )


@cache
def answers_for(told: type) -> frozenset[str]:
    """What is named by the fact or command itself."""
    return frozenset().union(*map(things.things, stand_ins(told)))


@cache
def rests_on(told: type) -> frozenset[str]:
    return frozenset().union(*(resting.rests_on(made, []) for made in stand_ins(told)))


@cache
def shared(one: type, other: type) -> frozenset[str]:
    """The things over which two commands conflict where they are about the same."""
    return _clash(one, other) | _clash(other, one)


@cache
def shared_by_all(one: type, other: type) -> frozenset[str]:
    """Those of them that there is one of in a practice, and that both always mean. A recommendation changes seldom."""
    both = _clash(one, other, ()) | _clash(other, one, ())
    return frozenset(thing for thing in both if thing.isalpha() and thing != "recommendation")


def _clash(command: type, recorded_by: type, history: tuple[Any, ...] | None = None) -> frozenset[str]:
    """What a command shares with the facts that another recorded."""
    known: Any = _everything() if history is None else history
    found = frozenset[str]()
    for mine, fact in product(stand_ins(command), facts_of(recorded_by)):
        answers, rests = things.things_through(mine, known), resting.rests_on(mine, known)
        for theirs in stand_ins(fact):
            found |= things.things_through(theirs, known) & (answers | rests)
            found |= resting.rests_on(theirs, known) & answers
    return found


@cache
def facts_of(command: type) -> frozenset[type[Fact]]:
    """The facts that a command may record, and the recommendation that it may change."""
    found = frozenset(_made_by(DECIDES[command], set()))
    return found if found <= UNREAD else found | {events.TierRecommended}


def _made_by(rule: FunctionType, seen: set[FunctionType]) -> set[type[Fact]]:
    """The facts that a function makes, by itself or through what it calls of a practice."""
    seen.add(rule)
    found: set[type[Fact]] = set()
    for node in ast.walk(ast.parse(textwrap.dedent(inspect.getsource(rule)))):
        named = _named(node, rule.__globals__)
        if isinstance(named, type) and named in events.FACTS and isinstance(node, ast.Call):
            found.add(named)
        elif isinstance(named, FunctionType) and named not in seen and "practice" in named.__module__:
            found |= _made_by(named, seen)
    return found


def _named(node: ast.AST, known: dict[str, Any]) -> Any:
    """What a name or a call of a name means."""
    name = node.func if isinstance(node, ast.Call) else node
    if isinstance(name, ast.Name):
        return known.get(name.id)
    if isinstance(name, ast.Attribute) and isinstance(name.value, ast.Name):
        return getattr(known.get(name.value.id), name.attr, None)
    return None
