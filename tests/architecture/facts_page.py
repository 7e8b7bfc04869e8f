"""Writes docs/facts.md from the facts themselves: `python -m tests.architecture.facts_page`."""

from __future__ import annotations

import dataclasses
import enum
import inspect
from collections.abc import Iterator
from itertools import groupby
from typing import Any, get_args, get_type_hints

from application.facts import FACTS
from domain.practice import kinds
from domain.rules import Fact, Sealed
from tests.architecture.pages import table, told, type_words, write

NAME = "facts.md"

OPENING = """\
# Facts

Everything that Casebook records is one of these facts. This page is made from the code by
`python -m tests.architecture.facts_page`, and a test says when it is out of date.

A stored name and version never changes meaning. When a fact needs another shape it gets the next version, the old one
stays readable, and `application/upcasts.py` brings it to the present ([how to add a fact](../CONTRIBUTING.md)).

* **Sealed** text is what a person typed, or names a person. It is encrypted in the record, each value with a key of
  its own. Where a fact is about a person, it is that person's one key. See [ADR 0002](adr/0002-sealed-fields.md).
* A day is a day in London. A *cite* is a practice's code and a fact's version, such as `X90001/27`.
* A thing (a flag, an action, an entry) has an id of its own. People are ids here, never names.

## Around every fact

The envelope is added when a fact is recorded. It is not part of the fact.

| what | meaning |
|---|---|
| stream, version | whose history it stands in (`practice-X90001`), and its number there, from 1 without gaps |
| position | its place in the whole record; it rises, and may leave gaps |
| recorded_at | when it was recorded: the server's clock, in UTC. It never goes back within a stream |
| person, organisation, role | who recorded it, for whom, in which role. The operator of the machine is `operator` |
| on_behalf_of | the person for whom it was recorded, where that was another |
| command_id | the command that it came from. One command may record several facts |
| corrects | the version of the fact that it corrects or withdraws, if it does |
"""


def page() -> str:
    facts = list(FACTS.values())
    lines = [OPENING]
    for module, group in groupby(facts, key=lambda fact: fact.__module__):
        lines += [f"## {_heading(module)}", "", *_lines_of(module, list(group))]
    lines += ["## Parts of facts", ""]
    for part in sorted(_parts(facts), key=lambda part: part.__name__):
        lines += [f"### {part.__name__}", "", told(part), "", *_fields(part)]
    lines += ["## Kinds", "", "The values that a field of such a type may have, as they are stored.", ""]
    for kind in _kinds(facts):
        values = ", ".join(f"`{value.value}`" for value in kind)
        lines += [f"### {kind.__name__}", "", *([told(kind), ""] if _own_words(kind) else []), values, ""]
    return "\n".join(lines).rstrip() + "\n"


def _heading(module: str) -> str:
    what = module.removeprefix("domain.").removesuffix(".events").replace(".events.", ": ")
    return what[:1].upper() + what[1:]


def _lines_of(module: str, facts: list[type[Fact]]) -> list[str]:
    module_doc = told(inspect.getmodule(facts[0]))
    lines = [module_doc, "", f"In `{module.replace('.', '/')}.py`.", ""]
    for fact in facts:
        lines += [f"### {fact.NAME}, version {fact.VERSION}", "", f"`{fact.__name__}`. {told(fact)}", ""]
        if subject := getattr(fact, "SUBJECT", None):
            lines += [f"Sealed with the one key of its `{subject}`.", ""]
        lines += _fields(fact)
    return lines


def _fields(kind: Any) -> list[str]:
    hints = get_type_hints(kind)
    rows = [
        (f"`{field.name}`", type_words(hints[field.name]), "sealed" if _seals(hints[field.name]) else "")
        for field in dataclasses.fields(kind)
    ]
    return table(("field", "type", "sealed"), rows)


def _seals(hint: Any) -> bool:
    """Whether a value of the type is, or holds, sealed text."""
    if hint is Sealed:
        return True
    if dataclasses.is_dataclass(hint):
        return any(_seals(part) for part in get_type_hints(hint).values())
    return any(_seals(part) for part in get_args(hint))


def _within(hint: Any) -> Iterator[Any]:
    yield hint
    for part in get_args(hint):
        yield from _within(part)


def _types_in(facts: list[type[Fact]]) -> Iterator[Any]:
    for fact in facts:
        for hint in get_type_hints(fact).values():
            for one in _within(hint):
                yield one
                if dataclasses.is_dataclass(one):
                    for part in get_type_hints(one).values():
                        yield from _within(part)


def _parts(facts: list[type[Fact]]) -> set[Any]:
    return {one for one in _types_in(facts) if dataclasses.is_dataclass(one)}


def _kinds(facts: list[type[Fact]]) -> list[type[enum.Enum]]:
    """Those of the practice first, in the order of their file; then any others."""
    used = {one for one in _types_in(facts) if isinstance(one, type) and issubclass(one, enum.Enum)}
    ours = [kind for kind in vars(kinds).values() if isinstance(kind, type) and kind in used]
    return ours + sorted(used - set(ours), key=lambda kind: kind.__name__)


def _own_words(kind: type[enum.Enum]) -> bool:
    return kind.__doc__ is not None and kind.__doc__ != enum.StrEnum.__doc__


if __name__ == "__main__":
    write(NAME, page())
