"""Writes docs/concurrency.md from what commands answer for: `python -m tests.architecture.concurrency_page`."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from functools import cache
from itertools import combinations_with_replacement

from domain.practice import commands as c
from domain.practice.practice import TAKEN_AFTER_CLOSURE
from tests.architecture.answered import (
    COMMANDS,
    ENTRY,
    answers_for,
    facts_of,
    rests_on,
    shared,
    shared_by_all,
)
from tests.architecture.pages import table, write

NAME = "concurrency.md"

COMMUTE, SAME, RULE, ALWAYS = ".", "=", "r", "X"

FORBIDS = (
    c.ClosePractice,
    c.MergePractices,
    c.ApproveMerger,
    c.AssignResponsibility,
    c.ChangeVisibility,
    c.CloseEpisode,
    c.TerminateContract,
)
"""What has rules refuse other work afterwards, or is itself refused while other work is open."""

OPENING = """\
# Two people at once

What happens when two people send commands about one practice at the same time, each from a form that was drawn before
the other's was recorded. Nothing is locked, and nobody waits. Each form carries the version of the practice that it was
drawn at. Whoever is second is decided on what the first recorded, so that the record is always that of one serial order;
and where both answer for the same *thing*, the second is asked first: the form comes back with what the other recorded
beside what was typed, who recorded it and when, and nothing of the second is recorded until they send it again.

| | means |
|---|---|
| `.` | they commute: both are recorded, whichever is first, and the practice stands the same in both orders |
| `=` | they conflict when they are about the same thing (the same flag, action, entry, notice…), and commute otherwise |
| `X` | they conflict always: there is one of the thing in a practice (its tier, its contract, its caseworker…) |
| `r` | nothing is shared, but a rule may refuse one because of the other; the page then says what was recorded meanwhile |

What an organisation says for itself alone (its agreement to an action, its position on a concern) commutes with what the
other says for itself, though it is about the same thing. What the page records by itself when a decision is opened
(`OpenTierDecision`) says what is recommended at that moment, and conflicts with nothing.

This page is made from the code by `python -m tests.architecture.concurrency_page`, and a test says when it is out of date.
What a command answers for is `domain/practice/things.py`; what it rests on, `domain/practice/rests_on.py`; when two
conflict, `domain/practice/at_once.py`. `tests/domain/test_at_once.py` holds the table against random histories.
"""


@cache
def relation(one: type, other: type) -> str:
    """What becomes of two commands at once, in whichever order they come."""
    pair = {one, other}
    if c.OpenTierDecision in pair:
        return COMMUTE
    if shared_by_all(one, other):
        return ALWAYS
    if pair & set(FORBIDS) or _after_closure(pair):
        return RULE
    return SAME if shared(one, other) else COMMUTE


def _after_closure(pair: set[type]) -> bool:
    """A practice that is opened again takes what a closed one did not."""
    return c.ReopenPractice in pair and not pair <= set(TAKEN_AFTER_CLOSURE)


def page() -> str:
    names = sorted(COMMANDS)
    pairs = Counter(
        relation(COMMANDS[one], COMMANDS[other]) for one, other in combinations_with_replacement(names, 2)
    )
    counted = ", ".join(f"{pairs[sign]:,} `{sign}`" for sign in (COMMUTE, SAME, RULE, ALWAYS))
    lines = [
        OPENING,
        "## The matrix",
        "",
        f"{len(names)} commands, {sum(pairs.values()):,} pairs: {counted}.",
    ]
    lines += ["", "```text", *_matrix(names), "```", "", "## What each command answers for", ""]
    lines += table(("command", "answers for", "rests on", "always conflicts with"), map(_row, names))
    return "\n".join(lines).rstrip() + "\n"


def _matrix(names: Sequence[str]) -> list[str]:
    """A line a command, with its number; the columns have the numbers of the lines."""
    widest = max(map(len, names))
    numbers = [f"{number:03d}" for number in range(1, len(names) + 1)]
    heading = [" " * (widest + 5) + "".join(number[digit] for number in numbers) for digit in range(3)]
    return heading + [
        f"{number} {name:<{widest}} " + "".join(relation(COMMANDS[name], COMMANDS[other]) for other in names)
        for number, name in zip(numbers, names, strict=True)
    ]


def _row(name: str) -> tuple[str, str, str, str]:
    command = COMMANDS[name]
    always = [other for other in sorted(COMMANDS) if relation(command, COMMANDS[other]) == ALWAYS]
    answers = {one for told in (command, *facts_of(command)) for one in answers_for(told)}
    return f"`{name}`", _listed(answers), _listed(rests_on(command)), ", ".join(f"`{one}`" for one in always)


IN_WORDS = {
    f"fact-{ENTRY}": "the entry",
    f"words-{ENTRY}": "what the entry says",
    f"sight-{ENTRY}": "who sees the entry",
    "<indicator>-<kind>": "the indicator, in one kind of flag",
    **dict.fromkeys(("position-<flag>", "position-<intelligence>"), "the position on a concern"),
    **dict.fromkeys(("joining-<flag>", "joining-<intelligence>"), "the joining about a concern"),
    "disputing-<notice>": "the dispute over a notice",
    "dissent-<decision>": "the organisation’s dissent from a decision",
    f"challenging-X90001/{ENTRY}": "the challenge of an entry",
    "ending-<contract>": "the notice that ends a contract",
    "open-visit": "the open visit (or other action of which one is open)",
    "declaration-<year>": "the declaration of a year",
    "recommendation": "the recommendation, if it changes",
    "view": "the local commissioner’s view",
    "list": "the list’s closing",
}


def _listed(things: Iterable[str]) -> str:
    return ", ".join(sorted({IN_WORDS.get(one, f"the {one.strip('<>')}") for one in things}))


if __name__ == "__main__":
    write(NAME, page())
