"""Writes docs/rules.md from the rules as they stand in the code: `python -m tests.architecture.rules_page`."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from itertools import product
from typing import NamedTuple

from tests.architecture.pages import ROOT, table, write

NAME = "rules.md"

OPENING = """\
# Rules

Every reason for which Casebook refuses what somebody asks. A rule's name says what is true; a refusal says which rule
did not hold, and tells the person what to do in plain English. A refused command records no fact. When a signed-in
person was refused, the access log keeps the rule's name and none of their words.

This page is made from the code by `python -m tests.architecture.rules_page`, and a test says when it is out of date.
Where the code fills in a name or a day, the message has `…`.
"""


REFUSING = {"RuleBroken": (0, 1), "broken_of": (0, 1), "refuse_unless": (1, 2)}
"""What refuses, and which of its arguments are the rule's name and the message."""


class Rule(NamedTuple):
    name: str
    message: str
    file: str
    function: str


def rules() -> list[Rule]:
    """Every refusal in domain and application, in the order of files and lines."""
    return [rule for folder in ("domain", "application") for rule in _rules_under(folder)]


def page() -> str:
    lines = [OPENING]
    found = rules()
    for file in dict.fromkeys(rule.file for rule in found):
        lines += [f"## {file}", ""]
        rows = dict.fromkeys(
            (f"`{rule.name}`", rule.message, f"`{rule.function}`") for rule in found if rule.file == file
        )
        lines += table(("rule", "what the person is told", "where"), rows)
    return "\n".join(lines).rstrip() + "\n"


def _rules_under(folder: str) -> Iterator[Rule]:
    for path in sorted((ROOT / folder).rglob("*.py")):
        functions = _functions(ast.parse(path.read_text(encoding="utf-8")))
        refusing = REFUSING | _passing_on(functions)
        for function in functions:
            if function.name not in refusing:
                for name, message in _refusals(function, refusing):
                    yield Rule(name, message, str(path.relative_to(ROOT)), function.name)


def _functions(tree: ast.Module) -> list[ast.FunctionDef]:
    """Functions and methods, each once: a function within a function belongs to the outer one."""
    found: list[ast.FunctionDef] = []
    for node in tree.body:
        inside = node.body if isinstance(node, ast.ClassDef) else [node]
        found += [one for one in inside if isinstance(one, ast.FunctionDef)]
    return found


def _passing_on(functions: list[ast.FunctionDef]) -> dict[str, tuple[int, int]]:
    """Functions that are given a rule's name and message: those are written where they are called."""
    found = {}
    for function in functions:
        names = [argument.arg for argument in function.args.args]
        if {"rule", "message"} <= set(names) and names[0] != "self":
            found[function.name] = (names.index("rule"), names.index("message"))
    return found


def _refusals(function: ast.FunctionDef, refusing: dict[str, tuple[int, int]]) -> Iterator[tuple[str, str]]:
    calls = [node for node in ast.walk(function) if isinstance(node, ast.Call)]
    for call in sorted(calls, key=lambda call: call.lineno):
        if (at := refusing.get(getattr(call.func, "id", ""))) is not None:
            yield from product(_texts(call.args[at[0]]), _texts(call.args[at[1]]))


def _texts(node: ast.expr) -> list[str]:
    """Every text that may stand there."""
    return [*_texts(node.body), *_texts(node.orelse)] if isinstance(node, ast.IfExp) else [_text(node)]


def _text(node: ast.expr) -> str:
    """A literal as written; what is filled in is shown as an ellipsis."""
    if isinstance(node, ast.Constant):
        return str(node.value)
    if isinstance(node, ast.JoinedStr):
        return "".join(str(part.value) if isinstance(part, ast.Constant) else "…" for part in node.values)
    raise ValueError(
        f"line {node.lineno}: write out a rule's name and message where it is refused: {ast.unparse(node)}"
    )


if __name__ == "__main__":
    write(NAME, page())
